"""Every pass (认证记录), kept for good and found by receipt or by person."""

import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Certification, IdType, PassMark, Scheme
from storage.database import insert_new
from storage.errors import ReceiptTaken
from storage.records.people_codec import read_people, write_people
from storage.schema.captures import certifications, receipt_keys
from storage.schema.columns import context_of, number_context
from storage.sealing.statements import statement as statement_of
from storage.sealing.vault import Vault

_NUMBER = number_context(certifications)
_PEOPLE = context_of(certifications.c.people)


@dataclass(frozen=True, slots=True)
class Certifications:
    """Adds and finds passes."""

    vault: Vault

    async def add(
        self,
        conn: AsyncConnection,
        ticket_hash: bytes,
        account: str,
        certification: Certification,
        scores: Mapping[str, float],
    ) -> bool:
        """Record and sign a pass; False if the ticket has one already.

        Raises ReceiptTaken: draw another number.
        """
        await self._publish_key(conn)
        row = self._row(certification) | {
            "ticket_hash": ticket_hash,
            "account": account,
            "scores": dict(scores),
        }
        statement = insert_new(conn, certifications).values(row).on_conflict_do_nothing()
        added = (await conn.execute(statement.returning(certifications.c.id))).one_or_none()
        if added is None and not await _ticket_known(conn, ticket_hash):
            message = "the receipt number belongs to another certification"
            raise ReceiptTaken(message)
        return added is not None

    async def latest(
        self, conn: AsyncConnection, scheme: Scheme, id_type: IdType, number: str
    ) -> Certification | None:
        """Find the person's newest pass in a scheme; a revoked one counts no more."""
        statement = (
            select(certifications)
            .where(
                certifications.c.number_blind.in_(self.vault.blinds(id_type.lifelong(number), _NUMBER)),
                certifications.c.id_type == id_type,
                certifications.c.scheme == scheme,
                certifications.c.revoked_at.is_(None),
            )
            .order_by(certifications.c.certified_at.desc(), certifications.c.id.desc())
            .limit(1)
        )
        row = (await conn.execute(statement)).one_or_none()
        return None if row is None else self.of_row(row)

    async def by_receipt(self, conn: AsyncConnection, receipt: str) -> Certification | None:
        """Find a pass by its public number."""
        statement = select(certifications).where(certifications.c.receipt == receipt)
        row = (await conn.execute(statement)).one_or_none()
        return None if row is None else self.of_row(row)

    async def all_since(self, conn: AsyncConnection, since: datetime) -> AsyncIterator[Certification]:
        """Stream the passes in force from `since` on, oldest first, without holding them all."""
        statement = (
            select(certifications)
            .where(certifications.c.certified_at >= since, certifications.c.revoked_at.is_(None))
            .order_by(certifications.c.certified_at, certifications.c.id)
        )
        async with conn.stream(statement) as rows:
            async for row in rows:
                yield self.of_row(row)

    def _row(self, certification: Certification) -> dict[str, object]:
        subject = certification.identity
        return {
            "receipt": certification.receipt,
            "scheme": certification.scheme,
            "id_type": subject.id_type,
            "number_blind": self.vault.blind(subject.lifelong_number, _NUMBER),
            "people": self.vault.seal(write_people(subject, certification.agent), _PEOPLE),
            "city": certification.city,
            "certified_at": certification.certified_at,
            "due_on": certification.due_on,
            "channel": certification.channel,
            "mark": certification.mark,
            "signature": self.vault.sign(statement_of(certification)).to_text(),
        }

    async def _publish_key(self, conn: AsyncConnection) -> None:
        """Keep the public key: receipts outlive the data key that signed them."""
        key_id, public_key = next(iter(self.vault.signing_keys().items()))
        row = {"key_id": key_id, "public_key": base64.b64encode(public_key).decode()}
        await conn.execute(insert_new(conn, receipt_keys).values(row).on_conflict_do_nothing())

    def of_row(self, row: Row[tuple[object, ...]]) -> Certification:
        """Read a pass off a row of the table."""
        subject, agent = read_people(self.vault.open(row.people, _PEOPLE))
        scheme = Scheme(row.scheme)
        mark = PassMark(row.mark)
        return Certification(
            row.receipt, scheme, subject, row.city, row.certified_at, row.due_on, row.channel, agent, mark
        )


async def _ticket_known(conn: AsyncConnection, ticket_hash: bytes) -> bool:
    statement = select(certifications.c.id).where(certifications.c.ticket_hash == ticket_hash)
    return (await conn.execute(statement)).one_or_none() is not None
