"""Replaces data keys and cipher: seals fields again by the current settings, and recomputes keyed hashes.

A field's header names both, so the rows themselves show what is left to do: an interrupted run continues
where it stopped, and a run that finds nothing changes nothing. Rows that a running service holds are skipped
and counted, never waited for.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.any_row import AnyRow
from storage.database import connect, transaction
from storage.records.people_codec import read_acted_on, read_identity, read_people, read_request
from storage.schema.columns import (
    Holds,
    context_in,
    holds_of,
    number_context,
    sealed_columns,
    sealed_tables,
    stored_context,
)
from storage.schema.people import templates
from storage.sealing.damaged_row import DamagedRow
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

BATCH = 500
"""Rows per transaction: some tens of milliseconds, so that no conversation waits noticeably."""

MOST_NAMED = 20
"""Damaged rows that a run names; `audit verify` counts all."""

Progress = Callable[[int], None]
Values = dict[str, bytes | None]
"""New values of a row's columns, by name; every row of a table names the same columns."""


def _number_of_act(text: str) -> str | None:
    person = read_acted_on(text)
    return person.lifelong_number if person else None


_NUMBER_IN: Mapping[Holds, Callable[[str], str | None]] = MappingProxyType(
    {
        Holds.IDENTITY: lambda text: read_identity(text).lifelong_number,
        Holds.PEOPLE: lambda text: read_people(text)[0].lifelong_number,
        Holds.REQUEST: lambda text: read_request(text).subject.lifelong_number,
        Holds.ACT: _number_of_act,
    }
)
"""Reads the number from a sealed field's plain text; None if there is none."""


@dataclass(frozen=True, slots=True)
class RotationResult:
    """Result of a run, in rows of all tables."""

    moved: int
    """Sealed again under the first key."""
    left: int
    """Still under an older key: held by a running service, or counted by one of the next two."""
    unreachable_templates: int
    """Templates whose keyed hash cannot be recomputed, as the person's number is nowhere in this database."""
    damaged: int
    """Rows that no key of `DATA_KEYS` opens."""
    named: tuple[DamagedRow, ...]
    """The first damaged ones, at most `MOST_NAMED`."""


async def count_outdated(conn: AsyncConnection, vault: Vault) -> int:
    """Count the rows with a field under a key different from the first, or sealed with another cipher."""
    return sum([await _count_outdated_of(conn, vault, table) for table in sealed_tables()])


async def rotate(engine: AsyncEngine, vault: Vault, progress: Progress) -> RotationResult:
    """Move everything; `progress` is called after each batch with the number of rows moved.

    A row that does not open, because it is damaged or under a key that `DATA_KEYS` lacks, stays as it is and
    is counted: it does not keep other rows from the new key.
    """
    run = _Run(engine, vault, progress)
    for table in sealed_tables():
        await run.move_table(table)
    await run.move_templates()
    async with connect(engine) as conn:
        left = await count_outdated(conn, vault)
        unreachable_templates = await _count_outdated_of(conn, vault, templates) - run.damaged[templates.name]
    return RotationResult(run.moved, left, unreachable_templates, run.damaged.total(), tuple(run.named))


class _Run:
    """One run through the tables."""

    def __init__(self, engine: AsyncEngine, vault: Vault, progress: Progress) -> None:
        self._engine = engine
        self._vault = vault
        self._progress = progress
        self.moved = 0
        self.damaged: Counter[str] = Counter()
        self.named: list[DamagedRow] = []

    async def move_table(self, table: Table) -> None:
        """Move a table in its key's order: starting after the last batch avoids scanning moved rows."""
        last: AnyRow | None = None
        while True:
            async with transaction(self._engine) as conn:
                rows = await self._next_rows(conn, table, last)
                renewed = self._opened(table, rows, partial(self._renewed, table))
                await _write(conn, table, renewed)
            self._count(len(renewed))
            if len(rows) < BATCH:
                return
            last = rows[-1]

    async def move_templates(self) -> None:
        """Move the templates: they hold no number, so they are found by the people in the other tables."""
        for column in _columns_of_people():
            async with connect(self._engine) as conn:
                if not await _count_outdated_of(conn, self._vault, templates):
                    return
            await self._move_templates_of(column)

    async def _move_templates_of(self, column: Column[bytes]) -> None:
        last = 0
        while True:
            async with transaction(self._engine) as conn:
                people = await _people_after(conn, column, last)
                numbers = {number for row in people if (number := self._number(column, row))}
                moved = await self._move_templates_for(conn, sorted(numbers))
            if not people:
                return
            self._count(moved)
            last = people[-1].id

    def _number(self, column: Column[bytes], row: AnyRow) -> str:
        """Return the number in a row; a damaged one leads to no template."""
        held = holds_of(column)
        try:
            plain = self._vault.open(getattr(row, column.name), stored_context(column, row))
            return (_NUMBER_IN[held](plain) if held else None) or ""
        except DAMAGED:
            return ""

    async def _move_templates_for(self, conn: AsyncConnection, numbers: Sequence[str]) -> int:
        found = {
            blind: number
            for number in numbers
            for blind in self._vault.blinds(number, number_context(templates))[1:]
        }
        statement = select(templates).where(
            templates.c.number_blind.in_(found), _is_outdated(templates, self._vault)
        )
        rows = (await conn.execute(statement.with_for_update(skip_locked=True))).all()
        renewed = self._opened(
            templates, rows, lambda row: self._renewed_template(row, found[row.number_blind])
        )
        await _write(conn, templates, renewed)
        return len(renewed)

    def _opened(
        self, table: Table, rows: Sequence[AnyRow], renew: Callable[[AnyRow], Values]
    ) -> list[tuple[AnyRow, Values]]:
        """Return the rows that open, with their new values; count and name the others."""
        opened = []
        for row in rows:
            try:
                opened.append((row, renew(row)))
            except DAMAGED:
                self.damaged[table.name] += 1
                if len(self.named) < MOST_NAMED:
                    self.named.append(DamagedRow.of(self._vault, table, row))
        return opened

    async def _next_rows(self, conn: AsyncConnection, table: Table, last: AnyRow | None) -> Sequence[AnyRow]:
        keys = list(table.primary_key)
        statement = select(table).where(_movable(table, self._vault)).order_by(*keys).limit(BATCH)
        if last is not None:
            after = [literal(getattr(last, key.name), key.type) for key in keys]
            statement = statement.where(tuple_(*keys) > tuple_(*after))
        return (await conn.execute(statement.with_for_update(skip_locked=True))).all()

    def _renewed(self, table: Table, row: AnyRow) -> Values:
        return self._sealed_anew(table, row, self._plain(table, row))

    def _renewed_template(self, row: AnyRow, number: str) -> Values:
        blind = self._vault.blind(number, number_context(templates))
        return self._sealed_anew(templates, row, self._plain(templates, row), {"number_blind": blind})

    def _plain(self, table: Table, row: AnyRow) -> dict[Column[bytes], bytes]:
        stored = {column: getattr(row, column.name) for column in sealed_columns(table)}
        return {
            column: self._vault.open_bytes(sealed, stored_context(column, row))
            for column, sealed in stored.items()
            if sealed is not None
        }

    def _sealed_anew(
        self, table: Table, row: AnyRow, plain: Mapping[Column[bytes], bytes], blinds: Values | None = None
    ) -> Values:
        """Seal a row's values for its new state: a value may be bound to the recomputed keyed hash."""
        values: Values = dict.fromkeys((column.name for column in sealed_columns(table)), None)
        for column, value in plain.items():
            values |= self._blind(column, value)
        values |= blinds or {}
        facts = {one.name: getattr(row, one.name) for one in table.columns} | values
        for column, value in plain.items():
            values[column.name] = self._vault.seal_bytes(value, context_in(column, facts))
        return values

    def _blind(self, column: Column[bytes], plain: bytes) -> Values:
        held = holds_of(column)
        if held is None:
            return {}
        number = _NUMBER_IN[held](plain.decode())
        context = number_context(column.table)
        return {"number_blind": None if number is None else self._vault.blind(number, context)}

    def _count(self, rows: int) -> None:
        self.moved += rows
        self._progress(rows)


def _is_outdated(table: Table, vault: Vault) -> ColumnElement[bool]:
    header = vault.first_header()
    return or_(
        *(
            func.substr(column, 1, len(header), type_=LargeBinary()) != header
            for column in sealed_columns(table)
        )
    )


def _movable(table: Table, vault: Vault) -> ColumnElement[bool]:
    """Choose the rows that can be sealed again on their own: a template only under the first key."""
    outdated = _is_outdated(table, vault)
    if table is not templates:
        return outdated
    label = vault.first_header()[1:]
    of_key = func.substr(templates.c.template, 2, len(label), type_=LargeBinary())
    return and_(outdated, of_key == label)


async def _count_outdated_of(conn: AsyncConnection, vault: Vault, table: Table) -> int:
    statement = select(func.count()).select_from(table).where(_is_outdated(table, vault))
    return (await conn.execute(statement)).scalar_one()


def _columns_of_people() -> list[Column[bytes]]:
    """Return the columns that lead to people; those of captures are about people of the registry."""
    columns = [column for table in sealed_tables() for column in sealed_columns(table)]
    return [column for column in columns if holds_of(column) in {Holds.IDENTITY, Holds.PEOPLE}]


async def _people_after(conn: AsyncConnection, column: Column[bytes], last: int) -> Sequence[AnyRow]:
    table = column.table
    statement = select(table).where(table.c.id > last).order_by(table.c.id).limit(BATCH)
    return (await conn.execute(statement)).all()


async def _write(conn: AsyncConnection, table: Table, renewed: Sequence[tuple[AnyRow, Values]]) -> None:
    """Write a batch in one call: a round trip per row would cost more than the ciphers do."""
    if not renewed:
        return
    rows, values = zip(*renewed, strict=True)
    keys = [column.name for column in table.primary_key]
    statement = update(table).where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
    bound = statement.values({name: bindparam(f"new_{name}") for name in values[0]})
    places = [{f"of_{name}": getattr(row, name) for name in keys} for row in rows]
    news = [{f"new_{name}": value for name, value in one.items()} for one in values]
    await conn.execute(bound, [place | new for place, new in zip(places, news, strict=True)])
