"""Routes of loading: receive, count, show, apply or cancel a file; the history."""

from datetime import timedelta
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.access.file_form import FileForm
from bot.console.access.gate import ROW_ID, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission
from bot.console.flash import flash_values
from bot.console.headers import download_headers
from bot.console.loading.receiving import Receiver, ReceivingRefusal
from bot.console.loading.runner import LoadRunner, note_applied
from bot.console.loading.spool import SpoolRefusal
from bot.console.loading.view import (
    OpenLoad,
    UnknownLine,
    load_line,
    most,
    open_load,
    refused_lines,
    unknown_load,
)
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.redirect import see_other
from bot.pages.template_page import Values
from messages.catalogue.phrases import CONSOLE_LOADING
from messages.language.codes import Language
from storage.audit_trail.actions import AuditAction
from storage.console.loads import Load, LoadKind, Loads, LoadState, UnknownLoad
from storage.database import Connection, connect, transaction
from storage.registry.importing.refused_lines import first_refused
from storage.sheets.spreadsheet import files_of

_HISTORY = 50
_MOST_REFUSED = 20
"""Number of refused lines on the page; the lists to download have all."""

_MOST_COMPARED = 500
"""Number of loads searched for an earlier one of the same file."""

_ABANDONED_AFTER = timedelta(minutes=10)
"""Time without a sign of life after which a load being applied may be given up: its machine is gone."""

_REFRESH = {"Refresh": "2; url=/admin/loading"}
"""Browsers reload the page while something changes; there is no script."""

_DONE = "cancelled_now"
_FLASHES = frozenset({_DONE, "not_open", "needs_other"})
_STATUS = {SpoolRefusal.TOO_LARGE: 413, SpoolRefusal.NO_SPACE: 507, ReceivingRefusal.OTHER_OPEN: 409}


class LoadingRoutes:
    """The page, what is done to the open load, and lists to download."""

    def __init__(self, gate: Gate, parts: ConsoleParts, runner: LoadRunner) -> None:
        self._gate = gate
        self._parts = parts
        self._runner = runner
        self._loads = Loads(parts.vault)
        self._page = ConsolePage("loading.html", CONSOLE_LOADING)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one, load = f"/loading/{ROW_ID}", Permission.LOAD
        return [
            web.get("/loading", self._gate.permitting(load, self._show)),
            web.post("/loading/registry", self._receiving(LoadKind.REGISTRY)),
            web.post("/loading/photos", self._receiving(LoadKind.PHOTOS)),
            web.post(f"{one}/apply", self._gate.permitting(load, self._apply)),
            web.post(f"{one}/cancel", self._gate.permitting(load, self._cancel)),
            web.get(
                f"{one}/{{name:rejected|missing}}.{{kind:csv|xlsx}}", self._gate.permitting(load, self._file)
            ),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        flash = context.request.query.get("flash", "")
        return await self._shown(context, flash if flash in _FLASHES else "")

    def _receiving(self, kind: LoadKind) -> Handler:
        receiver = Receiver(self._parts, self._runner.spool, kind)

        async def receive(context: RequestContext, form: FileForm) -> web.Response:
            """Spool the uploaded file and wake its counting; a refusal is shown on the page."""
            refusal = await receiver.receive(context, form)
            self._runner.wake()
            if refusal:
                return await self._shown(context, refusal, _STATUS.get(refusal, 400))
            return _back()

        return self._gate.receiving(Permission.LOAD, receive)

    async def _apply(self, context: RequestContext) -> web.Response:
        """Begin to apply what was counted; under four eyes somebody other than the uploader does it."""
        name, load_id = context.account.name, context.row_id
        async with transaction(self._parts.engine) as conn:
            load = await self._loads.find(conn, load_id)
            if not isinstance(load, Load):
                return await self._refuse(conn, context, "not_open")
            if self._parts.by_two and load.account == name:
                return await self._refuse(conn, context, "needs_other")
            if not await self._loads.apply(conn, load_id, name, self._parts.clock()):
                return await self._refuse(conn, context, "not_open")
            await self._parts.note_in(conn, AuditAction.LOAD_APPLIED, name, f"load {load_id}")
            if self._parts.by_two:
                await self._note_same_browser(conn, context, load)
        self._runner.wake()
        return _back()

    async def _note_same_browser(self, conn: Connection, context: RequestContext, load: Load) -> None:
        """Record when this browser has also signed in as the account that uploaded the file."""
        if load.account in self._parts.browser_accounts.accounts(context.request):
            detail = f"load {load.id} asked by {load.account}"
            await self._parts.note_in(conn, AuditAction.APPROVAL_SAME_BROWSER, context.account.name, detail)

    async def _cancel(self, context: RequestContext) -> web.Response:
        name, now = context.account.name, self._parts.clock()
        async with transaction(self._parts.engine) as conn:
            load = await self._loads.find(conn, context.row_id)
            if isinstance(load, UnknownLoad):
                return await self._give_up(conn, context, load)
            if load is None or not self._may_cancel(load):
                return await self._refuse(conn, context, "not_open")
            state = LoadState.BROKEN if load.state is LoadState.APPLYING else LoadState.CANCELLED
            if not await self._loads.cancel(conn, load, state, name, now):
                return _back("not_open")
            await self._parts.note_in(conn, AuditAction.LOAD_CANCELLED, name, f"load {load.id}")
            if state is LoadState.BROKEN:
                await note_applied(conn, self._parts, load, f"{load.applied}, broken off")
        self._runner.wake()
        return _back(_DONE)

    async def _give_up(self, conn: Connection, context: RequestContext, load: UnknownLoad) -> web.Response:
        """End a load that this release does not know, once no other release is working on it."""
        name, now = context.account.name, self._parts.clock()
        if not self._is_abandoned(load) or not await self._loads.give_up(conn, load, name, now):
            return await self._refuse(conn, context, "not_open")
        await self._parts.note_in(conn, AuditAction.LOAD_CANCELLED, name, f"load {load.id}")
        self._runner.wake()
        return _back(_DONE)

    async def _refuse(self, conn: Connection, context: RequestContext, flash: str) -> web.Response:
        await self._parts.note_refused(conn, context.account.name, f"{flash} load {context.row_id}")
        return _back(flash)

    async def _file(self, context: RequestContext) -> web.StreamResponse:
        """Send a list of people, after the audit has the account that took it."""
        name, kind = context.request.match_info["name"], context.request.match_info["kind"]
        path = self._stem(context.row_id, name).with_suffix(f".{kind}")
        detail = f"{name} load {context.row_id}"
        if not path.exists():
            return await self._gate.refuse(context, RequestRefusal.MISSING, detail)
        await self._parts.note(AuditAction.LOAD_LIST_READ, context.account.name, detail)
        return web.FileResponse(path, headers=download_headers(f"{name}-{context.row_id}.{kind}"))

    async def _shown(self, context: RequestContext, flash: str, status: int = 200) -> web.Response:
        async with connect(self._parts.engine) as conn:
            loads = await self._loads.recent(conn, _HISTORY)
            holder = await self._loads.open(conn)
            load = holder if isinstance(holder, Load) else None
            unknown = holder if isinstance(holder, UnknownLoad) else None
            earlier = (
                await self._loads.duplicate(conn, load, _MOST_COMPARED) if load and load.digest else None
            )
        language = context.language
        shown = self._open(load, earlier, language)
        values: Values = {
            **shell(context, "loading"),
            "address": "/admin/loading",
            "open": shown,
            "refused_lines": self._refused(load, shown, language),
            "unknown": self._unknown(unknown, language),
            "is_own": self._parts.by_two and load is not None and load.account == context.account.name,
            "has_photos": self._parts.pool is not None,
            "most": most(LoadKind.REGISTRY),
            "most_photos": most(LoadKind.PHOTOS),
            "rows": [load_line(one, language, self._files(one)) for one in loads if not one.is_open],
            **flash_values(flash, CONSOLE_LOADING, {_DONE}, language),
        }
        response = self._page.response(language, values, status)
        if shown and shown.is_moving and status == 200:
            response.headers.update(_REFRESH)
        return response

    def _open(self, load: Load | None, duplicate: Load | None, language: Language) -> OpenLoad | None:
        if load is None:
            return None
        return open_load(load, duplicate, language, self._files(load), may_cancel=self._may_cancel(load))

    def _refused(self, load: Load | None, shown: OpenLoad | None, language: Language) -> list[str]:
        if load is None or shown is None or not shown.line.has_rejects:
            return []
        first = first_refused(self._stem(load.id, "rejected"), language, _MOST_REFUSED)
        return refused_lines(load, first, language)

    def _unknown(self, load: UnknownLoad | None, language: Language) -> UnknownLine | None:
        return None if load is None else unknown_load(load, language, may_cancel=self._is_abandoned(load))

    def _files(self, load: Load) -> list[str]:
        """Return which lists of a load are here; while one is being written there is none."""
        if load.state not in {LoadState.COUNTED, LoadState.APPLIED}:
            return []
        return [name for name in ("rejected", "missing") if files_of(self._stem(load.id, name))[0].exists()]

    def _stem(self, load_id: int, name: str) -> Path:
        return self._runner.spool.folder(load_id) / name

    def _may_cancel(self, load: Load) -> bool:
        return load.is_open and (load.state is not LoadState.APPLYING or self._is_abandoned(load))

    def _is_abandoned(self, load: Load | UnknownLoad) -> bool:
        return self._parts.clock() - load.touched_at > _ABANDONED_AFTER


def _back(flash: str = "") -> web.Response:
    return see_other(f"/admin/loading?flash={flash}" if flash else "/admin/loading")
