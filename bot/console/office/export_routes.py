"""Routes of the export for the core system: a form, and the file that it requests."""

import tempfile
from datetime import date, datetime, time
from typing import IO

from aiohttp import web

from bot.clock import BEGINNING, LAST_YEAR
from bot.console.access.gate import Gate, RequestContext
from bot.console.access.permissions import Permission
from bot.console.forms import Form
from bot.console.headers import download_headers
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.words import choices
from bot.office.pass_export import ExportFormat, PassExport, start_of, write_lines, writer
from bot.receipts.numbers import normal_receipt
from dialogs.local_time import SHANGHAI
from messages.catalogue.phrases import CONSOLE_EXPORT
from storage.audit_trail.actions import AuditAction
from storage.database import connect
from storage.registry.dates import read_date

_FILES = {
    ExportFormat.CSV: ("csv", "text/csv"),
    ExportFormat.XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ExportFormat.JSON_LINES: ("jsonl", "application/x-ndjson"),
}
"""Ending and type of each format's file, in the order in which the page offers them."""


class ExportRoutes:
    """Form and file."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._page = ConsolePage("export.html", CONSOLE_EXPORT)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        guard = self._gate.permitting
        return [
            web.get("/export", guard(Permission.EXPORT, self._show)),
            web.post("/export", guard(Permission.EXPORT, self._file)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        return self._page_with(context, "")

    def _page_with(self, context: RequestContext, fault: str) -> web.Response:
        values = {
            **shell(context, "export"),
            "asked": {name: context.form.get(name, "") for name in ("since", "format", "identified")},
            "flash": CONSOLE_EXPORT[fault].spoken(context.language) if fault else "",
            "formats": choices(_FILES, CONSOLE_EXPORT, context.language),
        }
        return self._page.response(context.language, values, 400 if fault else 200)

    async def _file(self, context: RequestContext) -> web.Response:
        since, kind = _since(context.form), context.form.get("format", "")
        if since is None or kind not in set(ExportFormat):
            return self._page_with(context, "bad_since" if since is None else "no_format")
        async with connect(self._parts.engine) as conn:
            start = await start_of(conn, self._parts.vault, since)
        if start is None:
            return self._page_with(context, "no_receipt")
        wanted = PassExport(start, identified=context.form.get("identified") == "yes")
        detail = f"{since} {kind}{' identified' if wanted.identified else ''}"
        await self._parts.note(AuditAction.CERTIFICATIONS_READ, context.account.name, detail)
        return await self._write(wanted, ExportFormat(kind))

    async def _write(self, wanted: PassExport, kind: ExportFormat) -> web.Response:
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response reads and closes it
        parts = self._parts
        try:
            async with connect(parts.engine) as conn:
                with writer(kind, file, wanted) as write:
                    altered = await write_lines(wanted.lines(conn, parts.vault), write)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        now = parts.clock().astimezone(SHANGHAI)
        left_out = f"-left-out-{len(altered)}" if altered else ""
        ending, content_type = _FILES[kind]
        headers = download_headers(f"certifications-{now:%Y%m%d-%H%M}{left_out}.{ending}")
        return web.Response(body=file, content_type=content_type, headers=headers)


def _since(form: Form) -> datetime | str | None:
    """Read a day, a receipt, or nothing, which means the beginning; None for anything else."""
    typed = form.get("since", "").strip()
    if receipt := normal_receipt(typed):
        return receipt
    at = _moment(typed) if typed else BEGINNING
    if at is None or not BEGINNING.year <= at.year <= LAST_YEAR:
        return None
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def _moment(typed: str) -> datetime | None:
    """Read a moment in ISO form, or a day as people write it (2026/5/4, 2026年5月4日)."""
    try:
        return datetime.fromisoformat(typed)
    except ValueError:
        is_number = typed.replace(".", "", 1).isdecimal()  # a spreadsheet's day, which nobody types
        day = None if is_number else read_date(typed)
    return datetime.combine(day, time()) if isinstance(day, date) else None
