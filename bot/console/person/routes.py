"""Routes of one person's case. An address holds a random token, never a number or a name."""

from aiohttp import web

from bot.console.access.colleagues import colleagues
from bot.console.access.gate import Answering, Gate, Refused, Visit
from bot.console.access.permissions import Permission, may
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.acts import PERMISSION_OF, ActKind, CaseAct, Grounds, Unfit, read_act
from bot.console.person.case import read_case
from bot.console.person.case_access import CaseAccess
from bot.console.person.case_mark import is_as_seen, mark_of_case
from bot.console.person.finder import find_person
from bot.console.person.new_link import LinkOutcome, NewLink
from bot.console.person.submission import submit
from bot.console.person.view import CaseView
from bot.console.redirect import see_other
from dialogs.values import SHANGHAI, Identity, PassChannel
from messages.catalogue.phrases import (
    CONSOLE_GROUNDS,
    CONSOLE_LOOKS,
    CONSOLE_PERSON,
    CONSOLE_TOLD,
    channel_name,
)
from storage.audit_actions import AuditAction
from storage.database import Connection, connect, transaction

_DONE = frozenset({"done", "waits", "link_sent", "visit_planned", "death_open"})
"""What was told and is no fault."""


class PersonRoutes:
    """Search, case, acts."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._cases = CaseAccess(parts)
        self._search = ConsolePage("search.html", CONSOLE_PERSON)
        self._case = ConsolePage("person.html", CONSOLE_PERSON)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        person = Permission.PERSON
        acts = [
            web.post(
                f"/person/{{token}}/{kind}", self._gate.permitting(PERMISSION_OF[kind], self._acting(kind))
            )
            for kind in PERMISSION_OF
        ]
        return [
            web.get("/person", self._gate.permitting(person, self._ask)),
            web.post("/person", self._gate.permitting(person, self._find)),
            web.get("/person/{token}", self._gate.permitting(person, self._show)),
            web.post("/person/{token}/link", self._gate.permitting(person, self._send_link)),
            *acts,
        ]

    async def _ask(self, visit: Visit) -> web.Response:
        return self._searching(visit, "")

    async def _find(self, visit: Visit) -> web.Response:
        """Open a case for a reason; both are recorded, and that nobody was found is too."""
        reason, typed = visit.form.get("reason", ""), visit.form.get("number", "")
        if reason not in CONSOLE_LOOKS:
            await self._parts.note(AuditAction.CONSOLE_REFUSED, visit.account.name, "no_reason")
            return self._searching(visit, "no_reason")
        work = self._parts.work_of(visit.account.name)
        async with transaction(self._parts.engine) as conn:
            person = await find_person(conn, work, typed)
            if person is None:
                await work.note(conn, AuditAction.CASE_NOT_FOUND, "-", reason)
                return self._searching(visit, "not_found")
            address = await self._cases.open(conn, visit.account, person, reason)
        return see_other(address)

    async def _show(self, visit: Visit) -> web.Response:
        person = await self._opened(visit)
        if isinstance(person, web.Response):
            return person
        work, language, now = self._parts.work_of(visit.account.name), visit.language, self._parts.clock()
        async with connect(self._parts.engine) as conn:
            case = await read_case(conn, work, person)
            visitors = await colleagues(conn, self._parts.accounts)
        told = visit.request.query.get("told", "")
        values = {
            **shell(visit, "person"),
            "address": f"/admin/person/{visit.request.match_info['token']}",
            "case": CaseView(case, language, now),
            "seen": mark_of_case(case),
            "told": CONSOLE_TOLD[told].spoken(language) if told in CONSOLE_TOLD else "",
            "is_done": told in _DONE,
            "may": {
                kind.name.lower(): may(visit.account.role, PERMISSION_OF[kind]) for kind in PERMISSION_OF
            },
            "may_enrol": self._parts.pool is not None and may(visit.account.role, Permission.ENROL),
            "by_two": self._parts.by_two,
            "grounds": [(one.value, CONSOLE_GROUNDS[one].spoken(language)) for one in Grounds],
            "channels": [
                (one.value, channel_name(one).spoken(language))
                for one in (PassChannel.COUNTER, PassChannel.HOME_VISIT)
            ],
            "today": now.astimezone(SHANGHAI).date().isoformat(),
            "visitors": visitors,
        }
        return self._case.response(language, values)

    def _acting(self, kind: ActKind) -> Answering:
        async def act(visit: Visit) -> web.Response:
            """Carry out the form's act on the opened person; go back to the case with what became of it."""
            person = await self._opened(visit)
            if isinstance(person, web.Response):
                return person
            wanted = read_act(kind, person, visit.form, self._parts.clock())
            told = wanted if isinstance(wanted, Unfit) else await self._carry_out(visit, wanted)
            return self._back(visit, told)

        return act

    async def _carry_out(self, visit: Visit, act: CaseAct) -> str:
        async with transaction(self._parts.engine) as conn:
            told: str = Unfit.STALE
            if await self._is_as_seen(conn, visit, act.person):
                told = await submit(conn, self._parts, visit.account.name, act)
            if told not in _DONE:
                await self._parts.note_refused(conn, visit.account.name, f"{told} {act.kind}")
            return told

    async def _send_link(self, visit: Visit) -> web.Response:
        person = await self._opened(visit)
        if isinstance(person, web.Response):
            return person
        async with transaction(self._parts.engine) as conn:
            if not await self._is_as_seen(conn, visit, person):
                await self._parts.note_refused(conn, visit.account.name, f"{Unfit.STALE} link")
                return self._back(visit, Unfit.STALE)
            work = self._parts.work_of(visit.account.name)
            outcome: LinkOutcome = await NewLink(self._parts).send(conn, work, person)
        return self._back(visit, outcome)

    async def _is_as_seen(self, conn: Connection, visit: Visit, person: Identity) -> bool:
        work = self._parts.work_of(visit.account.name)
        return await is_as_seen(conn, work, person, visit.form.get("seen", ""))

    async def _opened(self, visit: Visit) -> Identity | web.Response:
        """Return whose case an address is; a guessed one is refused and recorded."""
        person = await self._cases.person(visit.request.match_info["token"], visit.account)
        return person or await self._gate.refuse(visit, Refused.MISSING, "case")

    def _searching(self, visit: Visit, fault: str) -> web.Response:
        language = visit.language
        values = {
            **shell(visit, "person"),
            "reasons": [(word, phrase.spoken(language)) for word, phrase in CONSOLE_LOOKS.items()],
            "fault": CONSOLE_PERSON[fault].spoken(language) if fault else "",
        }
        return self._search.response(language, values, 404 if fault == "not_found" else 200)

    def _back(self, visit: Visit, told: str) -> web.Response:
        return see_other(f"/admin/person/{visit.request.match_info['token']}?told={told}")
