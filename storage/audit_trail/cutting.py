"""Cuts old entries off the start of each chain, some hundred per transaction, while others add to its end.

A chain is cut up to the last head that was signed before a day. Its last entry always stays, since the next
one is chained to it. The entire range is checked before its first entry is removed: a chain that was changed
stays complete, as evidence. Entries that records depend on move to the chain `carried`, since those records
are kept; all others are deleted. After each transaction a signed mark records how far the chain was cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum, auto

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.audit_trail.chain import Chain
from storage.audit_trail.cut_marks import CARRIED, ChainPlace, CutMark, CutMarks
from storage.audit_trail.heads import signed_heads
from storage.audit_trail.verification import OF_RECORDS, follows
from storage.database import lock_names
from storage.errors import BadKeys, BrokenSeal
from storage.schema.office import audit, audit_chains
from storage.sealing.public_keys import trusted_keys
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class EntryRange:
    """The entries of a chain that may go: after `start`, up to the serial `through`; `head` was signed."""

    writer: str
    start: ChainPlace
    through: int
    head: ChainPlace


@dataclass(frozen=True, slots=True)
class CutBatch:
    """Some unaltered entries of a range: `end` is the last one's place."""

    end: ChainPlace
    carried: Sequence[AnyRow] = ()
    gone: int = 0


class NotCut(Enum):
    """Why nothing was cut: somebody else has cut the chain meanwhile, or it was altered."""

    ELSEWHERE = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class TrailCutting:
    """Finds, checks and cuts ranges of entries, in the name of `actor` and `account`."""

    vault: Vault
    actor: Actor
    account: str = ""

    async def entry_ranges(self, conn: AsyncConnection, before: date) -> list[EntryRange]:
        """Return the part of each chain that may go: the entries that were signed for before a day.

        A chain whose mark was not signed here is left to `audit verify`.
        """
        marks = await CutMarks.read(conn, self.vault)
        found = [
            EntryRange(writer, marks.start_of(writer), await _last_but_one(conn, writer, head.serial), head)
            for writer, head in (await self._heads(conn, before)).items()
            if writer != CARRIED and writer not in marks.forged
        ]
        return [one for one in found if one.through > one.start.serial]

    async def _heads(self, conn: AsyncConnection, before: date) -> dict[str, ChainPlace]:
        """Return the newest head of each chain that was signed before a day."""
        keys, heads = await trusted_keys(conn, self.vault), dict[str, ChainPlace]()
        for one in await signed_heads(conn):
            if str(one.fields().get("day")) < before.isoformat() and one.is_ours(keys):
                heads |= {
                    writer: ChainPlace(serial, digest) for (writer, serial), digest in one.heads().items()
                }
        return heads

    async def check(self, conn: AsyncConnection, entry_range: EntryRange, limit: int) -> CutBatch | None:
        """Read up to `limit` entries from the start; None if one was altered."""
        chain = await self._chain(conn, entry_range.writer)
        to_go = audit.c.serial > entry_range.start.serial, audit.c.serial <= entry_range.through
        entries = select(audit).where(audit.c.writer == entry_range.writer, *to_go).order_by(audit.c.serial)
        rows = (await conn.execute(entries.limit(limit))).all()
        last = entry_range.start
        for row in rows:
            if not follows(chain, last, row):
                return None
            last = ChainPlace(row.serial, row.hash)
        if not rows or (last.serial == entry_range.head.serial and last != entry_range.head):
            return None
        carried = [row for row in rows if row.action in OF_RECORDS]
        return CutBatch(last, carried, len(rows) - len(carried))

    async def has_planted(self, conn: AsyncConnection, entry_range: EntryRange) -> bool:
        """Whether there are entries where a cut has left none: somebody put them there."""
        below = audit.c.writer == entry_range.writer, audit.c.serial <= entry_range.start.serial
        return await conn.scalar(select(audit.c.serial).where(*below).limit(1)) is not None

    async def cut(
        self,
        conn: AsyncConnection,
        entry_range: EntryRange,
        limit: int,
        now: datetime,
        facts: Mapping[str, object],
    ) -> CutBatch | NotCut:
        """Write `facts` to the trail, then cut up to `limit` entries from the range's start."""
        await lock_names(conn, ["audit cut"])
        mark = await self._mark(conn, entry_range.writer, now)
        if mark.through != entry_range.start:
            return NotCut.ELSEWHERE
        batch = await self.check(conn, entry_range, limit)
        if batch is None:
            return NotCut.CHANGED
        await self._announce(conn, facts, now)
        carried_to = await Audit(CARRIED, self.vault).take_over(conn, batch.carried)
        checked = audit.c.serial > entry_range.start.serial, audit.c.serial <= batch.end.serial
        await conn.execute(delete(audit).where(audit.c.writer == entry_range.writer, *checked))
        moved = replace(mark, through=batch.end, carried_to=carried_to)
        await moved.counting(batch.gone, len(batch.carried)).write(conn, self.vault)
        return batch

    async def _announce(self, conn: AsyncConnection, counts: Mapping[str, object], now: datetime) -> None:
        """Announce the cut in the chain that is never cut."""
        if not counts:
            return
        words = [f"{name} {count}" for name, count in counts.items()]
        detail = " ".join(words) + (f"; account {self.account}" if self.account else "")
        entry = AuditEntry(self.actor, AuditAction.AUDIT_CUT, "all", detail)
        await Audit(CARRIED, self.vault).append(conn, [entry], now)

    async def _mark(self, conn: AsyncConnection, writer: str, now: datetime) -> CutMark:
        """Return the chain's mark, in our name and dated now."""
        found = (await CutMarks.read(conn, self.vault, writer)).by_writer.get(writer)
        by = f"{self.actor} {self.account}".strip()
        at = now.astimezone(UTC).isoformat(timespec="seconds")
        return replace(found or CutMark(writer), at=at, by=by)

    async def _chain(self, conn: AsyncConnection, writer: str) -> Chain | None:
        row = (await conn.execute(select(audit_chains).where(audit_chains.c.writer == writer))).one_or_none()
        try:
            return Chain.of_row(row, self.vault) if row else None
        except (BadKeys, BrokenSeal):
            return None


async def _last_but_one(conn: AsyncConnection, writer: str, serial: int) -> int:
    """Return the serial up to which a chain may be cut, so that its last entry stays."""
    last = await conn.scalar(select(func.max(audit.c.serial)).where(audit.c.writer == writer))
    return min(serial, (last or 0) - 1)
