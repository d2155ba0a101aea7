"""Compares records with the trail: each row of a table has its entry, and each entry its row."""

from collections.abc import AsyncIterator, Callable, Sequence

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.audit_trail.checked_rows import Progress, UnreadableRow, checked_rows, no_progress
from storage.audit_trail.heads import SignedHeads, faults_of, signed_heads
from storage.audit_trail.verification import UNKNOWN_KEY, AccountState, Trail, walk
from storage.engine.snapshot import hold_snapshot
from storage.errors import BadKeys, BrokenSeal
from storage.records.certifications import Certifications
from storage.records.exemptions import Exemptions
from storage.schema.captures import certifications
from storage.schema.columns import sealed_columns, sealed_tables, stored_context
from storage.schema.console import console_accounts
from storage.schema.office import grants
from storage.sealing.damaged_row import DamagedRow
from storage.sealing.key_rotation import MOST_NAMED
from storage.sealing.vault import Vault


async def findings(
    conn: AsyncConnection,
    vault: Vault,
    exported: Sequence[SignedHeads] = (),
    progress: Progress = no_progress,
) -> AsyncIterator[str]:
    """Yield every mismatch: entries, heads (exported ones too), records, values that do not open.

    `progress` is called with the rows of `rows_to_check` as they are read.
    """
    await hold_snapshot(conn)
    stored = await signed_heads(conn)
    wanted = {head: digest for one in (*exported, *stored) for head, digest in one.heads().items()}
    try:
        trail = await walk(conn, vault, wanted, progress)
    except UnreadableRow as error:
        yield str(error)
        return
    for broken in trail.broken:
        yield broken
    for head, digest in sorted(wanted.items()):
        if not trail.bears_out(head, digest):
            yield f"{head[0]}: entry {head[1]} was signed for, and is gone or changed"
    for fault in await faults_of(conn, vault, stored, exported):
        yield fault
    async for finding in _of_records(conn, vault, trail, progress):
        yield finding


async def _of_records(
    conn: AsyncConnection, vault: Vault, trail: Trail, progress: Progress
) -> AsyncIterator[str]:
    """Go through the tables; an unreadable row in one does not keep the others from being checked."""
    for of_table in (
        _of_passes(conn, vault, trail, progress),
        _of_grants(conn, vault, trail),
        _of_accounts(conn, trail),
        *(_unopened(conn, vault, table, progress) for table in sealed_tables()),
    ):
        try:
            async for finding in of_table:
                yield finding
        except UnreadableRow as error:
            yield str(error)


async def _of_passes(
    conn: AsyncConnection, vault: Vault, trail: Trail, progress: Progress
) -> AsyncIterator[str]:
    passes = Certifications(vault)
    ordered = select(certifications).order_by(certifications.c.id)
    async for row in checked_rows(
        conn, certifications, ordered, progress, lambda row: f"receipt {row.receipt}"
    ):
        for fault in _faults_or_key(lambda row: _faults_of_pass(passes, row, trail), row):
            yield f"receipt {row.receipt}: {fault}"
        trail.passed.discard(row.receipt)  # a million of them are held once, not twice
    for receipt in sorted(trail.passed):
        yield f"receipt {receipt}: in the trail, and its pass is gone"


def _faults_of_pass(passes: Certifications, row: AnyRow, trail: Trail) -> list[str]:
    is_revoked, was_revoked = row.revoked_at is not None, row.receipt in trail.revoked
    checks = {
        "not as it was written": passes.reason_of(row) is None,
        "no entry in the trail": row.receipt not in trail.passed,
        "revoked in the trail, and stands": was_revoked and not is_revoked,
        "revoked, and not in the trail": is_revoked and not was_revoked,
    }
    return [fault for fault, is_found in checks.items() if is_found]


async def _of_grants(conn: AsyncConnection, vault: Vault, trail: Trail) -> AsyncIterator[str]:
    exemptions, held = Exemptions(vault), set()
    ordered = select(grants).order_by(grants.c.id)
    async for row in checked_rows(conn, grants, ordered, no_progress, lambda row: f"grant {row.id}"):
        held.add(row.id)
        for fault in _faults_or_key(lambda row: _faults_of_grant(exemptions, row, trail), row):
            yield f"grant {row.id}: {fault}"
    for number in sorted(trail.granted - trail.purged - held):
        yield f"grant {number}: in the trail, and gone"


def _faults_of_grant(exemptions: Exemptions, row: AnyRow, trail: Trail) -> list[str]:
    numbered = trail.unnumbered_until is None or row.granted_at > trail.unnumbered_until
    stands = row.revoked_at is None
    checks = {
        "not as it was given": exemptions.read(row) is None,
        "no entry in the trail": numbered and row.id not in trail.granted,
        "ended in the trail, and stands": stands and row.id in trail.ended,
        "deleted by retention in the trail, and back": row.id in trail.purged,
        "ended, and not in the trail": numbered and not stands and row.id not in trail.ended,
    }
    return [fault for fault, is_found in checks.items() if is_found]


async def _of_accounts(conn: AsyncConnection, trail: Trail) -> AsyncIterator[str]:
    """Compare accounts of the console: an earlier row that was restored completely still opens."""
    ordered = select(console_accounts).order_by(console_accounts.c.name)
    rows = checked_rows(conn, console_accounts, ordered, no_progress, lambda row: f"account {row.name}")
    held = {row.name: row async for row in rows}
    for name, row in sorted(held.items()):
        for fault in _faults_of_account(row, trail.accounts.get(name)):
            yield f"account {name}: {fault}"
    for name in sorted(trail.accounts.keys() - held):
        yield f"account {name}: in the trail, and gone"


def _faults_of_account(row: AnyRow, recorded: AccountState | None) -> list[str]:
    if recorded is None:
        return ["no entry in the trail"]
    is_disabled = row.disabled_at is not None
    checks = {
        f"added as {recorded.role}, and is {row.role}": row.role != recorded.role,
        "disabled in the trail, and is not": recorded.is_disabled and not is_disabled,
        "disabled, and not in the trail": is_disabled and not recorded.is_disabled,
    }
    return [fault for fault, is_found in checks.items() if is_found]


def _faults_or_key(faults_of_row: Callable[[AnyRow], list[str]], row: AnyRow) -> list[str]:
    try:
        return faults_of_row(row)
    except BadKeys:
        return [UNKNOWN_KEY]


async def _unopened(
    conn: AsyncConnection, vault: Vault, table: Table, progress: Progress
) -> AsyncIterator[str]:
    """Count the rows of a table that do not open, and name the first ones whose key is not ours."""
    damaged, locked, named = 0, 0, list[str]()

    def name(row: AnyRow) -> str:
        return DamagedRow.of(vault, table, row).key

    async for row in checked_rows(conn, table, select(table), progress, name):
        try:
            damaged += not all(_opens(vault, table, row))
        except BadKeys:
            locked += 1
            named += [name(row)] if locked <= MOST_NAMED else []
    found = {
        f"{table.name}: {damaged} rows have values that do not open": damaged,
        f"{table.name}: {locked} rows are {UNKNOWN_KEY}: {_listed(named, locked)}": locked,
    }
    for finding, count in found.items():
        if count:
            yield finding


def _listed(named: Sequence[str], count: int) -> str:
    return ", ".join([*named, "…"] if count > len(named) else named)


def _opens(vault: Vault, table: Table, row: AnyRow) -> list[bool]:
    """Return for each sealed value of a row whether it opens; raises BadKeys if its key is not ours."""
    opened = []
    for column in sealed_columns(table):
        sealed = getattr(row, column.name)
        try:
            opened.append(sealed is None or vault.open_bytes(sealed, stored_context(column, row)) is not None)
        except BrokenSeal:
            opened.append(False)
    return opened
