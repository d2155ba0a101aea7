"""Tasks of the office: one a row, its person sealed, open until it is closed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Document, Identity
from storage.any_row import AnyRow
from storage.database import lock_names
from storage.records.people_codec import read_identity, write_identity
from storage.records.person_rows import is_person, numbers_by_hash
from storage.schema.columns import context_in, number_context, stored_context
from storage.schema.office import tasks
from storage.sealing.readable_rows import read_all
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_NUMBER = number_context(tasks)


class TaskKind(StrEnum):
    """Kinds of task."""

    DEATH = "death"  # a relative reported a death: verify it; the registry is the office's to change
    ASSIST = "assist"
    """Somebody cannot turn or hold still: exempt them (`storage.records.exemptions`), or visit them."""

    FORGET = "forget"
    """Somebody withdrew the consent to face processing: delete their templates (`faces forget`)."""

    FAILED_OFTEN = "failed_tries"
    """Somebody failed `FAILURES_BEFORE_HELP` times in a day: help them, or certify them another way.

    Once the task is done, they may fail `MOST_FAILURES` times more.
    """

    SECOND_LOOK = "second_look"
    """A pass that was drawn at random, an uncertain one more often: find out whether it was the person."""

    NO_PHOTO = "no_photo"
    """Somebody wants to certify and has no photo on record: enrol one, or certify them another way."""

    HOME_VISIT = "home_visit"
    """Somebody is to be certified at home (上门认证), on a day, by the account that has the task."""


SETTLED_BY_CERTIFICATION = frozenset(
    {TaskKind.ASSIST, TaskKind.FAILED_OFTEN, TaskKind.HOME_VISIT, TaskKind.NO_PHOTO}
)
"""Kinds that need nothing more once the office or the registry has certified the person.

A reported death and a withdrawn consent are about more than this cycle's pass, and a second look is about the
pass that was drawn: the clerk who looked into them ends those.
"""

IS_KNOWN = tasks.c.kind.in_(tuple(TaskKind))
"""Leaves out kinds that only a newer program knows, or that somebody wrote into the table by hand."""


class DeathFinding(StrEnum):
    """What the office found out about a reported death."""

    LIVING = "living"
    DECEASED = "deceased"


Wanted = tuple[TaskKind, Identity]


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

    async def add(self, conn: AsyncConnection, rows: Iterable[Wanted], now: datetime) -> None:
        """Open tasks; an open task of the same kind and person is not duplicated."""
        wanted = {(kind, *who.document): (kind, who) for kind, who in rows}
        if not wanted:
            return
        people = {who for _, who in wanted.values()}
        await lock_names(conn, [f"tasks:{self._blind(who).hex()}" for who in people])
        is_open = await self._open(conn, people)
        values = [self._row(kind, who, now) for key, (kind, who) in wanted.items() if key not in is_open]
        if values:
            await conn.execute(insert(tasks), values)

    async def waiting(self, conn: AsyncConnection, limit: int, kind: TaskKind | None = None) -> list[Task]:
        """Return open tasks, of one kind or of all, the oldest first."""
        open_ones = select(tasks).where(tasks.c.done_at.is_(None), IS_KNOWN).order_by(tasks.c.id).limit(limit)
        chosen = open_ones if kind is None else open_ones.where(tasks.c.kind == kind)
        return list(read_all(await conn.execute(chosen), self.of_row))

    async def find(self, conn: AsyncConnection, task_id: int) -> Task | None:
        """Return one open task; None if it was ended, or never existed."""
        row = (
            await conn.execute(
                select(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None), IS_KNOWN)
            )
        ).one_or_none()
        return None if row is None else self.of_row(row)

    async def done(self, conn: AsyncConnection, task_id: int, now: datetime) -> bool:
        """End a task; False if it was ended before, or never existed."""
        ended = await conn.execute(
            update(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None)).values(done_at=now)
        )
        return ended.rowcount == 1

    async def settle(self, conn: AsyncConnection, kind: TaskKind, person: Identity, now: datetime) -> None:
        """End a person's task of this kind as of now, even if nobody had opened one."""
        await self.add(conn, [(kind, person)], now)
        await self.end(conn, [kind], person, now)

    async def end(
        self, conn: AsyncConnection, kinds: Collection[TaskKind], person: Identity, now: datetime
    ) -> list[int]:
        """End a person's open tasks of these kinds; return their numbers."""
        is_open = tasks.c.kind.in_(kinds), tasks.c.done_at.is_(None)
        theirs = update(tasks).where(is_person(self.vault, tasks, person.document), *is_open)
        ended = theirs.values(done_at=now).returning(tasks.c.id)
        return list((await conn.execute(ended)).scalars())

    async def of_person(self, conn: AsyncConnection, person: Identity) -> list[Task]:
        """Return a person's open tasks, the oldest first."""
        return await self._of_people(conn, [person], TaskKind)

    async def settled_by_certification(self, conn: AsyncConnection, people: Sequence[Identity]) -> list[Task]:
        """Return the open tasks of several people that a certification by the office settles."""
        return await self._of_people(conn, people, SETTLED_BY_CERTIFICATION)

    async def with_open(
        self, conn: AsyncConnection, kind: TaskKind, people: Sequence[Identity]
    ) -> set[Document]:
        """Return the documents of those people for whom a task of this kind is open."""
        return {task.person.document for task in await self._of_people(conn, people, [kind])}

    async def _of_people(
        self, conn: AsyncConnection, people: Sequence[Identity], kinds: Iterable[TaskKind]
    ) -> list[Task]:
        """Return open tasks of these kinds, the oldest first; people are found as `add` finds them."""
        hashes = numbers_by_hash(self.vault, tasks, (person.lifelong_number for person in people))
        is_one = tasks.c.number_blind.in_(hashes), tasks.c.kind.in_(tuple(kinds)), tasks.c.done_at.is_(None)
        found = read_all(await conn.execute(select(tasks).where(*is_one).order_by(tasks.c.id)), self.of_row)
        documents = {person.document for person in people}
        return [task for task in found if task.person.document in documents]

    async def last_done(self, conn: AsyncConnection, kind: TaskKind, person: Identity) -> datetime | None:
        """Return when a task of this kind was last ended for a person; None if none was."""
        theirs = is_person(self.vault, tasks, person.document), tasks.c.kind == kind
        ended: datetime | None = await conn.scalar(select(func.max(tasks.c.done_at)).where(*theirs))
        return ended

    async def _open(self, conn: AsyncConnection, people: Iterable[Identity]) -> set[tuple[str, str, str]]:
        numbers = numbers_by_hash(self.vault, tasks, (who.lifelong_number for who in people))
        rows = await conn.execute(
            select(tasks.c.kind, tasks.c.id_type, tasks.c.number_blind).where(
                tasks.c.number_blind.in_(list(numbers)), tasks.c.done_at.is_(None)
            )
        )
        return {(row.kind, row.id_type, numbers[row.number_blind]) for row in rows}

    def _row(self, kind: TaskKind, person: Identity, now: datetime) -> dict[str, object]:
        row = {
            "kind": kind,
            "id_type": person.id_type,
            "number_blind": self._blind(person),
            "created_at": now,
        }
        return row | {"person": self.vault.seal(write_identity(person), context_in(tasks.c.person, row))}

    def _blind(self, person: Identity) -> bytes:
        return self.vault.blind(person.lifelong_number, _NUMBER)

    def of_row(self, row: AnyRow) -> Task:
        """Read a task from a row of the table."""
        person = read_identity(self.vault.open(row.person, stored_context(tasks.c.person, row)))
        return Task(row.id, parse_enum(TaskKind, row.kind), person, row.created_at)
