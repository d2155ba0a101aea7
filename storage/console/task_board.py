"""The office's tasks as several clerks share them: each task's holder, visit and result."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity
from storage.any_row import AnyRow
from storage.console.figures import TaskAge, is_of_age
from storage.records.tasks import IS_KNOWN, TaskKind, Tasks
from storage.schema.office import tasks
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

_MOST_VISITS = 200
_log = logging.getLogger(__name__)


class TaskResult(StrEnum):
    """The result of a task."""

    SETTLED = "settled"
    CERTIFIED = "certified"
    NOT_REACHED = "not_reached"
    MOVED = "moved"
    LIVING = "living"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which open tasks a list shows; None means all, `taken_by` "" those that nobody has."""

    now: datetime
    kind: TaskKind | None = None
    taken_by: str | None = None
    age: TaskAge | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on a row."""
        which: list[ColumnElement[bool]] = [tasks.c.done_at.is_(None), IS_KNOWN]
        if self.kind is not None:
            which.append(tasks.c.kind == self.kind)
        if self.taken_by is not None:
            which.append(tasks.c.taken_by == self.taken_by if self.taken_by else tasks.c.taken_by.is_(None))
        if self.age is not None:
            which.append(is_of_age(self.age, self.now))
        return which


@dataclass(frozen=True, slots=True)
class BoardTask:
    """A task, and the account that has taken it ("": none); `person` is None if the row is damaged.

    `visit_on` is the day of a home visit. `result` of an open task waits for a second person's approval.
    """

    id: int
    kind: TaskKind
    person: Identity | None = field(repr=False)
    created_at: datetime
    taken_by: str
    visit_on: date | None
    result: TaskResult | None
    is_done: bool

    def is_free_for(self, account: str | None) -> bool:
        """Whether it is the account's, or nobody's; for None it may be anybody's."""
        return account is None or self.taken_by in {"", account}


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit to a person: the visitor's account, and the day in Shanghai."""

    visitor: str
    day: date


@dataclass(frozen=True, slots=True)
class TaskBoard:
    """Lists tasks and passes them between accounts; each change succeeds for only one of several clerks."""

    vault: Vault

    async def waiting(
        self, conn: AsyncConnection, chosen: TaskFilter, after: int, limit: int
    ) -> list[BoardTask]:
        """Return open tasks with an id beyond `after`, the oldest first."""
        which = select(tasks).where(*chosen.conditions(), tasks.c.id > after)
        return self._read((await conn.execute(which.order_by(tasks.c.id).limit(limit))).all())

    async def visits(
        self, conn: AsyncConnection, day: date, visitor: str, after: int = 0, limit: int = _MOST_VISITS
    ) -> list[BoardTask]:
        """Return an account's home visits of a day, also those that are done, with an id beyond `after`."""
        of_day = tasks.c.kind == TaskKind.HOME_VISIT, tasks.c.visit_on == day, tasks.c.taken_by == visitor
        which = select(tasks).where(*of_day, tasks.c.id > after)
        return self._read((await conn.execute(which.order_by(tasks.c.id).limit(limit))).all())

    async def these(self, conn: AsyncConnection, ids: Sequence[int]) -> list[BoardTask]:
        """Return open tasks by their numbers, the oldest first."""
        of_ids = tasks.c.id.in_(ids), tasks.c.done_at.is_(None), IS_KNOWN
        return self._read((await conn.execute(select(tasks).where(*of_ids).order_by(tasks.c.id))).all())

    async def find(self, conn: AsyncConnection, task_id: int) -> BoardTask | None:
        """Return one open task; None if it was ended, or never existed."""
        return next(iter(await self.these(conn, [task_id])), None)

    async def has_ended(self, conn: AsyncConnection, task_id: int) -> bool:
        """Whether there was such a task and it is no longer open."""
        ended = select(tasks.c.id).where(tasks.c.id == task_id, tasks.c.done_at.is_not(None))
        return (await conn.execute(ended)).first() is not None

    async def take(self, conn: AsyncConnection, task_id: int, account: str, now: datetime) -> bool:
        """Take a task that nobody has; False if somebody was quicker."""
        free = tasks.c.taken_by.is_(None)
        return await self._change(conn, task_id, free, taken_by=account, taken_at=now)

    async def hand_on(self, conn: AsyncConnection, task_id: int, account: str, to: str | None) -> bool:
        """Hand an account's own task to another account, or back to all; False if it is not the account's."""
        return await self._change(conn, task_id, tasks.c.taken_by == account, taken_by=to)

    async def plan(
        self, conn: AsyncConnection, seen: BoardTask, account: str | None, visit: PlannedVisit, now: datetime
    ) -> bool:
        """Assign a visitor and a day to a home visit that is free for the account; False for any other.

        Also False if somebody has taken or planned it since it was `seen`.
        """
        holder = tasks.c.taken_by.is_not_distinct_from(seen.taken_by or None)
        as_seen = holder & tasks.c.visit_on.is_not_distinct_from(seen.visit_on)
        is_visit = (tasks.c.kind == TaskKind.HOME_VISIT) & tasks.c.result.is_(None)
        planned = {"taken_by": visit.visitor, "taken_at": now, "visit_on": visit.day}
        return seen.is_free_for(account) and await self._change(conn, seen.id, as_seen & is_visit, **planned)

    async def put_off(self, conn: AsyncConnection, task_id: int, account: str) -> bool:
        """Remove the day of an account's own home visit at which nobody was met; it needs another day."""
        is_visit = (tasks.c.visit_on.is_not(None)) & tasks.c.result.is_(None)
        return await self._change(conn, task_id, is_visit & (tasks.c.taken_by == account), visit_on=None)

    async def release(self, conn: AsyncConnection, account: str) -> None:
        """Give back the open tasks of an account that no longer works."""
        theirs = tasks.c.taken_by == account, tasks.c.done_at.is_(None)
        await conn.execute(update(tasks).where(*theirs).values(taken_by=None, taken_at=None))

    async def propose(self, conn: AsyncConnection, task_id: int, account: str, result: TaskResult) -> bool:
        """Propose the result of an account's own task; False if it has one, or is not the account's."""
        own = (tasks.c.taken_by == account) & tasks.c.result.is_(None)
        return await self._change(conn, task_id, own, result=result)

    async def propose_free(self, conn: AsyncConnection, task_id: int, result: TaskResult) -> bool:
        """Propose the result of a task that nobody has; False if somebody has it, or it has a result."""
        return await self._change(
            conn, task_id, tasks.c.taken_by.is_(None) & tasks.c.result.is_(None), result=result
        )

    async def clear_result(self, conn: AsyncConnection, task_id: int) -> None:
        """Clear the proposed result: it was declined, or could not be carried out."""
        await self._change(conn, task_id, tasks.c.result.is_not(None), result=None)

    async def finish(self, conn: AsyncConnection, task_id: int, account: str, now: datetime) -> bool:
        """End a task with its proposed result, by `account`; False if it has none, or was already ended."""
        return await self._change(conn, task_id, tasks.c.result.is_not(None), done_at=now, done_by=account)

    async def certified(self, conn: AsyncConnection, task_id: int, account: str, now: datetime) -> bool:
        """End the task of a certified person, by `account` ("" for none); False if it was already ended."""
        ended = {"result": TaskResult.CERTIFIED, "done_at": now, "done_by": account or None}
        return await self._change(conn, task_id, true(), **ended)

    async def _change(
        self, conn: AsyncConnection, task_id: int, which: ColumnElement[bool], **values: object
    ) -> bool:
        is_open = tasks.c.id == task_id, tasks.c.done_at.is_(None)
        return (await conn.execute(update(tasks).where(*is_open, which).values(values))).rowcount == 1

    def _read(self, rows: Sequence[AnyRow]) -> list[BoardTask]:
        return [self._of_row(row) for row in rows]

    def _of_row(self, row: AnyRow) -> BoardTask:
        try:
            person = Tasks(self.vault).of_row(row).person
        except DAMAGED:
            _log.warning("a task is damaged: its person does not open")
            person = None
        result = TaskResult(row.result) if row.result in set(TaskResult) else None
        return BoardTask(
            row.id,
            TaskKind(row.kind),
            person,
            row.created_at,
            row.taken_by or "",
            row.visit_on,
            result,
            row.done_at is not None,
        )
