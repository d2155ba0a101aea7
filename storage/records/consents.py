"""Consents: each one is a row of its own and is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import consents


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

        The rows are evidence: no check relies on one. Each link asks for a `face` consent of its own on its
        page, and a withdrawal ends the open links itself.
        """
        if rows:
            values = [
                {"account": account, "kind": kind, "version": version, "agreed_at": now}
                for account, kind, version in rows
            ]
            await conn.execute(insert(consents), values)
