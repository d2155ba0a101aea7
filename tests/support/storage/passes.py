"""Passes as the service records them, or as earlier releases did."""

from sqlalchemy import select, update

from storage.records.certifications import IN_FORCE, Certifications, PassOrigin
from storage.schema.captures import certifications
from storage.schema.columns import context_in
from tests.support.storage.factories import TICKET


async def add_pass(conn, vault, made, ticket=TICKET, account="a", *, scores=None, recorded_at=None):
    """Record a pass at its own moment, or at `recorded_at`; `scores` are what a check measured."""
    origin = PassOrigin(ticket, account, scores or {})
    return await Certifications(vault).add(conn, made, origin, recorded_at or made.certified_at)


async def unsign_passes(conn, vault):
    """Remove the signature of every pass, as written by releases that did not sign receipts."""
    for row in (await conn.execute(select(certifications))).all():
        facts = {one.name: getattr(row, one.name) for one in certifications.columns} | {"signature": None}
        sealed = vault.seal(IN_FORCE, context_in(certifications.c.revocation, facts))
        this = update(certifications).where(certifications.c.id == row.id)
        await conn.execute(this.values(signature=None, revocation=sealed))
