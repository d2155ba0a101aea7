"""Signs a visitor of the demo in to the console as one of three sample clerks, with one click."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.console.access.account_admin import AccountAdmin, new_credentials
from bot.console.access.cookies import keep_token
from bot.console.access.gate import browser_of
from bot.console.access.session_keeper import SessionKeeper
from bot.console.app import console_app
from bot.console.forms import is_from_here, read_form
from bot.console.parts import ConsoleParts
from bot.console.redirect import see_other
from bot.wiring.compose import Service
from storage.audit_trail.actions import AuditAction
from storage.console.accounts import Role
from storage.console.sessions import SignInStage
from storage.database import connect, transaction

SAMPLE_CLERK = "演示经办"
_NAMES = {Role.CLERK: SAMPLE_CLERK, Role.SUPERVISOR: "演示复核", Role.AUDITOR: "演示审计"}


@dataclass(frozen=True, slots=True)
class SampleSignIn:
    """Signs a visitor of the demo in without a password: everything the console shows here is invented."""

    parts: ConsoleParts

    async def make_accounts(self) -> None:
        """Add the sample clerks; nobody knows their passwords."""
        async with connect(self.parts.engine) as conn:
            held = {name for name in _NAMES.values() if await self.parts.accounts.by_name(conn, name)}
        for role, name in _NAMES.items():
            if name in held:
                continue
            _, credentials = await new_credentials(self.parts.passwords)
            async with transaction(self.parts.engine) as conn:
                admin = AccountAdmin(self.parts.vault, self.parts.clock)
                if made := await admin.add(conn, name, role, credentials):
                    await self.parts.note_in(conn, made.action, "demo", made.detail)

    async def enter(self, request: web.Request) -> web.Response:
        """Begin a session of the sample clerk whose role was chosen."""
        form = await read_form(request) if is_from_here(request) else None
        name = _NAMES.get(Role(form["role"])) if form and form.get("role") in set(Role) else None
        if name is None:
            raise web.HTTPForbidden
        keeper = SessionKeeper(self.parts)
        async with transaction(self.parts.engine) as conn:
            account = await self.parts.accounts.by_name(conn, name)
            if account is None:
                raise web.HTTPNotFound
            token = await keeper.begin(conn, account.id, SignInStage.SIGNED_IN, browser_of(request))
            await self.parts.note_in(conn, AuditAction.CONSOLE_SIGNED_IN, account.name, "demo")
        response = see_other("/admin")
        keep_token(request, response, token, is_secure=self.parts.is_secure)
        return response


async def add_console(running: Service, public_url: str, uploads: Path, *, by_two: bool) -> None:
    """Serve the console next to the simulator, and the click that opens it."""
    parts = ConsoleParts(
        running.engine,
        running.vault,
        running.clock,
        is_secure=False,
        live=running.live_counts,
        public_url=public_url,
        talks=running.talks,
        uploads=uploads,
        pool=running.pool,
        by_two=by_two,
        figures_kept=timedelta(0),  # a visitor's own acts change them at once
    )
    sign_in = SampleSignIn(parts)
    await sign_in.make_accounts()
    running.app.add_routes([web.post("/demo/console", sign_in.enter)])
    running.app.add_subapp("/admin", console_app(parts))
