"""Routes of one person's case. An address holds a random token, never a number or a name."""

from aiohttp import web

from bot.console.access.colleagues import colleagues
from bot.console.access.gate import Answering, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission, may
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.act_form import PERMISSION_OF, read_act
from bot.console.person.case import read_case
from bot.console.person.case_access import CaseAccess
from bot.console.person.case_fingerprint import fingerprint_of_case, is_as_seen
from bot.console.person.finder import find_person
from bot.console.person.new_link import LinkOutcome, NewLink
from bot.console.person.submission import submit
from bot.console.person.view import CaseView
from bot.console.redirect import see_other
from bot.office.case_acts import ActKind, CaseAct, Grounds, Unfit
from dialogs.values import SHANGHAI, Identity, PassChannel
from messages.catalogue.phrases import (
    CONSOLE_FLASHES,
    CONSOLE_GROUNDS,
    CONSOLE_LOOKS,
    CONSOLE_PERSON,
    channel_name,
)
from storage.audit_trail.actions import AuditAction
from storage.database import Connection, connect, transaction

_DONE = frozenset({"done", "waits", "link_sent", "visit_planned", "death_open"})
"""Flash messages that report no fault."""


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

    async def _ask(self, context: RequestContext) -> web.Response:
        return self._searching(context, "")

    async def _find(self, context: RequestContext) -> web.Response:
        """Open a case for a reason; the access is recorded, and so is a search that finds nobody."""
        reason, typed = context.form.get("reason", ""), context.form.get("number", "")
        if reason not in CONSOLE_LOOKS:
            await self._parts.note(AuditAction.CONSOLE_REFUSED, context.account.name, "no_reason")
            return self._searching(context, "no_reason")
        work = self._parts.work_of(context.account.name)
        async with transaction(self._parts.engine) as conn:
            person = await find_person(conn, work, typed)
            if person is None:
                await work.note(conn, AuditAction.CASE_NOT_FOUND, "-", reason)
                return self._searching(context, "not_found")
            address = await self._cases.open(conn, context.account, person, reason)
        return see_other(address)

    async def _show(self, context: RequestContext) -> web.Response:
        person = await self._person_of_case(context)
        if isinstance(person, web.Response):
            return person
        work, language, now = self._parts.work_of(context.account.name), context.language, self._parts.clock()
        async with connect(self._parts.engine) as conn:
            case = await read_case(conn, work, person)
            visitors = await colleagues(conn, self._parts.accounts)
        flash = context.request.query.get("flash", "")
        values = {
            **shell(context, "person"),
            "address": f"/admin/person/{context.request.match_info['token']}",
            "case": CaseView(case, language, now),
            "seen": fingerprint_of_case(case),
            "flash": CONSOLE_FLASHES[flash].spoken(language) if flash in CONSOLE_FLASHES else "",
            "is_done": flash in _DONE,
            "may": {
                kind.name.lower(): may(context.account.role, PERMISSION_OF[kind]) for kind in PERMISSION_OF
            },
            "may_enrol": self._parts.pool is not None and may(context.account.role, Permission.ENROL),
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
        async def act(context: RequestContext) -> web.Response:
            """Carry out the form's act on the opened person; return to the case with the result."""
            person = await self._person_of_case(context)
            if isinstance(person, web.Response):
                return person
            wanted = read_act(kind, person, context.form, self._parts.clock())
            flash = wanted if isinstance(wanted, Unfit) else await self._carry_out(context, wanted)
            return self._back(context, flash)

        return act

    async def _carry_out(self, context: RequestContext, act: CaseAct) -> str:
        async with transaction(self._parts.engine) as conn:
            flash: str = Unfit.STALE
            if await self._is_as_seen(conn, context, act.person):
                flash = await submit(conn, self._parts, context.account.name, act)
            if flash not in _DONE:
                await self._parts.note_refused(conn, context.account.name, f"{flash} {act.kind}")
            return flash

    async def _send_link(self, context: RequestContext) -> web.Response:
        person = await self._person_of_case(context)
        if isinstance(person, web.Response):
            return person
        async with transaction(self._parts.engine) as conn:
            if not await self._is_as_seen(conn, context, person):
                await self._parts.note_refused(conn, context.account.name, f"{Unfit.STALE} link")
                return self._back(context, Unfit.STALE)
            work = self._parts.work_of(context.account.name)
            outcome: LinkOutcome = await NewLink(self._parts).send(conn, work, person)
        return self._back(context, outcome)

    async def _is_as_seen(self, conn: Connection, context: RequestContext, person: Identity) -> bool:
        work = self._parts.work_of(context.account.name)
        return await is_as_seen(conn, work, person, context.form.get("seen", ""))

    async def _person_of_case(self, context: RequestContext) -> Identity | web.Response:
        """Return whose case an address names; a guessed one is refused and recorded."""
        person = await self._cases.person(context.request.match_info["token"], context.account)
        return person or await self._gate.refuse(context, RequestRefusal.MISSING, "case")

    def _searching(self, context: RequestContext, fault: str) -> web.Response:
        language = context.language
        values = {
            **shell(context, "person"),
            "reasons": [(word, phrase.spoken(language)) for word, phrase in CONSOLE_LOOKS.items()],
            "typed": context.form.get("number", ""),
            "reason": context.form.get("reason", ""),
            "fault": CONSOLE_PERSON[fault].spoken(language) if fault else "",
        }
        return self._search.response(language, values, 404 if fault == "not_found" else 200)

    def _back(self, context: RequestContext, flash: str) -> web.Response:
        return see_other(f"/admin/person/{context.request.match_info['token']}?flash={flash}")
