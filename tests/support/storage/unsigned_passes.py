"""Passes as written by releases that did not sign receipts."""

from sqlalchemy import select, update

from storage.records.certifications import IN_FORCE
from storage.schema.captures import certifications
from storage.schema.columns import context_in


async def unsign_passes(conn, vault):
    """Remove the signature of every pass."""
    for row in (await conn.execute(select(certifications))).all():
        facts = {one.name: getattr(row, one.name) for one in certifications.columns} | {"signature": None}
        sealed = vault.seal(IN_FORCE, context_in(certifications.c.revocation, facts))
        this = update(certifications).where(certifications.c.id == row.id)
        await conn.execute(this.values(signature=None, revocation=sealed))
