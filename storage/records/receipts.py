"""Receipts (认证回执): a pass, its signature, and whether an operator has revoked it."""

import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Certification, PassChannel, PassMark
from storage.any_row import AnyRow
from storage.errors import BrokenSeal
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import WAS_REVOKED, AlteredPass, Certifications
from storage.reminders.subscriptions import Subscriptions
from storage.schema.captures import certifications
from storage.schema.columns import context_in
from storage.sealing.public_keys import public_keys
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.signing import Signature
from storage.sealing.vault import Vault

_UNDER_WAY = timedelta(minutes=1)
"""Longer than writing a pass takes: of several at once the first row may be the last to appear."""

_LONGEST_SET_BACK = timedelta(days=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A pass as it stands today; `signature` is None for passes from before receipts were signed.

    `is_whole`: the row is as this service wrote it; otherwise nothing in it may be relied on. `reason` holds
    the operator's own words, only for operators: they may name people.
    """

    certification: Certification
    signature: Signature | None
    revoked_at: datetime | None
    is_whole: bool = True
    reason: str = field(default="", repr=False)


class PassScope(StrEnum):
    """Which passes an export holds."""

    IN_FORCE = "in_force"
    REVOKED = "revoked"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ExportStart:
    """Passes and revocations recorded from this moment on are exported; `after` is the row of a receipt held.

    Rows that were being written while that receipt was exported may have an earlier moment.
    """

    at: datetime
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Receipts:
    """Finds and revokes receipts, by their number."""

    vault: Vault

    async def find(self, conn: AsyncConnection, number: str) -> StoredReceipt | None:
        """Find a receipt, revoked or not; a row with people different from its own is not ours."""
        statement = select(certifications, WAS_REVOKED.label("was_revoked"))
        row = (await conn.execute(statement.where(certifications.c.receipt == number))).one_or_none()
        found = None if row is None else self.of_row(row)
        if row is None or not isinstance(found, StoredReceipt):
            return None
        is_put_back = row.was_revoked and found.revoked_at is None
        return replace(found, is_whole=False) if is_put_back else found

    async def revoke(self, conn: AsyncConnection, number: str, reason: str, now: datetime) -> bool:
        """Revoke a pass permanently; False if there is none in force. The first reason stays.

        Reminders of this person follow the passes that still count, from this transaction on.
        """
        in_force = certifications.c.receipt == number, certifications.c.revoked_at.is_(None)
        row = (await conn.execute(select(certifications).where(*in_force).with_for_update())).one_or_none()
        if row is None:
            return False
        at = await _revocation_time(conn, now)
        facts = {one.name: getattr(row, one.name) for one in certifications.columns} | {"revoked_at": at}
        sealed = self.vault.seal(reason, context_in(certifications.c.revocation, facts))
        this = update(certifications).where(certifications.c.id == row.id)
        await conn.execute(this.values(revoked_at=at, revocation=sealed))
        revoked = Certifications(self.vault).of_row(row)
        await self._step_back(conn, revoked)
        await Subscriptions(self.vault).revoked(conn, revoked, now)
        return True

    async def _step_back(self, conn: AsyncConnection, revoked: Certification) -> None:
        """Store the day of the newest remaining pass with the registry's row."""
        scheme, person = revoked.scheme, revoked.identity
        left = await Certifications(self.vault).latest(conn, scheme, person.id_type, person.number)
        await Beneficiaries(self.vault).note_pass(conn, scheme, person, left.passed_on if left else None)

    async def start_after(self, conn: AsyncConnection, number: str) -> ExportStart | None:
        """Return where an export continues after this receipt; None for an unknown one."""
        statement = select(certifications).where(certifications.c.receipt == number)
        row = (await conn.execute(statement)).one_or_none()
        return None if row is None else ExportStart(row.recorded_at or row.certified_at, row.id)

    async def changed(
        self, conn: AsyncConnection, start: ExportStart, scope: PassScope
    ) -> AsyncGenerator[StoredReceipt | AlteredPass, None]:
        """Stream what was recorded or revoked since a start, as it stands now, without holding all of it.

        Passes come in the order in which they were recorded, which is the order of row numbers.
        """
        table = certifications.c
        made = _made_since(start, writes_at_once=conn.dialect.name == "postgresql")
        revoked = [_revoked_since(start)]
        which = {
            PassScope.IN_FORCE: [and_(one, table.revoked_at.is_(None)) for one in made],
            PassScope.REVOKED: revoked,
            PassScope.ALL: [*made, *revoked],
        }[scope]
        by = (table.revoked_at, table.id) if scope is PassScope.REVOKED else (table.id,)
        # Each condition finds numbers by its index; for all in one, SQLite would read the entire table.
        chosen = table.id.in_(union(*(select(table.id).where(one) for one in which)))
        statement = select(certifications, WAS_REVOKED.label("was_revoked")).where(chosen)
        async with conn.stream(statement.order_by(*by)) as rows:
            async for row in rows:
                found = self._exported(row)
                is_whole = isinstance(found, StoredReceipt) and found.is_whole
                is_put_back = row.revoked_at is None and row.was_revoked
                yield found if is_whole and not is_put_back else AlteredPass(row.receipt)

    async def count_revoked(
        self, conn: AsyncConnection, start: ExportStart, channel: PassChannel | None, mark: PassMark | None
    ) -> int:
        """Count the passes of a channel and mark (None for all) that were revoked since a start."""
        statement = select(func.count()).where(_revoked_since(start))
        if channel is not None:
            statement = statement.where(certifications.c.channel == channel)
        if mark is not None:
            statement = statement.where(certifications.c.mark == mark)
        return (await conn.execute(statement)).scalar_one()

    async def public_key(self, conn: AsyncConnection, key_id: str) -> bytes | None:
        """Return a signer's public key (32 bytes): our own keys take precedence over the table."""
        return self.vault.signing_keys().get(key_id) or (await self.public_keys(conn)).get(key_id)

    async def public_keys(self, conn: AsyncConnection) -> dict[str, bytes]:
        """Return every public key that ever signed here, including those of removed data keys."""
        return await public_keys(conn, self.vault)

    def _exported(self, row: AnyRow) -> StoredReceipt | AlteredPass:
        """Read a receipt among others; an unreadable one does not block them."""
        try:
            return self.of_row(row)
        except DAMAGED:
            _log.warning("a pass cannot be read and is left out")
            return AlteredPass(row.receipt)

    def of_row(self, row: AnyRow) -> StoredReceipt | AlteredPass:
        """Read a receipt from a row of the table."""
        passes = Certifications(self.vault)
        try:
            found = passes.of_row(row)
        except BrokenSeal:
            _log.warning("a pass has other people than its own and is no receipt")
            return AlteredPass(row.receipt)
        signature = Signature.from_text(row.signature) if row.signature else None
        reason = passes.reason_of(row)
        return StoredReceipt(found, signature, row.revoked_at, reason is not None, reason or "")


async def _revocation_time(conn: AsyncConnection, now: datetime) -> datetime:
    """Return the moment of a revocation, which an export after any receipt that may be held must include.

    After a clock was set back, that is the moment at which the newest pass was recorded. Passes more than a
    day ahead were recorded by a wrong clock: a revocation does not take its year from them.
    """
    recorded_at = certifications.c.recorded_at
    held = select(func.max(recorded_at)).where(recorded_at < now + _LONGEST_SET_BACK)
    newest = (await conn.execute(held)).scalar_one()
    return max(now, newest or now)


def _made_since(start: ExportStart, *, writes_at_once: bool) -> list[ColumnElement[bool]]:
    """Return conditions; a recorded pass meets at least one of them."""
    table = certifications.c
    if start.after is None:
        return _recorded_since(start.at)
    if not writes_at_once:
        return [table.id > start.after]
    under_way = [and_(one, table.id != start.after) for one in _recorded_since(start.at - _UNDER_WAY)]
    return [table.id > start.after, *under_way]


def _revoked_since(start: ExportStart) -> ColumnElement[bool]:
    at = start.at if start.after is None else start.at - _UNDER_WAY
    return certifications.c.revoked_at >= at


def _recorded_since(at: datetime) -> list[ColumnElement[bool]]:
    """Find rows by either moment: no pass is recorded before its own moment, and each has an index."""
    return [certifications.c.certified_at >= at, certifications.c.recorded_at >= at]
