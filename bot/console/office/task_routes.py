"""The addresses of the tasks: listed masked, taken, handed on, ended with a result."""

from datetime import datetime

from aiohttp import web

from bot.console.access.gate import Gate, Refused, Visit
from bot.console.access.permissions import Permission, may
from bot.console.csv_file import csv_response
from bot.console.office.task_view import TaskRow, task_row
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.looking import Looking
from bot.console.redirect import see_other
from bot.console.shell import shell
from messages.phrases import CONSOLE_RESULTS, CONSOLE_TASK_KINDS, CONSOLE_TASKS
from storage.audit_actions import AuditAction
from storage.console.task_board import Holder, TaskBoard, TaskResult
from storage.database import connect, transaction
from storage.records.tasks import DeathFinding, TaskKind, Tasks

_A_PAGE = 100
_A_FILE = 10_000
_FINDINGS = {TaskResult.LIVING: DeathFinding.LIVING, TaskResult.DECEASED: DeathFinding.DECEASED}
_DONE = frozenset({"task_done", "task_taken", "handed_on"})
_TOLD = _DONE | {"taken_by_other", "not_yours", "no_result"}


class TaskRoutes:
    """List, file, and what is done to one task."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._board = TaskBoard(parts.vault)
        self._page = ConsolePage("tasks.html", CONSOLE_TASKS)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one, guard = "/tasks/{id:[0-9]{1,12}}", self._gate.permitting
        return [
            web.get("/tasks", guard(Permission.TASKS, self._show)),
            web.get("/tasks.csv", guard(Permission.TASKS, self._file)),
            web.post(f"{one}/take", guard(Permission.TASKS, self._take)),
            web.post(f"{one}/hand-on", guard(Permission.TASKS, self._hand_on)),
            web.post(f"{one}/done", guard(Permission.TASKS, self._finish)),
            web.post(f"{one}/case", guard(Permission.PERSON, self._open_case)),
        ]

    async def _show(self, visit: Visit) -> web.Response:
        query, language = visit.request.query, visit.language
        after = query.get("after", "")
        rows = await self._rows(visit, int(after) if after.isdecimal() and len(after) < 13 else 0, _A_PAGE)
        told = query.get("told", "")
        values = {
            **shell(visit, "tasks"),
            "rows": rows,
            "more": rows[-1].id if len(rows) == _A_PAGE else 0,
            "is_done": told in _DONE,
            "told": CONSOLE_TASKS[told].spoken(language) if told in _TOLD else "",
            "kinds": [(kind.value, CONSOLE_TASK_KINDS[kind].spoken(language)) for kind in TaskKind],
            "kind": _kind(visit) or "",
            "holders": [(one.value, CONSOLE_TASKS[one.value].spoken(language)) for one in Holder],
            "holder": _holder(visit),
            "colleagues": await self._colleagues(visit),
            "results": [(one.value, CONSOLE_RESULTS[one].spoken(language)) for one in TaskResult],
        }
        return self._page.response(language, values)

    async def _file(self, visit: Visit) -> web.Response:
        head = ("number", "kind_is", "person_is", "document_is", "since_is", "days_is", "holder_is")
        rows = await self._rows(visit, 0, _A_FILE, AuditAction.TASKS_EXPORTED)
        cells = [
            (row.id, row.kind, row.name, row.document, row.since, row.days, row.taken_by) for row in rows
        ]
        return csv_response("tasks", [CONSOLE_TASKS[word].spoken(visit.language) for word in head], cells)

    async def _rows(
        self, visit: Visit, after: int, limit: int, action: AuditAction = AuditAction.TASKS_READ
    ) -> list[TaskRow]:
        """Read people only together with the record that they were read."""
        kind, holder, name = _kind(visit), _holder(visit), visit.account.name
        async with transaction(self._parts.engine) as conn:
            await self._parts.work_of(name).note(conn, action, kind or "all", holder)
            found = await self._board.waiting(conn, kind, holder, name, after, limit)
        return [task_row(one, visit.language, self._parts.clock()) for one in found]

    async def _colleagues(self, visit: Visit) -> list[str]:
        async with connect(self._parts.engine) as conn:
            accounts = await self._parts.accounts.all(conn)
        return [
            one.name
            for one in accounts
            if one.disabled_at is None and may(one.role, Permission.TASKS) and one.id != visit.account.id
        ]

    async def _take(self, visit: Visit) -> web.Response:
        name, task_id = visit.account.name, _id(visit)
        async with transaction(self._parts.engine) as conn:
            taken = await self._board.take(conn, task_id, name, self._parts.clock())
            if taken:
                await self._parts.work_of(name).note(conn, AuditAction.TASK_TAKEN, str(task_id))
        return self._back("task_taken" if taken else "taken_by_other")

    async def _hand_on(self, visit: Visit) -> web.Response:
        name, to, task_id = visit.account.name, visit.form.get("to", ""), _id(visit)
        if to and to not in await self._colleagues(visit):
            return self._back("not_yours")
        async with transaction(self._parts.engine) as conn:
            handed = await self._board.hand_on(conn, task_id, name, to or None)
            if handed:
                work = self._parts.work_of(name)
                await work.note(conn, AuditAction.TASK_HANDED_ON, str(task_id), to or "all")
        return self._back("handed_on" if handed else "not_yours")

    async def _finish(self, visit: Visit) -> web.Response:
        typed = visit.form.get("result", "")
        if typed not in set(TaskResult):
            return self._back("no_result")
        return self._back(await self._finished(visit, TaskResult(typed)))

    async def _finished(self, visit: Visit, result: TaskResult) -> str:
        """End a task; a reported death ends only with what was found, since reminders go by it."""
        name, task_id, now = visit.account.name, _id(visit), self._now()
        work = self._parts.work_of(name)
        async with transaction(self._parts.engine) as conn:
            task = await Tasks(self._parts.vault).find(conn, task_id)
            if task is not None and task.kind is TaskKind.DEATH and result not in _FINDINGS:
                return "no_result"
            if task is None or not await self._board.finish(conn, task_id, name, result, now):
                return "not_yours"
            await work.settle_death(conn, task, _FINDINGS.get(result))
            await work.note(conn, AuditAction.TASK_DONE, str(task_id), result)
        return "task_done"

    async def _open_case(self, visit: Visit) -> web.Response:
        async with transaction(self._parts.engine) as conn:
            task = await Tasks(self._parts.vault).find(conn, _id(visit))
            if task is None:
                return self._gate.tell(visit.request, Refused.MISSING)
            address = await Looking(self._parts).open(conn, visit.account, task.person, "task")
        return see_other(address)

    def _now(self) -> datetime:
        return self._parts.clock()

    def _back(self, told: str) -> web.Response:
        return see_other(f"/admin/tasks?told={told}")


def _id(visit: Visit) -> int:
    return int(visit.request.match_info["id"])


def _kind(visit: Visit) -> TaskKind | None:
    kind = visit.request.query.get("kind", "")
    return TaskKind(kind) if kind in set(TaskKind) else None


def _holder(visit: Visit) -> Holder:
    holder = visit.request.query.get("holder", "")
    return Holder(holder) if holder in set(Holder) else Holder.ANYBODY
