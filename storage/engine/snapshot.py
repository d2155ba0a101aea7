"""Reads of one moment: what others write meanwhile is not seen between two of them."""

from sqlalchemy.ext.asyncio import AsyncConnection


async def hold_snapshot(conn: AsyncConnection) -> None:
    """Make all reads of a transaction see the moment of the first one; call this before it.

    The transaction begins with it: behind a pooler its limits are set by a first statement of their own.

    SQLite does so by itself. A comparison that takes minutes would else find a pass whose entry came later.
    """
    if conn.dialect.name == "postgresql":
        await conn.execution_options(isolation_level="REPEATABLE READ")
