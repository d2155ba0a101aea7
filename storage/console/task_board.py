"""The office's tasks as several clerks share them: who has which, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records.tasks import Task, TaskKind, Tasks
from storage.schema.office import tasks
from storage.sealing.vault import Vault


class TaskResult(StrEnum):
    """What came of a task."""

    SETTLED = "settled"
    CERTIFIED = "certified"
    NOT_REACHED = "not_reached"
    LIVING = "living"
    DECEASED = "deceased"


class Holder(StrEnum):
    """Whose tasks a list shows."""

    ANYBODY = "anybody"
    MINE = "mine"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class BoardTask:
    """An open task, and the account that has taken it ("": none)."""

    task: Task
    taken_by: str


@dataclass(frozen=True, slots=True)
class TaskBoard:
    """Lists open tasks and passes them between accounts; each change succeeds for one of several clerks."""

    vault: Vault

    async def waiting(  # noqa: PLR0913, PLR0917 (a filter has many sides)
        self,
        conn: AsyncConnection,
        kind: TaskKind | None,
        holder: Holder,
        account: str,
        after: int,
        limit: int,
    ) -> list[BoardTask]:
        """Return open tasks with an id beyond `after`, the oldest first."""
        which = [tasks.c.done_at.is_(None), tasks.c.id > after]
        if kind is not None:
            which.append(tasks.c.kind == kind)
        if holder is Holder.MINE:
            which.append(tasks.c.taken_by == account)
        if holder is Holder.NOBODY:
            which.append(tasks.c.taken_by.is_(None))
        rows = await conn.execute(select(tasks).where(*which).order_by(tasks.c.id).limit(limit))
        return [BoardTask(Tasks(self.vault).of_row(row), row.taken_by or "") for row in rows]

    async def take(self, conn: AsyncConnection, task_id: int, account: str, now: datetime) -> bool:
        """Take a task that nobody has; False where somebody was quicker."""
        free = tasks.c.taken_by.is_(None)
        return await self._change(conn, task_id, free, taken_by=account, taken_at=now)

    async def hand_on(self, conn: AsyncConnection, task_id: int, account: str, to: str | None) -> bool:
        """Give a task of one's own to another account, or back to all; False where it is not one's own."""
        return await self._change(conn, task_id, tasks.c.taken_by == account, taken_by=to)

    async def release(self, conn: AsyncConnection, account: str) -> None:
        """Give back the open tasks of an account that works no more."""
        theirs = tasks.c.taken_by == account, tasks.c.done_at.is_(None)
        await conn.execute(update(tasks).where(*theirs).values(taken_by=None, taken_at=None))

    async def finish(
        self, conn: AsyncConnection, task_id: int, account: str, result: TaskResult, now: datetime
    ) -> bool:
        """End a task of one's own; False where it is not one's own, or was ended."""
        own = tasks.c.taken_by == account
        return await self._change(conn, task_id, own, done_at=now, done_by=account, result=result)

    async def _change(
        self, conn: AsyncConnection, task_id: int, which: ColumnElement[bool], **values: object
    ) -> bool:
        is_open = tasks.c.id == task_id, tasks.c.done_at.is_(None)
        return (await conn.execute(update(tasks).where(*is_open, which).values(values))).rowcount == 1
