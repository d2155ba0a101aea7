"""Every pass (认证记录), kept for good and found by receipt or by person."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Certification, IdType, PassMark, Scheme
from storage.any_row import AnyRow
from storage.database import insert_new
from storage.errors import BrokenSeal, ReceiptTaken, UnreadableRecord
from storage.records.people_codec import read_people, write_people
from storage.records.person_rows import is_person
from storage.schema.captures import certifications
from storage.schema.columns import context_in, number_context, stored_context
from storage.schema.office import IS_REVOCATION, audit
from storage.sealing.public_keys import publish_key
from storage.sealing.statements import statement as statement_of
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_NUMBER = number_context(certifications)
IN_FORCE = ""
"""The sealed reason while a pass is not revoked."""
_log = logging.getLogger(__name__)

WAS_REVOKED = exists().where(IS_REVOCATION, audit.c.subject == certifications.c.receipt)
"""Whether the audit trail has a revocation: an old copy of the row would open, and does not show it."""
STANDS = (certifications.c.revoked_at.is_(None), ~WAS_REVOKED)
"""Conditions of a pass in force."""


@dataclass(frozen=True, slots=True)
class PassOrigin:
    """Where a pass comes from: the hash (32 bytes) of a capture's ticket or of a clerk's act, and an account.

    `scores` are what the check measured, by name.
    """

    ticket_hash: bytes = field(repr=False)
    account: str = field(repr=False)
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlteredPass:
    """A row that is not as this service wrote it: forged, changed, or its revocation undone by hand."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Certifications:
    """Adds and finds passes.

    A pass counts only as it was written. Its people are sealed for its row; `revocation` seals everything
    that it states, its signature and whether it stands. Somebody who writes to the table without the keys
    cannot make a valid pass.
    """

    vault: Vault

    async def add(
        self, conn: AsyncConnection, certification: Certification, origin: PassOrigin, recorded_at: datetime
    ) -> bool:
        """Record and sign a pass; False if its ticket has one already.

        `recorded_at` is now, which is later than a backdated pass. Raises ReceiptTaken: draw another number.
        """
        await publish_key(conn, self.vault)
        row = self._row(certification, origin)
        row |= {"scores": dict(origin.scores), "recorded_at": recorded_at}
        statement = insert_new(conn, certifications).values(row).on_conflict_do_nothing()
        added = (await conn.execute(statement.returning(certifications.c.id))).one_or_none()
        if added is None and not await _ticket_known(conn, origin.ticket_hash):
            message = "the receipt number belongs to another certification"
            raise ReceiptTaken(message)
        return added is not None

    async def latest(
        self, conn: AsyncConnection, scheme: Scheme, id_type: IdType, number: str
    ) -> Certification | None:
        """Find the person's newest pass in a scheme; one that was revoked or altered does not count."""
        statement = (
            select(certifications)
            .where(
                is_person(self.vault, certifications, (id_type, id_type.lifelong(number))),
                certifications.c.scheme == scheme,
                *STANDS,
            )
            .order_by(certifications.c.certified_at.desc(), certifications.c.id.desc())
        )
        found = (self.read(row) for row in await conn.execute(statement))
        return next((one for one in found if isinstance(one, Certification)), None)

    async def by_receipt(self, conn: AsyncConnection, receipt: str) -> Certification | None:
        """Find a pass by its public number."""
        statement = select(certifications).where(certifications.c.receipt == receipt)
        row = (await conn.execute(statement)).one_or_none()
        return None if row is None else self.of_row(row)

    def _row(self, certification: Certification, origin: PassOrigin) -> dict[str, object]:
        subject = certification.identity
        row = {
            "ticket_hash": origin.ticket_hash,
            "account": origin.account,
            "receipt": certification.receipt,
            "scheme": certification.scheme,
            "id_type": subject.id_type,
            "number_blind": self.vault.blind(subject.lifelong_number, _NUMBER),
            "city": certification.city,
            "certified_at": certification.certified_at,
            "due_on": certification.due_on,
            "channel": certification.channel,
            "mark": certification.mark,
            "signature": self.vault.sign(statement_of(certification)).to_text(),
            "revoked_at": None,
        }
        people = write_people(subject, certification.agent)
        return row | {
            "people": self.vault.seal(people, context_in(certifications.c.people, row)),
            "revocation": self.vault.seal(IN_FORCE, context_in(certifications.c.revocation, row)),
        }

    def read(self, row: AnyRow) -> Certification | AlteredPass:
        """Read a pass that is to count from a row of the table."""
        try:
            found = self.of_row(row)
        except (BrokenSeal, UnreadableRecord):
            found = None
        if found is not None and self.reason_of(row) is not None:
            return found
        _log.warning("a pass is not as it was written and does not count")
        return AlteredPass(row.receipt)

    def reason_of(self, row: AnyRow) -> str | None:
        """Return why a pass was revoked, "" for one in force; None if the row was altered."""
        if row.revocation is None:
            return None
        try:
            reason = self.vault.open(row.revocation, stored_context(certifications.c.revocation, row))
        except BrokenSeal:
            return None
        return reason if bool(reason) == (row.revoked_at is not None) else None

    def of_row(self, row: AnyRow) -> Certification:
        """Read what a row says about a pass; raises BrokenSeal if its people were not sealed for this row."""
        people = self.vault.open(row.people, stored_context(certifications.c.people, row))
        subject, agent = read_people(people)
        scheme = parse_enum(Scheme, row.scheme)
        mark = parse_enum(PassMark, row.mark)
        return Certification(
            row.receipt, scheme, subject, row.city, row.certified_at, row.due_on, row.channel, agent, mark
        )


async def _ticket_known(conn: AsyncConnection, ticket_hash: bytes) -> bool:
    statement = select(certifications.c.id).where(certifications.c.ticket_hash == ticket_hash)
    return (await conn.execute(statement)).one_or_none() is not None
