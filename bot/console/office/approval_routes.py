"""Routes of approvals: acts that wait for a second person, who is never the requester."""

from aiohttp import web

from bot.console.access.gate import ROW_ID, Gate, RequestContext
from bot.console.access.permissions import Permission, may
from bot.console.flash import flash_values
from bot.console.office.approval_view import act_of, approval_row, people_of
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.paging import at_same_page, begins_after, page_of
from bot.console.parts import ConsoleParts
from bot.console.person.act_form import written_reason
from bot.console.person.case_access import CaseAccess
from bot.console.person.submission import reopen
from bot.console.person.turned_down import DECLINED, SHOWN_FOR
from bot.console.redirect import see_other
from bot.office.case_acts import Asked, CaseAct, adds_nothing, leaves_open, perform
from bot.office.waiting_act import settle_declined
from messages.catalogue.phrases import CONSOLE_APPROVALS, CONSOLE_FLASHES
from storage.audit_trail.actions import AuditAction
from storage.console.approvals import Approval, Approvals, TurnedDown
from storage.database import Connection, transaction
from storage.records.tasks import TaskKind, Tasks

_A_PAGE = 100
_WORDS = ("approved", "had_passed", "declined", "not_open", "ended", "damaged_act")
_FLASHES = {**CONSOLE_FLASHES, **{word: CONSOLE_APPROVALS[word] for word in _WORDS}}
_DONE = frozenset({"approved", "had_passed", "declined", "death_open"})


class _DamagedAct(Exception):
    """The waiting act cannot be read here: another machine's keys may open it, so it keeps waiting."""


class ApprovalRoutes:
    """List and decisions."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._approvals = Approvals(parts.vault)
        self._page = ConsolePage("approvals.html", CONSOLE_APPROVALS)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one, guard = f"/approvals/{ROW_ID}", self._gate.permitting
        return [
            web.get("/approvals", guard(Permission.PERSON, self._show)),
            web.post(f"{one}/case", guard(Permission.PERSON, self._open_case)),
            web.post(f"{one}/approve", guard(Permission.APPROVE, self._approve)),
            web.post(f"{one}/decline", guard(Permission.APPROVE, self._decline)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        return await self._listing(context, context.request.query.get("flash", ""))

    async def _listing(self, context: RequestContext, flash: str, unsent: str = "") -> web.Response:
        """Show waiting acts (to requesters only their own), and the account's acts that were turned down.

        `unsent` is a reason that was typed in vain.
        """
        language, name = context.language, context.account.name
        after = begins_after(context.request.query)
        async with transaction(self._parts.engine) as conn:
            await self._parts.work_of(name).note(conn, AuditAction.TASKS_READ, "approvals")
            found = await self._approvals.waiting(conn, _listed_for(context), after, _A_PAGE + 1)
            dead = await Tasks(self._parts.vault).with_open(conn, TaskKind.DEATH, people_of(found))
            since = self._parts.clock() - SHOWN_FOR
            turned_down = await self._approvals.turned_down(conn, name, since)
        waiting, more = page_of(found, _A_PAGE)
        values = {
            **shell(context, "approvals"),
            "address": "/admin/approvals",
            "after": after,
            "more": more,
            "rows": [approval_row(one, language, name, dead) for one in waiting],
            "turned_down": [approval_row(one, language, name) for one in turned_down],
            "may_decide": _may_decide(context),
            **flash_values(flash, _FLASHES, _DONE, language),
            "unsent": unsent,
        }
        return self._page.response(language, values, 409 if unsent else 200)

    async def _open_case(self, context: RequestContext) -> web.Response:
        """Open the case of a listed act's person, so that who decides can check it first."""
        name, number = context.account.name, context.row_id
        async with transaction(self._parts.engine) as conn:
            waiting = await self._approvals.waiting(conn, _listed_for(context), number - 1, 1)
            if not waiting or waiting[0].id != number:
                await self._parts.note_refused(conn, name, f"ended approval {number}")
                return _back(context, "ended")
            act = act_of(waiting[0])
            if act is None:
                return _back(context, "damaged_act")
            address = await CaseAccess(self._parts).open(conn, context.account, act.person, "review")
        return see_other(address)

    async def _approve(self, context: RequestContext) -> web.Response:
        """Carry the act out in the approving account's name; if it can no longer be done it stays decided."""
        try:
            async with transaction(self._parts.engine) as conn:
                return _back(context, await self._carried_out(conn, context))
        except _DamagedAct:
            return _back(context, "damaged_act")

    async def _carried_out(self, conn: Connection, context: RequestContext) -> str:
        """Approve an act and carry it out; return the page's word. _DamagedAct rolls the decision back."""
        decided = await self._decide(conn, context, AuditAction.APPROVAL_GIVEN)
        if decided is None:
            return "not_open"
        act = act_of(decided)
        if act is None:
            raise _DamagedAct
        if decided.asked_by in self._parts.browser_accounts.accounts(context.request):
            await self._note_same_browser(conn, context, decided, act)
        asked = Asked(decided.asked_by, decided.asked_at)
        work = self._parts.work_of(context.account.name)
        adds = not await adds_nothing(conn, work, act, asked.day)
        unfit = await perform(conn, work, act, asked)
        if unfit:
            await self._approvals.turn_down(conn, decided, TurnedDown(unfit))
            await reopen(conn, self._parts, act)
            return unfit
        await settle_declined(conn, work, act)
        if await leaves_open(conn, work, act):
            return "death_open"
        return "approved" if adds else "had_passed"

    async def _note_same_browser(
        self, conn: Connection, context: RequestContext, decided: Approval, act: CaseAct
    ) -> None:
        """Record for the auditor that this browser has also signed in as the requester."""
        work = self._parts.work_of(context.account.name)
        detail = f"{act.kind} asked by {decided.asked_by}"
        await work.note(conn, AuditAction.APPROVAL_SAME_BROWSER, work.hashed(*act.person.document), detail)

    async def _decline(self, context: RequestContext) -> web.Response:
        reason = written_reason(context.form)
        async with transaction(self._parts.engine) as conn:
            decided = await self._decide(conn, context, AuditAction.APPROVAL_REFUSED)
            if decided:
                await self._approvals.turn_down(conn, decided, TurnedDown(DECLINED, reason))
            if act := act_of(decided):
                await reopen(conn, self._parts, act)
        if decided is None and reason:
            return await self._listing(context, "not_open", reason)
        return _back(context, "declined" if decided else "not_open")

    async def _decide(
        self, conn: Connection, context: RequestContext, action: AuditAction
    ) -> Approval | None:
        """Take an act off the waiting list, and record who decided; None for one's own, or a decided one."""
        name = context.account.name
        work = self._parts.work_of(name)
        decided = await self._approvals.decide(conn, context.row_id, name, work.clock())
        if decided is None:  # decided before, or the account's own
            await self._parts.note_refused(conn, name, f"not_open approval {context.row_id}")
            return None
        act = act_of(decided)
        who, kind = (work.hashed(*act.person.document), act.kind) if act else ("-", "damaged")
        await work.note(conn, action, who, f"{kind} asked by {decided.asked_by}")
        return decided


def _may_decide(context: RequestContext) -> bool:
    return may(context.account.role, Permission.APPROVE)


def _listed_for(context: RequestContext) -> str:
    """Return whose acts an account sees: its own, or "" for those of everybody."""
    return "" if _may_decide(context) else context.account.name


def _back(context: RequestContext, flash: str) -> web.Response:
    return see_other(at_same_page(f"/admin/approvals?flash={flash}", context.request.query))
