"""Reads of one moment: what others write between two reads is not seen."""

from sqlalchemy.ext.asyncio import AsyncConnection


async def hold_snapshot(conn: AsyncConnection) -> None:
    """Make all reads of a transaction see the moment of the first one; call this before it.

    The transaction begins with this call: behind a pooler, a first statement sets its limits.

    SQLite does so on its own. Otherwise a comparison that takes minutes would find a pass whose entry came
    later.
    """
    if conn.dialect.name == "postgresql":
        await conn.execution_options(isolation_level="REPEATABLE READ")
