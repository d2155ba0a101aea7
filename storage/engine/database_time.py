"""Reads the clock of a PostgreSQL server, which all machines of an installation share."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import connect

_NOW = text("SELECT clock_timestamp()")


async def database_time(engine: AsyncEngine) -> datetime:
    """Return its time, aware; raises StorageUnavailable. A SQLite file has no clock of its own."""
    async with connect(engine) as conn:
        found: datetime = (await conn.execute(_NOW)).scalar_one()
        return found
