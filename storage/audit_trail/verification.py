"""Reads all entries once: checks the chains, and collects what the records are compared with."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_actions import AuditAction
from storage.audit_trail.chain import NO_ENTRY, Chain
from storage.errors import BadKeys, BrokenSeal
from storage.schema.office import audit, audit_chains
from storage.sealing.vault import Vault

AnyRow = Row[tuple[object, ...]]
Head = tuple[str, int]
"""A writer, and the serial of an entry of its chain."""

UNKNOWN_KEY = "sealed under a key that DATA_KEYS lacks"
"""What is said of a value that no key here opens: it may be as it was written."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account of the console as its entries leave it; `at` is when it was last disabled or begun anew."""

    role: str = ""
    at: datetime | None = None
    is_disabled: bool = False


@dataclass(slots=True)
class Trail:
    """What the entries say: broken ones, hashes at the wanted heads, passes and exemptions by action."""

    broken: list[str] = field(default_factory=list)
    at_heads: dict[Head, bytes] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    granted: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    accounts: dict[str, "AccountState"] = field(default_factory=dict)
    unnumbered_until: datetime | None = None
    """When the last exemption was given without its number in the entry, as releases before did."""

    def note(self, row: AnyRow) -> None:
        """Keep what an entry says of a record."""
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
                self.unnumbered_until = self.unnumbered_until if numbers else row.at
            case AuditAction.GRANT_REVOKED:
                self.ended |= numbers_ended(words)
            case (
                AuditAction.CONSOLE_ACCOUNT_ADDED
                | AuditAction.CONSOLE_ACCOUNT_RESET
                | AuditAction.CONSOLE_ACCOUNT_DISABLED
            ):
                self._note_account(row, words)

    def _note_account(self, row: AnyRow, words: list[str]) -> None:
        """Keep an account's role and its newest change; entries of two writers come in no order."""
        name, *told = (word.rstrip(";") for word in words)
        known = self.accounts.get(name, AccountState())
        if row.action == AuditAction.CONSOLE_ACCOUNT_ADDED:
            self.accounts[name] = replace(known, role=told[0])
        elif known.at is None or row.at >= known.at:
            is_disabled = row.action == AuditAction.CONSOLE_ACCOUNT_DISABLED
            self.accounts[name] = AccountState(known.role, row.at, is_disabled)


async def walk(conn: AsyncConnection, vault: Vault, wanted: Mapping[Head, bytes] | None = None) -> Trail:
    """Check every chain, entry by entry; `wanted` are the heads whose hashes are to be kept."""
    trail, heads = Trail(), wanted or {}
    chains, locked = await _chains(conn, vault)
    writer, serial, previous = "", 0, NO_ENTRY
    async with conn.stream(select(audit).order_by(audit.c.writer, audit.c.serial)) as rows:
        async for row in rows:
            if row.writer != writer:
                writer, serial, previous = row.writer, 0, NO_ENTRY
            if writer in locked:
                locked[writer] += 1
            elif not _follows(chains.get(writer), serial, previous, row):
                trail.broken.append(f"{row.writer}#{row.serial}")
            serial, previous = row.serial, row.hash
            if (writer, serial) in heads:
                trail.at_heads[writer, serial] = row.hash
            trail.note(row)
    trail.broken += [
        f"{name}: the chain's key is {UNKNOWN_KEY}, its {entries} entries are not checked"
        for name, entries in sorted(locked.items())
    ]
    trail.broken += await _empty(conn, chains)
    return trail


async def _chains(conn: AsyncConnection, vault: Vault) -> tuple[dict[str, Chain | None], Counter[str]]:
    """Open the chains: None for one that was changed; and those whose key is not ours, each at 0."""
    chains: dict[str, Chain | None] = {}
    locked = Counter[str]()
    for row in await conn.execute(select(audit_chains)):
        chains[row.writer] = None
        try:
            chains[row.writer] = Chain.of_row(row, vault)
        except BadKeys:
            locked[row.writer] = 0
        except BrokenSeal:
            pass  # every entry of it is named
    return chains, locked


def _follows(chain: Chain | None, serial: int, previous: bytes, row: AnyRow) -> bool:
    """Whether an entry is the one after `serial`, whose hash is `previous`."""
    return chain is not None and row.serial == serial + 1 and chain.fits(previous, row)


async def _empty(conn: AsyncConnection, chains: Mapping[str, Chain | None]) -> list[str]:
    """Name the chains without entries: one is begun only together with its first."""
    written = set((await conn.execute(select(audit.c.writer).distinct())).scalars())
    return [f"{writer}: all entries are gone" for writer in sorted(chains) if writer not in written]


def numbers_ended(words: list[str]) -> set[int]:
    """Read which exemptions an entry has ended, by the words of its detail."""
    return _numbers_after("ends", words)


def _numbers_after(word: str, words: list[str]) -> set[int]:
    """Read the numbers behind a word of an entry's detail, `grant 5 ends 3,4`."""
    if word not in words[:-1]:
        return set()
    given = words[words.index(word) + 1].split(",")
    return {int(number) for number in given if number.isdecimal()}
