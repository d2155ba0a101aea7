"""Consents: each one is a row of its own and is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.captures import consents


class ConsentKind(StrEnum):
    """Kinds of consent, and their withdrawals."""

    AGREEMENT = "agreement"
    PRIVACY = "privacy"
    REMINDERS = "reminders"
    FACE = "face"
    FACE_WITHDRAWN = "face.withdrawn"


@dataclass(frozen=True, slots=True)
class Consents:
    """The record of consents."""

    async def add(
        self, conn: AsyncConnection, rows: Sequence[tuple[str, ConsentKind, str]], now: datetime
    ) -> None:
        """Record (account, kind, version of the text).

        The rows are evidence. Each link asks for its own `face` consent on its page, and a withdrawal ends
        the open links itself; only a link that succeeds another checks whether one was withdrawn.
        """
        if rows:
            values = [
                {"account": account, "kind": kind, "version": version, "agreed_at": now}
                for account, kind, version in rows
            ]
            await conn.execute(insert(consents), values)

    async def withdrawn(self, conn: AsyncConnection, account: str, since: datetime) -> bool:
        """Whether the account has withdrawn its face consent since then."""
        is_withdrawal = (
            consents.c.account == account,
            consents.c.kind == ConsentKind.FACE_WITHDRAWN,
            consents.c.agreed_at >= since,
        )
        return await conn.scalar(select(consents.c.account).where(*is_withdrawal).limit(1)) is not None
