"""Reads of one moment: what others write meanwhile is not seen between two of them."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_HOLD = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


async def hold_snapshot(conn: AsyncConnection) -> None:
    """Let all reads of a transaction see the moment of the first one, before which this has to come.

    SQLite does so by itself. A comparison that takes minutes would else find a pass whose entry came later.
    """
    if conn.dialect.name == "postgresql":
        await conn.execute(_HOLD)
