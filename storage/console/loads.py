"""Files that the console loads: one open at a time, and the history of those that ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.database import insert_new
from storage.registry.importing.comparison import Comparison
from storage.registry.importing.row_counts import RowCounts
from storage.schema.columns import context_in, stored_context
from storage.schema.loading import COUNTS, console_loads
from storage.sealing.readable_rows import DAMAGED, read_all
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_TABLE = console_loads.c
_HOLDS_THE_PLACE = select(console_loads).where(_TABLE.only_one == 1)
"""The one load that holds the place: no other begins meanwhile."""


class LoadKind(StrEnum):
    """What a file holds."""

    REGISTRY = "registry"
    PHOTOS = "photos"


class LoadState(StrEnum):
    """How far a load has come."""

    RECEIVING = "receiving"
    COUNTING = "counting"
    COUNTED = "counted"  # a clerk has to check the counts
    APPLYING = "applying"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNREADABLE = "unreadable"
    BROKEN = "broken"  # the upload broke off, or the files are gone


OPEN = frozenset({LoadState.RECEIVING, LoadState.COUNTING, LoadState.COUNTED, LoadState.APPLYING})


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A file that begins to arrive; `city` is the city of a full export, "" for a partial one."""

    kind: LoadKind
    account: str
    file_name: str = field(repr=False)
    city: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """One load. `size` in bytes, `rows` of the list; `held` and `missing` are None without a full export."""

    id: int
    kind: LoadKind
    state: LoadState
    account: str
    began_at: datetime
    file_name: str = field(repr=False)
    digest: bytes = field(repr=False)
    city: str
    size: int
    rows: int
    counted: RowCounts
    applied: RowCounts
    held: int | None
    missing: int | None
    fault: str = field(repr=False)
    applied_by: str
    cancelled_by: str
    touched_at: datetime
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it keeps others from beginning."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class UnknownLoad:
    """A load of a state or kind that this release does not know, or that has ended but holds its place."""

    id: int
    account: str
    began_at: datetime
    touched_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Loads:
    """Begins, advances and lists loads; each change names its starting state, so that one of two succeeds."""

    vault: Vault

    async def begin(self, conn: AsyncConnection, new: NewLoad, now: datetime) -> int | None:
        """Begin a load; None if another one is open."""
        facts: dict[str, object] = {"account": new.account, "began_at": now}
        name = self.vault.seal(new.file_name, context_in(_TABLE.file_name, facts))
        row = facts | {
            "kind": new.kind,
            "state": LoadState.RECEIVING,
            "only_one": 1,
            "file_name": name,
            "city": new.city,
            "touched_at": now,
        }
        begun = insert_new(conn, console_loads).values(row).on_conflict_do_nothing().returning(_TABLE.id)
        number: int | None = (await conn.execute(begun)).scalar_one_or_none()
        return number

    async def received(
        self, conn: AsyncConnection, load: Load, size: int, digest: bytes, now: datetime
    ) -> bool:
        """Note that a file has arrived completely."""
        sealed = self.vault.seal_bytes(digest, self._place(_TABLE.digest, load))
        values = {"size": size, "digest": sealed, "state": LoadState.COUNTING}
        return await self._change(conn, load.id, LoadState.RECEIVING, now, values)

    async def note_rows(self, conn: AsyncConnection, load_id: int, rows: int, now: datetime) -> bool:
        """Note how many rows there are to count."""
        return await self._change(conn, load_id, LoadState.COUNTING, now, {"rows": rows})

    async def note_counts(
        self, conn: AsyncConnection, load_id: int, state: LoadState, counts: RowCounts, now: datetime
    ) -> bool:
        """Note the counts so far of counting or applying; False if that was ended meanwhile."""
        stage = "counted" if state is LoadState.COUNTING else "applied"
        values = {f"{stage}_{name}": getattr(counts, name) for name in COUNTS}
        return await self._change(conn, load_id, state, now, values)

    async def counted(
        self, conn: AsyncConnection, load_id: int, found: Comparison | None, now: datetime
    ) -> bool:
        """End the counting: somebody has to decide now. `found` is for a full export."""
        values: dict[str, object] = {"state": LoadState.COUNTED}
        if found:
            values |= {"held": found.held, "missing": found.missing}
        return await self._change(conn, load_id, LoadState.COUNTING, now, values)

    async def apply(self, conn: AsyncConnection, load_id: int, account: str, now: datetime) -> bool:
        """Decide that a counted load is applied; False if it does not, or no longer, wait for a decision."""
        values = {"state": LoadState.APPLYING, "applied_by": account}
        return await self._change(conn, load_id, LoadState.COUNTED, now, values)

    async def end(
        self, conn: AsyncConnection, load: Load, state: LoadState, now: datetime, fault: str = ""
    ) -> bool:
        """End an open load that is still as it was read."""
        why = {"fault": self.vault.seal(fault, self._place(_TABLE.fault, load))} if fault else {}
        return await self._change(conn, load.id, load.state, now, _ended(state, now) | why)

    async def cancel(
        self, conn: AsyncConnection, load: Load, state: LoadState, account: str, now: datetime
    ) -> bool:
        """End an open load that is still as it was read, at an account's wish."""
        values = _ended(state, now) | {"cancelled_by": account}
        return await self._change(conn, load.id, load.state, now, values)

    async def open(self, conn: AsyncConnection) -> Load | UnknownLoad | None:
        """Return the load that keeps others from beginning."""
        row = (await conn.execute(_HOLDS_THE_PLACE)).one_or_none()
        return None if row is None else self._found(row)

    async def give_up(self, conn: AsyncConnection, load: UnknownLoad, account: str, now: datetime) -> bool:
        """End an unknown load that nothing has touched since it was read, at an account's wish."""
        is_there = _TABLE.id == load.id, _TABLE.only_one == 1, _TABLE.touched_at == load.touched_at
        values = _ended(LoadState.BROKEN, now) | {"cancelled_by": account, "touched_at": now}
        return (await conn.execute(update(console_loads).where(*is_there).values(values))).rowcount == 1

    async def find(self, conn: AsyncConnection, load_id: int) -> Load | UnknownLoad | None:
        """Return a load by its number."""
        row = (await conn.execute(select(console_loads).where(_TABLE.id == load_id))).one_or_none()
        return None if row is None else self._found(row)

    async def recent(self, conn: AsyncConnection, limit: int) -> list[Load]:
        """Return the newest loads, the newest first."""
        rows = await conn.execute(select(console_loads).order_by(_TABLE.id.desc()).limit(limit))
        return list(read_all(rows, self._load))

    async def duplicate(self, conn: AsyncConnection, load: Load, among: int) -> Load | None:
        """Return the newest earlier load of this very file, among the last ones."""
        loads: Sequence[Load] = await self.recent(conn, among)
        return next((one for one in loads if one.id < load.id and one.digest == load.digest), None)

    async def _change(
        self,
        conn: AsyncConnection,
        load_id: int,
        state: LoadState,
        now: datetime,
        values: Mapping[str, object],
    ) -> bool:
        is_there = _TABLE.id == load_id, _TABLE.state == state
        changed = update(console_loads).where(*is_there).values(**values, touched_at=now)
        return (await conn.execute(changed)).rowcount == 1

    def _place(self, column: "Column[bytes]", load: Load) -> str:
        return context_in(column, {"account": load.account, "began_at": load.began_at})

    def _found(self, row: AnyRow) -> Load | UnknownLoad:
        holds_the_place = row.only_one is not None
        for load in read_all([row], self._load):
            if load.is_open or not holds_the_place:
                return load
        return UnknownLoad(row.id, row.account, row.began_at, row.touched_at, holds_the_place)

    def _load(self, row: AnyRow) -> Load:
        return Load(
            row.id,
            parse_enum(LoadKind, row.kind),
            parse_enum(LoadState, row.state),
            row.account,
            row.began_at,
            self._opened(row, _TABLE.file_name).decode(),
            self._opened(row, _TABLE.digest),
            row.city,
            row.size,
            row.rows,
            _counts(row, "counted"),
            _counts(row, "applied"),
            row.held,
            row.missing,
            self._opened(row, _TABLE.fault).decode(),
            row.applied_by or "",
            row.cancelled_by or "",
            row.touched_at,
            row.ended_at,
        )

    def _opened(self, row: AnyRow, column: "Column[bytes]") -> bytes:
        """Open a field; empty if it is missing or damaged: the load can still be viewed and ended."""
        sealed: bytes | None = getattr(row, column.name)
        try:
            return self.vault.open_bytes(sealed, stored_context(column, row)) if sealed else b""
        except DAMAGED:
            return b""


def _ended(state: LoadState, now: datetime) -> dict[str, object]:
    return {"state": state, "only_one": None, "ended_at": now}


def _counts(row: AnyRow, stage: str) -> RowCounts:
    return RowCounts(*(getattr(row, f"{stage}_{name}") for name in COUNTS))
