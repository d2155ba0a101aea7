"""The actions that the audit trail holds."""

from sqlalchemy import select

from storage.schema.office import audit


async def recorded_actions(engine):
    """Return the action of every entry, the oldest first."""
    async with engine.connect() as conn:
        return list((await conn.execute(select(audit.c.action).order_by(audit.c.id))).scalars())
