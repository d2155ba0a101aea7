"""Passes as the service records them."""

from storage.records.certifications import Certifications, PassOrigin
from tests.support.storage.factories import TICKET


async def add_pass(conn, vault, made, ticket=TICKET, account="a", **more):
    """Record a pass at its own moment, or at `recorded_at`; `scores` are what a check measured."""
    origin = PassOrigin(ticket, account, more.get("scores", {}))
    return await Certifications(vault).add(conn, made, origin, more.get("recorded_at", made.certified_at))
