"""Routes of the tasks: list (masked), take, hand on, end with a result."""

from operator import attrgetter

from aiohttp import web

from bot.console.access.colleagues import colleagues
from bot.console.access.gate import ROW_ID, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission, may
from bot.console.csv_file import csv_response
from bot.console.flash import flash_values
from bot.console.office.task_query import TaskQuery, back_to_list
from bot.console.office.task_view import RESULTS, TaskRow, task_row
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.paging import begins_after, page_of, row_number
from bot.console.parts import ConsoleParts
from bot.console.person.case_access import CaseAccess
from bot.console.person.submission import submit
from bot.console.redirect import see_other
from bot.office.case_acts import GIVING_UP, ActKind, CaseAct
from dialogs.local_time import local_date
from messages.catalogue.phrases import CONSOLE_FLASHES, CONSOLE_TASKS
from storage.audit_trail.actions import AuditAction
from storage.console.passes_since import passes_since
from storage.console.task_board import BoardTask, TaskBoard, TaskResult
from storage.database import Connection, connect, transaction
from storage.records.tasks import DeathFinding, Task, TaskKind

_A_PAGE = 100
_A_FILE = 10_000
_COLUMNS = {
    "number": "id",
    "kind_is": "kind",
    "person_is": "name",
    "document_is": "document",
    "since_is": "since",
    "days_is": "days",
    "holder_is": "taken_by",
    "visit_day_is": "visit_day",
    "certified_since_is": "certified",
}
"""Columns of the file: the word of each heading, and the field of `TaskRow` below it."""

_DONE = frozenset({"task_done", "done_tried_out", "task_taken", "handed_on", "visit_planned", "waits"})
_FLASHES = {
    word: CONSOLE_TASKS[word]
    for word in (
        "task_done",
        "done_tried_out",
        "task_taken",
        "handed_on",
        "taken_by_other",
        "not_yours",
        "ended",
        "no_result",
        "awaits",
        "stale_plan",
    )
} | {word: CONSOLE_FLASHES[word] for word in ("waits", "visit_planned", "bad_plan", "nothing", "overtaken")}


class TaskRoutes:
    """List, file, and what is done to one task."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._board = TaskBoard(parts.vault)
        self._page = ConsolePage("tasks.html", CONSOLE_TASKS)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one, guard = f"/tasks/{ROW_ID}", self._gate.permitting
        return [
            web.get("/tasks", guard(Permission.TASKS, self._show)),
            web.get("/tasks.csv", guard(Permission.TASKS, self._file)),
            web.post(f"{one}/take", guard(Permission.TASKS, self._take)),
            web.post(f"{one}/hand-on", guard(Permission.TASKS, self._hand_on)),
            web.post(f"{one}/done", guard(Permission.TASKS, self._finish)),
            web.post(f"{one}/case", guard(Permission.PERSON, self._open_case)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        query, language = context.request.query, context.language
        after, chosen = begins_after(query), await self._read_query(context)
        rows, more = page_of(await self._rows(context, chosen, after, _A_PAGE + 1), _A_PAGE)
        flash, flash_task = query.get("flash", ""), row_number(query.get("task", ""))
        values = {
            **shell(context, "tasks"),
            "rows": rows,
            "more": more,
            **flash_values(flash, _FLASHES, _DONE, language),
            "flash_task": flash_task,
            "is_listed": any(row.id == flash_task for row in rows),
            "after": after,
            **chosen.options(language),
            "visitors": sorted([context.account.name, *chosen.others]),
            "plans_all": may(context.account.role, Permission.APPROVE),
            "today": local_date(self._parts.clock()).isoformat(),
        }
        return self._page.response(language, values)

    async def _file(self, context: RequestContext) -> web.Response:
        chosen = await self._read_query(context)
        rows = await self._rows(context, chosen, 0, _A_FILE, AuditAction.TASKS_EXPORTED)
        head = [CONSOLE_TASKS[word].spoken(context.language) for word in _COLUMNS]
        return csv_response("tasks", head, map(attrgetter(*_COLUMNS.values()), rows))

    async def _read_query(self, context: RequestContext) -> TaskQuery:
        async with connect(self._parts.engine) as conn:
            everybody = await colleagues(conn, self._parts.accounts)
        return TaskQuery.of(context.request.query, context.account.name, everybody)

    async def _rows(
        self,
        context: RequestContext,
        chosen: TaskQuery,
        after: int,
        limit: int,
        action: AuditAction = AuditAction.TASKS_READ,
    ) -> list[TaskRow]:
        """Read people only together with the record that they were read."""
        now = self._parts.clock()
        async with transaction(self._parts.engine) as conn:
            work = self._parts.work_of(context.account.name)
            await work.note(conn, action, chosen.kind or "all", chosen.holder)
            found = await self._board.waiting(conn, chosen.filter(now), after, limit)
            since = await passes_since(conn, self._parts.vault, found)
        return [task_row(one, since.get(one.id, ()), context.language, now) for one in found]

    async def _take(self, context: RequestContext) -> web.Response:
        name, task_id = context.account.name, context.row_id
        async with transaction(self._parts.engine) as conn:
            if not await self._board.take(conn, task_id, name, self._parts.clock()):
                held = await self._board.find(conn, task_id)
                if held is not None and held.taken_by == name:
                    return _back(context, "task_taken")
                return await self._refuse(conn, context, "taken_by_other")
            await self._parts.work_of(name).note(conn, AuditAction.TASK_TAKEN, str(task_id))
        return _back(context, "task_taken")

    async def _hand_on(self, context: RequestContext) -> web.Response:
        name, to, task_id = context.account.name, context.form.get("to", ""), context.row_id
        async with transaction(self._parts.engine) as conn:
            if to and to not in await colleagues(conn, self._parts.accounts):
                return await self._refuse(conn, context, "not_yours")
            if not await self._board.hand_on(conn, task_id, name, to or None):
                return await self._refuse(conn, context, "not_yours")
            work = self._parts.work_of(name)
            await work.note(conn, AuditAction.TASK_HANDED_ON, str(task_id), to or "all")
        return _back(context, "handed_on")

    async def _finish(self, context: RequestContext) -> web.Response:
        typed = context.form.get("result", "")
        async with transaction(self._parts.engine) as conn:
            task = await self._board.find(conn, context.row_id)
            if task is None:
                return await self._refuse(conn, context, "not_yours")
            if typed not in RESULTS[task.kind]:
                return _back(context, "no_result")
            flash = await self._end_task(conn, context.account.name, task, TaskResult(typed))
            return _back(context, flash) if flash in _DONE else await self._refuse(conn, context, flash)

    async def _end_task(self, conn: Connection, name: str, task: BoardTask, result: TaskResult) -> str:
        """End a task; a confirmed death, and giving up on somebody, may wait for a second person."""
        if not await self._board.propose(conn, task.id, name, result):
            return "awaits" if task.result and task.taken_by == name else "not_yours"
        kind = ActKind.DEATH_FOUND if result is TaskResult.DECEASED else ActKind.GIVE_UP
        if task.person and result in {TaskResult.DECEASED, *GIVING_UP}:
            act = CaseAct(kind, task.person, task=task.id, result=result)
            flash = await submit(conn, self._parts, name, act)
            return "task_done" if flash == "done" else flash
        work = self._parts.work_of(name)
        if result is TaskResult.LIVING and task.person:
            report = Task(task.id, task.kind, task.person, task.created_at)
            await work.settle_death(conn, report, DeathFinding.LIVING)
        await self._board.finish(conn, task.id, name, work.clock())
        await work.note(conn, AuditAction.TASK_DONE, str(task.id), result)
        if task.kind is TaskKind.FAILED_OFTEN and task.person and await work.is_tried_out(conn, task.person):
            return "done_tried_out"
        return "task_done"

    async def _open_case(self, context: RequestContext) -> web.Response:
        async with transaction(self._parts.engine) as conn:
            task = await self._board.find(conn, context.row_id)
            if task is None and await self._board.has_ended(conn, context.row_id):
                return await self._turn_away(conn, context, "ended")
            if task is None or task.person is None:
                return await self._gate.refuse_in(
                    conn, context, RequestRefusal.MISSING, f"task {context.row_id}"
                )
            address = await CaseAccess(self._parts).open(conn, context.account, task.person, "task")
        return see_other(address)

    async def _refuse(self, conn: Connection, context: RequestContext, flash: str) -> web.Response:
        """Record that a clerk was refused a task, and answer with the flash message, or that it was ended."""
        if await self._board.has_ended(conn, context.row_id):
            flash = "ended"
        return await self._turn_away(conn, context, flash)

    async def _turn_away(self, conn: Connection, context: RequestContext, flash: str) -> web.Response:
        await self._parts.note_refused(conn, context.account.name, f"{flash} task {context.row_id}")
        return _back(context, flash)


def _back(context: RequestContext, flash: str) -> web.Response:
    return see_other(back_to_list(context.request.query, context.row_id, flash))
