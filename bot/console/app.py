"""The application of the console, below `/admin`."""

from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.console.access.gate import Gate
from bot.console.access.session_keeper import SessionKeeper
from bot.console.access.sign_in import SignIn
from bot.console.loading.routes import LoadingRoutes
from bot.console.loading.runner import LoadRunner
from bot.console.office.account_routes import AccountRoutes
from bot.console.office.approval_routes import ApprovalRoutes
from bot.console.office.audit_routes import AuditRoutes
from bot.console.office.export_routes import ExportRoutes
from bot.console.office.task_routes import TaskRoutes
from bot.console.page_frame import shell
from bot.console.pages import STATIC
from bot.console.parts import ConsoleParts
from bot.console.person.photo_routes import PhotoRoutes
from bot.console.person.routes import PersonRoutes
from bot.console.redirect import see_other
from bot.console.sign_in_routes import SignInRoutes
from bot.console.talks.queue import TalkQueueRoutes
from bot.console.talks.routes import TalkRoutes
from bot.console.today.routes import TodayRoutes
from bot.console.visits.routes import VisitRoutes


def console_site(parts: ConsoleParts, middlewares: Sequence[Middleware]) -> web.Application:
    """Return the application of a listener that serves nothing but the console."""

    async def enter(_request: web.Request) -> web.Response:
        """Send the bare address on to the console."""
        return see_other("/admin")

    app = web.Application(middlewares=middlewares)
    app.add_routes([web.get("/", enter), web.get("/admin/", enter)])
    app.add_subapp("/admin", console_app(parts))
    return app


def console_app(parts: ConsoleParts) -> web.Application:
    """Return the application, to be added as `/admin`."""
    keeper = SessionKeeper(parts)
    gate = Gate(parts, keeper, shell)
    app = web.Application(middlewares=[gate.middleware()])
    app.add_routes([STATIC.route()])
    app.add_routes(SignInRoutes(gate, SignIn(parts, keeper)).routes())
    runner = LoadRunner(parts)
    app.cleanup_ctx.append(runner.beside)
    app.add_routes(PhotoRoutes(gate, parts).routes())
    app.add_routes(LoadingRoutes(gate, parts, runner).routes())
    for routes in (
        TodayRoutes,
        PersonRoutes,
        TaskRoutes,
        TalkQueueRoutes,
        TalkRoutes,
        VisitRoutes,
        ApprovalRoutes,
        ExportRoutes,
        AuditRoutes,
        AccountRoutes,
    ):
        app.add_routes(routes(gate, parts).routes())
    return app
