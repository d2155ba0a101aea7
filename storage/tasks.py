"""What the office has to look at: a task a row, its person sealed, open until somebody is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity
from storage.records import read_identity, write_identity
from storage.tables import tasks
from storage.vault import Vault

_PERSON = "tasks.person"


class TaskKind(StrEnum):
    """What is to be done."""

    DEATH = "death"
    """A relative reported a death: verify it; the registry is the office's to change."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for the office to do."""

    id: int
    kind: TaskKind
    person: Identity = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Tasks:
    """Adds tasks, lists the open ones, ends them."""

    vault: Vault

    async def add(
        self, conn: AsyncConnection, rows: Sequence[tuple[TaskKind, Identity]], now: datetime
    ) -> None:
        """Open tasks."""
        if rows:
            values = [{"kind": kind, "person": self._sealed(who), "created_at": now} for kind, who in rows]
            await conn.execute(insert(tasks), values)

    async def waiting(self, conn: AsyncConnection, limit: int) -> list[Task]:
        """Return open tasks, the oldest first."""
        rows = await conn.execute(
            select(tasks).where(tasks.c.done_at.is_(None)).order_by(tasks.c.id).limit(limit)
        )
        return [
            Task(
                row.id,
                TaskKind(row.kind),
                read_identity(self.vault.open(row.person, _PERSON)),
                row.created_at,
            )
            for row in rows
        ]

    async def done(self, conn: AsyncConnection, task_id: int, now: datetime) -> bool:
        """End a task; False where it was ended before, or never was."""
        ended = await conn.execute(
            update(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None)).values(done_at=now)
        )
        return ended.rowcount == 1

    def _sealed(self, person: Identity) -> bytes:
        return self.vault.seal(write_identity(person), _PERSON)

    def _task(self, row: Row[tuple[object, ...]]) -> Task:
        person = read_identity(self.vault.open(row.person, _PERSON))
        return Task(row.id, TaskKind(row.kind), person, row.created_at)
