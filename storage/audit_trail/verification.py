"""Reads all entries once: checks the chains, and collects what the records are compared with."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.audit_trail.actions import AuditAction
from storage.audit_trail.chain import Chain
from storage.audit_trail.checked_rows import Progress, checked_rows, no_progress
from storage.audit_trail.cut_marks import CARRIED, ChainPlace, CutMarks
from storage.errors import BadKeys, BrokenSeal
from storage.schema.office import audit, audit_chains
from storage.sealing.vault import Vault

Head = tuple[str, int]
"""A writer, and the serial of an entry of its chain."""

OF_RECORDS = frozenset(
    {
        AuditAction.CAPTURE_PASSED,
        AuditAction.CERTIFIED_BY_OFFICE,
        AuditAction.RECEIPT_REVOKED,
        AuditAction.GRANT_GIVEN,
        AuditAction.GRANT_REVOKED,
        AuditAction.GRANTS_PURGED,
        AuditAction.CONSOLE_ACCOUNT_ADDED,
        AuditAction.CONSOLE_ACCOUNT_RESET,
        AuditAction.CONSOLE_ACCOUNT_DISABLED,
    }
)
"""Entries that passes, exemptions and accounts depend on; a cut keeps them, since those are kept."""

UNKNOWN_KEY = "sealed under a key that DATA_KEYS lacks"
"""The wording for a value that no key here opens: it may be unaltered."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account of the console as its entries leave it; `at` is when it was last disabled or reset."""

    role: str = ""
    at: datetime | None = None
    is_disabled: bool = False


@dataclass(slots=True)
class Trail:
    """What the entries say: broken ones, hashes at the wanted heads, passes and exemptions by action."""

    cuts: CutMarks
    broken: list[str] = field(default_factory=list)
    at_heads: dict[Head, bytes] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    granted: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    purged: set[int] = field(default_factory=set)
    accounts: dict[str, AccountState] = field(default_factory=dict)
    unnumbered_until: datetime | None = None
    """When the last exemption was given without its number in the entry, as earlier releases did."""

    def note(self, row: AnyRow) -> None:
        """Note what an entry says about a record."""
        if row.action not in OF_RECORDS:
            return
        words = str(row.detail).split()
        match row.action:
            case AuditAction.CAPTURE_PASSED if words[:1] == ["certify"] and len(words) > 3:
                self.passed.add(words[3])
            case AuditAction.CERTIFIED_BY_OFFICE if len(words) > 3:
                self.passed.add(words[3])
            case AuditAction.RECEIPT_REVOKED:
                self.revoked.add(row.subject)
            case AuditAction.GRANT_GIVEN:
                numbers = _numbers_after("grant", words)
                self.granted |= numbers
                self.ended |= numbers_ended(words)
                if not numbers:
                    self.unnumbered_until = max(row.at, self.unnumbered_until or row.at)
            case AuditAction.GRANT_REVOKED:
                self.ended |= numbers_ended(words)
            case AuditAction.GRANTS_PURGED:
                self.purged |= _numbers_after("grants", words)
            case (
                AuditAction.CONSOLE_ACCOUNT_ADDED
                | AuditAction.CONSOLE_ACCOUNT_RESET
                | AuditAction.CONSOLE_ACCOUNT_DISABLED
            ) if words:
                self._note_account(row, words)

    def bears_out(self, head: Head, digest: bytes) -> bool:
        """Whether the entry that a head was signed for is there, or was deleted or moved by a cut."""
        return self.at_heads.get(head) == digest or self.cuts.cover(head[0], ChainPlace(head[1], digest))

    def _note_account(self, row: AnyRow, words: list[str]) -> None:
        """Note an account's role and its newest change; entries of two writers come unordered."""
        name, role = ([word.rstrip(";") for word in words] + [""])[:2]
        known = self.accounts.get(name, AccountState())
        if row.action == AuditAction.CONSOLE_ACCOUNT_ADDED:
            self.accounts[name] = replace(known, role=role)
        elif known.at is None or row.at >= known.at:
            is_disabled = row.action == AuditAction.CONSOLE_ACCOUNT_DISABLED
            self.accounts[name] = AccountState(known.role, row.at, is_disabled)


async def walk(
    conn: AsyncConnection,
    vault: Vault,
    wanted: Mapping[Head, bytes] | None = None,
    progress: Progress = no_progress,
) -> Trail:
    """Check every chain, entry by entry; `wanted` are the heads whose hashes are to be kept.

    Raises UnreadableRow if an entry cannot be read.
    """
    cuts = await CutMarks.read(conn, vault)
    carried = {(CARRIED, one.carried_to.serial): one.carried_to.hash for one in cuts.by_writer.values()}
    trail, heads = Trail(cuts), {**(wanted or {}), **carried}
    chains, locked = await _chains(conn, vault)
    writer, last = "", ChainPlace()
    ordered = select(audit).order_by(audit.c.writer, audit.c.serial)
    async for row in checked_rows(conn, audit, ordered, progress, entry_name):
        if row.writer != writer:
            writer, last = row.writer, cuts.start_of(row.writer)
        if writer in locked:
            locked[writer] += 1
        elif not follows(chains.get(writer), last, row):
            trail.broken.append(entry_name(row))
        last = ChainPlace(row.serial, row.hash)
        if (writer, last.serial) in heads:
            trail.at_heads[writer, last.serial] = row.hash
        trail.note(row)
    trail.broken += [*_unchecked(locked), *await _empty(conn, chains), *_faults_of_cuts(trail, carried)]
    return trail


def entry_name(row: AnyRow) -> str:
    """Return the name of an entry in a finding."""
    return f"{row.writer}#{row.serial}"


def _unchecked(locked: Mapping[str, int]) -> list[str]:
    """Name the chains whose key is not ours, with their numbers of entries."""
    return [
        f"{writer}: the chain's key is {UNKNOWN_KEY}, its {entries} entries are not checked"
        for writer, entries in sorted(locked.items())
    ]


def _faults_of_cuts(trail: Trail, carried: Mapping[Head, bytes]) -> list[str]:
    """Name the cuts that are not as they were signed, and the entries that a cut moved and that are gone."""
    return [
        *(f"{name}: its cut is not as it was signed" for name in trail.cuts.forged),
        *(
            f"{CARRIED}: entry {head[1]} was moved here by a cut, and is gone or changed"
            for head, digest in sorted(carried.items())
            if trail.at_heads.get(head) != digest
        ),
    ]


async def _chains(conn: AsyncConnection, vault: Vault) -> tuple[dict[str, Chain | None], Counter[str]]:
    """Open the chains, None for a changed one; and count those whose key is not ours, each from 0."""
    chains: dict[str, Chain | None] = {}
    locked = Counter[str]()
    for row in await conn.execute(select(audit_chains)):
        chains[row.writer] = None
        try:
            chains[row.writer] = Chain.of_row(row, vault)
        except BadKeys:
            locked[row.writer] = 0
        except BrokenSeal:
            pass  # all its entries are reported
    return chains, locked


def follows(chain: Chain | None, last: ChainPlace, row: AnyRow) -> bool:
    """Whether an entry follows the last one; SQLite may return either with values of any type."""
    try:
        return chain is not None and row.serial == last.serial + 1 and chain.fits(last.hash, row)
    except TypeError:
        return False


async def _empty(conn: AsyncConnection, chains: Mapping[str, Chain | None]) -> list[str]:
    """Name the chains without entries: a chain begins only with its first entry."""
    written = set((await conn.execute(select(audit.c.writer).distinct())).scalars())
    return [f"{writer}: all entries are gone" for writer in sorted(chains) if writer not in written]


def numbers_ended(words: list[str]) -> set[int]:
    """Read which exemptions an entry has ended, by the words of its detail."""
    return _numbers_after("ends", words)


def _numbers_after(word: str, words: list[str]) -> set[int]:
    """Read the numbers after a word of an entry's detail, `grant 5 ends 3,4`."""
    if word not in words[:-1]:
        return set()
    given = words[words.index(word) + 1].split(",")
    return {int(number) for number in given if number.isdecimal()}
