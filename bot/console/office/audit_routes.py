"""Routes of the audit trail, for the auditor: accesses to cases, and all other entries; read only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from aiohttp import web

from bot.console.access.gate import Gate, RequestContext
from bot.console.access.permissions import Permission
from bot.console.flash import flash_values
from bot.console.office.audit_details import in_words
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.words import choices, local_minute, stored_word
from dialogs.rules.identity import check_number
from dialogs.values import IdType
from messages.catalogue.formats import day
from messages.catalogue.phrases import (
    CONSOLE_ACTIONS,
    CONSOLE_ACTORS,
    CONSOLE_AUDIT,
    CONSOLE_AUDIT_DETAILS,
    CONSOLE_TASK_KINDS,
    Phrase,
)
from messages.language.codes import Language
from storage.audit_trail.actions import AuditAction
from storage.audit_trail.audit import subjects_of
from storage.console.audit_reader import AuditFilter, AuditLine, cut_before, read_audit
from storage.database import connect, transaction
from storage.engine.snapshot import hold_snapshot

_SUBJECTS: Mapping[str, Phrase] = MappingProxyType({**CONSOLE_TASK_KINDS, **CONSOLE_AUDIT_DETAILS})
_A_PAGE = 200
_SHORT = 8


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry in words; `subject` is the start of a keyed hash, the same in all rows of one person."""

    at: str
    who: str
    action: str
    subject: str
    detail: str


class AuditRoutes:
    """List, and a search for one person."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._page = ConsolePage("audit.html", CONSOLE_AUDIT)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        guard = self._gate.permitting
        return [
            web.get("/audit", guard(Permission.AUDIT, self._show)),
            web.post("/audit", guard(Permission.AUDIT, self._of_person)),
            web.post("/audit/check", guard(Permission.AUDIT, self._check)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        query = context.request.query
        before, action = query.get("before", ""), query.get("action", "")
        chosen = AuditFilter(
            query.get("account", ""),
            action if action in set(AuditAction) else "",
            before=int(before) if before.isdecimal() and len(before) < 19 else None,
        )
        return await self._page_of(context, chosen, "")

    async def _of_person(self, context: RequestContext) -> web.Response:
        """Show who looked at one person, and what was done; the number appears in no address."""
        typed = context.form.get("number", "")
        subjects = [
            subject
            for id_type in IdType
            if (number := check_number(id_type, typed))
            for subject in subjects_of(self._parts.vault, id_type.lifelong(number))
        ]
        if not subjects:
            return await self._page_of(context, AuditFilter(), "no_number")
        return await self._page_of(context, AuditFilter(subjects=subjects), "of_person")

    async def _check(self, context: RequestContext) -> web.Response:
        async with connect(self._parts.engine) as conn:
            await hold_snapshot(conn)
            broken = await self._parts.chain.verify(conn)
        return await self._page_of(context, AuditFilter(), "broken" if broken else "whole")

    async def _page_of(self, context: RequestContext, chosen: AuditFilter, flash: str) -> web.Response:
        language = context.language
        async with transaction(self._parts.engine) as conn:
            work = self._parts.work_of(context.account.name)
            await work.note(conn, AuditAction.AUDIT_READ, "one" if chosen.subjects else "all", chosen.action)
            lines = await read_audit(conn, chosen, _A_PAGE)
            cut = await cut_before(conn)
            accounts = [one.name for one in await self._parts.accounts.all(conn)]
        values = {
            **shell(context, "audit"),
            "rows": [_row(line, language) for line in lines],
            "more": lines[-1].id if len(lines) == _A_PAGE and not chosen.subjects else 0,
            "chosen": chosen,
            "accounts": accounts,
            "kinds": choices(AuditAction, CONSOLE_ACTIONS, language),
            "cut_words": _cut_words(cut, language),
            **flash_values(flash, CONSOLE_AUDIT, {"whole", "of_person"}, language),
        }
        return self._page.response(language, values)


def _cut_words(cut: date | None, language: Language) -> str:
    return CONSOLE_AUDIT["cut_before"].spoken(language).format(day=day(cut, language)) if cut else ""


def _row(line: AuditLine, language: Language) -> AuditRow:
    subject = line.subject if len(line.subject) < 2 * _SHORT else line.subject[:_SHORT]
    subject = stored_word(_SUBJECTS, subject, language)
    return AuditRow(
        local_minute(line.at, language),
        line.account or stored_word(CONSOLE_ACTORS, line.actor, language),
        stored_word(CONSOLE_ACTIONS, line.action, language),
        subject,
        in_words(line.action, line.detail, language),
    )
