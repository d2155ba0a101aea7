"""Routes of one person's case. An address holds a random token, never a number or a name."""

from aiohttp import web

from bot.console.access.gate import Answering, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.act_form import PERMISSION_OF, read_act
from bot.console.person.case_access import CaseAccess
from bot.console.person.case_fingerprint import is_as_seen
from bot.console.person.case_page import DONE, CasePage
from bot.console.person.finder import find_person, why_not_found
from bot.console.person.new_link import NewLink
from bot.console.person.submission import submit
from bot.console.redirect import see_other
from bot.console.words import choices
from bot.office.case_acts import ActKind, CaseAct, Unfit
from dialogs.values import Identity
from messages.catalogue.phrases import CONSOLE_LOOKS, CONSOLE_PERSON
from storage.audit_trail.actions import AuditAction
from storage.database import Connection, transaction


class PersonRoutes:
    """Search, case, acts."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._cases = CaseAccess(parts)
        self._search = ConsolePage("search.html", CONSOLE_PERSON)
        self._case = CasePage(parts)

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
                return self._searching(context, why_not_found(typed), status=404)
            address = await self._cases.open(conn, context.account, person, reason)
        return see_other(address)

    async def _show(self, context: RequestContext) -> web.Response:
        person = await self._person_of_case(context)
        if isinstance(person, web.Response):
            return person
        return await self._case.show(context, person)

    def _acting(self, kind: ActKind) -> Answering:
        async def act(context: RequestContext) -> web.Response:
            """Carry out the form's act on the opened person; show the case with the result."""
            person = await self._person_of_case(context)
            if isinstance(person, web.Response):
                return person
            wanted = read_act(kind, person, context.form, self._parts.clock())
            flash = wanted if isinstance(wanted, Unfit) else await self._carry_out(context, wanted)
            return await self._case.after(context, person, kind, flash)

        return act

    async def _carry_out(self, context: RequestContext, act: CaseAct) -> str:
        async with transaction(self._parts.engine) as conn:
            flash: str = Unfit.STALE
            if await self._is_as_seen(conn, context, act.person):
                flash = await submit(conn, self._parts, context.account.name, act)
            if flash not in DONE:
                await self._parts.note_refused(conn, context.account.name, f"{flash} {act.kind}")
            return flash

    async def _send_link(self, context: RequestContext) -> web.Response:
        person = await self._person_of_case(context)
        if isinstance(person, web.Response):
            return person
        async with transaction(self._parts.engine) as conn:
            flash: str = Unfit.STALE
            if await self._is_as_seen(conn, context, person):
                work = self._parts.work_of(context.account.name)
                flash = await NewLink(self._parts).send(conn, work, person)
            else:
                await self._parts.note_refused(conn, context.account.name, f"{flash} link")
        return await self._case.after(context, person, "link", flash)

    async def _is_as_seen(self, conn: Connection, context: RequestContext, person: Identity) -> bool:
        work = self._parts.work_of(context.account.name)
        return await is_as_seen(conn, work, person, context.form.get("seen", ""))

    async def _person_of_case(self, context: RequestContext) -> Identity | web.Response:
        """Return whose case an address names; a guessed one is refused and recorded."""
        person = await self._cases.person(context.request.match_info["token"], context.account)
        return person or await self._gate.refuse(context, RequestRefusal.MISSING, "case")

    def _searching(self, context: RequestContext, fault: str, status: int = 200) -> web.Response:
        language = context.language
        values = {
            **shell(context, "person"),
            "reasons": choices(CONSOLE_LOOKS, CONSOLE_LOOKS, language),
            "typed": context.form.get("number", ""),
            "reason": context.form.get("reason", ""),
            "fault": CONSOLE_PERSON[fault].spoken(language) if fault else "",
        }
        return self._search.response(language, values, status)
