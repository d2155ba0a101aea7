"""Routes of home visits: the list of a day and a visitor, on paper or on a phone, and the results."""

from collections.abc import Sequence
from datetime import date

from aiohttp import web

from bot.console.access.colleagues import colleagues
from bot.console.access.gate import ROW_ID, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission, may
from bot.console.flash import flash_values
from bot.console.office.task_query import back_to_list
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.paging import at_same_page, begins_after, page_of, row_number
from bot.console.parts import ConsoleParts
from bot.console.person.case import benefits_of
from bot.console.person.case_access import CaseAccess
from bot.console.person.case_fingerprint import is_as_seen
from bot.console.person.case_page import CasePage
from bot.console.redirect import see_other
from bot.console.visits.planning import read_day, read_plan
from bot.console.visits.results import VisitRecorder, VisitResult, read_finding
from bot.console.visits.view import VisitRow, visit_row
from bot.console.words import choices
from bot.office.case_acts import Grounds, Unfit
from bot.pages.template_page import Values
from dialogs.local_time import local_date
from dialogs.values import Certification, Identity
from messages.catalogue.formats import day as day_in_words
from messages.catalogue.phrases import CONSOLE_FLASHES, CONSOLE_GROUNDS, CONSOLE_VISIT_RESULTS, CONSOLE_VISITS
from storage.audit_trail.actions import AuditAction
from storage.console.passes_since import passes_since
from storage.console.task_board import BoardTask, PlannedVisit, TaskBoard
from storage.database import Connection, transaction
from storage.records.tasks import TaskKind, Tasks

_A_PAGE = 200
"""Visits of a page: a day's list is one print."""

_DONE = frozenset({"done", "waits", "put_off", "reported", "death_open"})
_SHARED = ("done", "waits", "awaits", "incomplete", "not_paid", "overtaken", "nothing", "death_open")
"""Sentences that the page of a person has, too."""
_FLASHES = {
    **{word: CONSOLE_FLASHES[word] for word in _SHARED},
    **{word: CONSOLE_VISITS[word] for word in ("put_off", "reported", "not_yours")},
}


class VisitRoutes:
    """List, plan, result."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._board = TaskBoard(parts.vault)
        self._page = ConsolePage("visits.html", CONSOLE_VISITS)
        self._case = CasePage(parts)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one, guard = f"/visits/{ROW_ID}", self._gate.permitting
        return [
            web.get("/visits", guard(Permission.TASKS, self._show)),
            web.post(f"{one}/result", guard(Permission.CERTIFY, self._record)),
            web.post(f"/tasks/{ROW_ID}/plan", guard(Permission.TASKS, self._plan)),
            web.post("/person/{token}/visit", guard(Permission.PERSON, self._wish)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        language, query = context.language, context.request.query
        day, after = read_day(query.get("day", "")) or self._today(), begins_after(query)
        visitor = query.get("visitor", context.account.name)
        async with transaction(self._parts.engine) as conn:
            visitors = await colleagues(conn, self._parts.accounts)
            found, more = page_of(await self._board.visits(conn, day, visitor, after, _A_PAGE + 1), _A_PAGE)
            since = await passes_since(conn, self._parts.vault, found)
            rows = [await self._row(conn, context, one, since.get(one.id, ())) for one in found]
        values = {
            **shell(context, "visits"),
            "rows": rows,
            "after": after,
            "more": more,
            "day": day.isoformat(),
            "day_in_words": day_in_words(day, language),
            "visitor": visitor,
            "visitors": visitors,
            "is_own": visitor == context.account.name,
            "results": choices(VisitResult, CONSOLE_VISIT_RESULTS, language),
            "grounds": choices(Grounds, CONSOLE_GROUNDS, language),
            "by_two": self._parts.by_two,
            **_flash_values(context, rows),
        }
        return self._page.response(language, values)

    async def _row(
        self, conn: Connection, context: RequestContext, one: BoardTask, since: Sequence[Certification]
    ) -> VisitRow:
        """Read a person only together with the record that they were read."""
        work = self._parts.work_of(context.account.name)
        if one.person is None:
            return visit_row(one, (), (), context.language)
        await work.note(conn, AuditAction.VISIT_SHOWN, work.hashed(*one.person.document), f"task {one.id}")
        return visit_row(one, await benefits_of(conn, work, one.person), since, context.language)

    async def _record(self, context: RequestContext) -> web.Response:
        day, finding = read_day(context.form.get("day", "")) or self._today(), read_finding(context.form)
        if finding is None:
            return _back(context, day, "incomplete")
        async with transaction(self._parts.engine) as conn:
            recorder = VisitRecorder(self._parts)
            flash = await recorder.record(conn, context.account.name, context.row_id, finding)
            if flash not in _DONE:
                await self._parts.note_refused(conn, context.account.name, f"{flash} visit {context.row_id}")
        return _back(context, day, flash)

    async def _plan(self, context: RequestContext) -> web.Response:
        """Give a visit its day and visitor; a supervisor may also do so for another's visit."""
        async with transaction(self._parts.engine) as conn:
            task = await self._board.find(conn, context.row_id)
            if task is None or not task.is_free_for(self._holder(context)):
                word = "ended" if await self._board.has_ended(conn, context.row_id) else "not_yours"
                flash = await self._note_refused(conn, context, word, context.row_id)
            elif f"{task.visit_on or ''} {task.taken_by}" != context.form.get("was", ""):
                flash = await self._note_refused(conn, context, Unfit.STALE, task.id)
            else:
                flash = await self._give(conn, context, task)
        flash = "stale_plan" if flash == Unfit.STALE else flash
        return see_other(back_to_list(context.request.query, context.row_id, flash))

    def _holder(self, context: RequestContext) -> str | None:
        """Return whose visits an account plans, in addition to unassigned ones; None for everybody's."""
        return None if may(context.account.role, Permission.APPROVE) else context.account.name

    async def _wish(self, context: RequestContext) -> web.Response:
        """Open a home visit for the person of an opened case, or plan the one that is open."""
        person = await CaseAccess(self._parts).person(context.request.match_info["token"], context.account)
        if person is None:
            return await self._gate.refuse(context, RequestRefusal.MISSING, "case")
        async with transaction(self._parts.engine) as conn:
            flash = await self._take_visit(conn, context, person)
        return await self._case.after(context, person, "visit", flash)

    async def _take_visit(self, conn: Connection, context: RequestContext, person: Identity) -> str:
        task = await self._visit_to(conn, person)  # before the mark: taking it later is noticed
        work = self._parts.work_of(context.account.name)
        if not await is_as_seen(conn, work, person, context.form.get("seen", "")):
            await self._parts.note_refused(conn, context.account.name, f"{Unfit.STALE} visit")
            return Unfit.STALE
        if task is None and await self._read_plan(conn, context) is None:
            return "bad_plan"
        if task is None:
            await Tasks(self._parts.vault).add(conn, [(TaskKind.HOME_VISIT, person)], self._parts.clock())
            task = await self._visit_to(conn, person)
        if task is None or not task.is_free_for(self._holder(context)):
            return await self._note_refused(conn, context, "not_yours", task.id if task else 0)
        return await self._give(conn, context, task)

    async def _visit_to(self, conn: Connection, person: Identity) -> BoardTask | None:
        theirs = await Tasks(self._parts.vault).of_person(conn, person)
        ids = [one.id for one in theirs if one.kind is TaskKind.HOME_VISIT]
        return next(iter(await self._board.these(conn, ids)), None)

    async def _give(self, conn: Connection, context: RequestContext, task: BoardTask) -> str:
        """Give a visit the day and the visitor of the form; return the name of the flash message."""
        plan = await self._read_plan(conn, context)
        if plan is None:
            return "bad_plan"
        if not await self._board.plan(conn, task, self._holder(context), plan, self._parts.clock()):
            return await self._note_refused(conn, context, Unfit.STALE, task.id)
        work = self._parts.work_of(context.account.name)
        await work.note(conn, AuditAction.VISIT_PLANNED, str(task.id), f"{plan.day} {plan.visitor}")
        return "visit_planned"

    async def _read_plan(self, conn: Connection, context: RequestContext) -> PlannedVisit | None:
        return read_plan(context.form, await colleagues(conn, self._parts.accounts), self._today())

    async def _note_refused(self, conn: Connection, context: RequestContext, flash: str, task_id: int) -> str:
        """Record that a clerk was refused a visit; return the name of the flash message."""
        await self._parts.note_refused(conn, context.account.name, f"{flash} visit {task_id}")
        return flash

    def _today(self) -> date:
        return local_date(self._parts.clock())


def _flash_values(context: RequestContext, rows: Sequence[VisitRow]) -> Values:
    """Return the flash message and the visit that it is about, which need not be listed any more."""
    query = context.request.query
    flash, visit = query.get("flash", ""), row_number(query.get("visit", ""))
    return {
        **flash_values(flash, _FLASHES, _DONE, context.language),
        "flash_visit": visit,
        "is_listed": any(row.id == visit for row in rows),
    }


def _back(context: RequestContext, day: date, flash: str) -> web.Response:
    visit = context.row_id
    page = at_same_page(f"/admin/visits?day={day}&visit={visit}", context.request.query)
    return see_other(f"{page}&flash={flash}#visit-{visit}")
