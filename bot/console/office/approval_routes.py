"""Routes of approvals: acts that wait for a second person, who is never the requester."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.access.gate import Gate, Visit
from bot.console.access.permissions import Permission
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.acts import ActKind, Asked, CaseAct, from_json, leaves_open, perform
from bot.console.person.submission import reopen
from bot.console.redirect import see_other
from dialogs.rules.identity import masked
from dialogs.values import SHANGHAI
from messages.formats import day, minute
from messages.languages import Language
from messages.phrases import (
    CONSOLE,
    CONSOLE_ACTS,
    CONSOLE_APPROVALS,
    CONSOLE_GROUNDS,
    CONSOLE_RESULTS,
    CONSOLE_TOLD,
    ID_TYPE_NAMES,
    SCHEME_NAMES,
    channel_name,
)
from storage.audit_actions import AuditAction
from storage.console.approvals import Approval, Approvals
from storage.database import Connection, transaction

_TOLD = frozenset({"approved", "declined", "not_open", "damaged_act"})
_DONE = frozenset({"approved", "declined", "death_open"})


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One act that waits, in words; `is_own` where the reader asked for it; a damaged one can be declined."""

    id: int
    act: str
    name: str
    document: str
    facts: str
    asked_by: str
    asked_at: str
    is_own: bool
    is_damaged: bool
    photo: int


class _DamagedAct(Exception):
    """What waits cannot be read here: another machine's keys may open it, so that it goes on waiting."""


class ApprovalRoutes:
    """List and decisions."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._approvals = Approvals(parts.vault)
        self._page = ConsolePage("approvals.html", CONSOLE_APPROVALS)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one, guard = "/approvals/{id:[0-9]{1,12}}", self._gate.permitting
        return [
            web.get("/approvals", guard(Permission.APPROVE, self._show)),
            web.post(f"{one}/approve", guard(Permission.APPROVE, self._approve)),
            web.post(f"{one}/decline", guard(Permission.APPROVE, self._decline)),
        ]

    async def _show(self, visit: Visit) -> web.Response:
        language, told = visit.language, visit.request.query.get("told", "")
        async with transaction(self._parts.engine) as conn:
            await self._parts.work_of(visit.account.name).note(conn, AuditAction.TASKS_READ, "approvals")
            waiting = await self._approvals.waiting(conn)
        values = {
            **shell(visit, "approvals"),
            "rows": [_row(one, language, visit.account.name) for one in waiting],
            "is_done": told in _DONE,
            "told": _told(told, language),
        }
        return self._page.response(language, values)

    async def _approve(self, visit: Visit) -> web.Response:
        """Carry the act out under the name of who approves; what cannot be done any more stays decided."""
        try:
            async with transaction(self._parts.engine) as conn:
                return _back(await self._carried_out(conn, visit))
        except _DamagedAct:
            return _back("damaged_act")

    async def _carried_out(self, conn: Connection, visit: Visit) -> str:
        """Decide and do it; gives the word for the page. _DamagedAct takes the decision back."""
        decided = await self._decided(conn, visit, AuditAction.APPROVAL_GIVEN)
        if decided is None:
            return "not_open"
        act = _act_of(decided)
        if act is None:
            raise _DamagedAct
        if decided.asked_by in self._parts.browser_past.accounts(visit.request):
            await self._note_same_browser(conn, visit, decided, act)
        asked = Asked(decided.asked_by, decided.asked_at)
        work = self._parts.work_of(visit.account.name)
        unfit = await perform(conn, work, act, asked)
        if unfit:
            await reopen(conn, self._parts, act)
            return unfit
        return "death_open" if await leaves_open(conn, work, act) else "approved"

    async def _note_same_browser(
        self, conn: Connection, visit: Visit, decided: Approval, act: CaseAct
    ) -> None:
        """Let the auditor see that this browser has signed in as the requester, too."""
        work = self._parts.work_of(visit.account.name)
        detail = f"{act.kind} asked by {decided.asked_by}"
        await work.note(conn, AuditAction.APPROVAL_SAME_BROWSER, work.hashed(*act.person.document), detail)

    async def _decline(self, visit: Visit) -> web.Response:
        async with transaction(self._parts.engine) as conn:
            decided = await self._decided(conn, visit, AuditAction.APPROVAL_REFUSED)
            if act := _act_of(decided):
                await reopen(conn, self._parts, act)
        return _back("declined" if decided else "not_open")

    async def _decided(self, conn: Connection, visit: Visit, action: AuditAction) -> Approval | None:
        """Take an act out of what waits, and record who decided; None for one's own, or a decided one."""
        name = visit.account.name
        work = self._parts.work_of(name)
        decided = await self._approvals.decide(conn, _id(visit), name, work.clock())
        if decided is None:  # decided before, or the account's own
            await self._parts.note_refused(conn, name, f"not_open approval {_id(visit)}")
            return None
        act = _act_of(decided)
        who, kind = (work.hashed(*act.person.document), act.kind) if act else ("-", "damaged")
        await work.note(conn, action, who, f"{kind} asked by {decided.asked_by}")
        return decided


def _act_of(one: Approval | None) -> CaseAct | None:
    return from_json(one.act) if one and one.act else None


def _row(one: Approval, language: Language, account: str) -> ApprovalRow:
    act = _act_of(one)
    name, number = masked(act.person) if act else ("", "")
    document = f"{ID_TYPE_NAMES[act.person.id_type].spoken(language)} {number}" if act else ""
    return ApprovalRow(
        one.id,
        (CONSOLE_ACTS[act.kind.name.lower()] if act else CONSOLE["damaged"]).spoken(language),
        name,
        document,
        _facts(act, language) if act else "",
        one.asked_by,
        minute(one.asked_at.astimezone(SHANGHAI), language),
        one.asked_by == account,
        act is None,
        act.photo if act else 0,
    )


def _facts(act: CaseAct, language: Language) -> str:
    """Return what an act says beside its person."""
    facts = [
        SCHEME_NAMES[act.scheme].spoken(language) if act.scheme else "",
        channel_name(act.channel).spoken(language) if act.channel else "",
        CONSOLE_GROUNDS[act.grounds].spoken(language) if act.grounds else "",
        day(act.until, language) if act.until else "",
        CONSOLE_RESULTS[act.result].spoken(language) if act.kind is ActKind.GIVE_UP and act.result else "",
        act.receipt,
        act.words,
    ]
    return " · ".join(filter(None, facts))


def _told(word: str, language: Language) -> str:
    if word in _TOLD:
        return CONSOLE_APPROVALS[word].spoken(language)
    return CONSOLE_TOLD[word].spoken(language) if word in CONSOLE_TOLD else ""


def _id(visit: Visit) -> int:
    return int(visit.request.match_info["id"])


def _back(told: str) -> web.Response:
    return see_other(f"/admin/approvals?told={told}")
