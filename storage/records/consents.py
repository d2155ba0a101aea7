"""Who agreed to what, when: each consent is a row of its own and none is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import consents


@dataclass(frozen=True, slots=True)
class Consents:
    """The record of consents."""

    async def add(self, conn: AsyncConnection, rows: Sequence[tuple[str, str, str]], now: datetime) -> None:
        """Record (account, kind, version of the text).

        Kinds: `agreement`, `privacy`, `reminders`, `face`, and `face.withdrawn`. The rows are evidence:
        no check is let through by one. Each link asks for a `face` of its own on its page, and what a
        withdrawal ends (open links) it ends itself.
        """
        if rows:
            values = [
                {"account": account, "kind": kind, "version": version, "agreed_at": now}
                for account, kind, version in rows
            ]
            await conn.execute(insert(consents), values)
