"""The platform's reply window: when each account last wrote, and how much was sent since.

The platform counts the same way and refuses what exceeds its limits; counting here saves the refused call and
sends a result by the other channel at once. The limits themselves are not known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Case, ColumnElement, Text, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.engine.row_statements import RowStatement
from storage.schema.columns import UtcDateTime
from storage.schema.messaging import template_days, windows


class WindowKind(StrEnum):
    """Kinds of window, by what opens it: words, or a tap on the menu, a follow, a scan."""

    TEXT = "text"
    TAP = "tap"


@dataclass(frozen=True, slots=True)
class ReplyWindow:
    """An account's two windows: when each was last opened (None: never), and messages sent in it since."""

    text_at: datetime | None = None
    text_sent: int = 0
    tap_at: datetime | None = None
    tap_sent: int = 0


@dataclass(frozen=True, slots=True)
class ReplyWindows:
    """Opens, charges and reads windows, one statement per batch.

    All writers use the accounts' order, so that two of them never wait for each other.
    """

    async def opened(
        self, conn: AsyncConnection, openings: Iterable[tuple[str, WindowKind]], now: datetime
    ) -> None:
        """Note that these accounts were heard: each window begins again."""
        rows = [{"account": account, "which": one.value} for account, one in sorted(set(openings))]
        await _UPSERTS[conn.dialect.name].execute(conn, rows, at=now)

    async def charge(self, conn: AsyncConnection, sent: Sequence[tuple[str, WindowKind]]) -> None:
        """Count customer messages against the windows that carried them."""
        rows = [{"of": account, "which": opening} for account, opening in sorted(sent)]
        if rows:
            await conn.execute(_CHARGE, rows)

    async def of(
        self, conn: AsyncConnection, accounts: Iterable[str], now: datetime
    ) -> Mapping[str, ReplyWindow]:
        """Read the windows of these accounts; an account that was never heard has none.

        A window that was opened in the future was written by a wrong clock and does not count.
        """
        found = await conn.execute(select(windows).where(windows.c.account.in_(set(accounts))))
        return {
            row.account: ReplyWindow(
                _past(row.text_at, now), row.text_sent, _past(row.tap_at, now), row.tap_sent
            )
            for row in found
        }

    async def templates_sent(self, conn: AsyncConnection, day: date) -> int:
        """Return how many template messages went out that day."""
        statement = select(template_days.c.sent).where(template_days.c.day == day)
        return (await conn.execute(statement)).scalar() or 0

    async def count_templates(self, conn: AsyncConnection, day: date, sent: int) -> None:
        """Add to the day's template messages."""
        if not sent:
            return
        statement = insert_new(conn, template_days).values(day=day, sent=sent)
        total = template_days.c.sent + statement.excluded.sent
        await conn.execute(statement.on_conflict_do_update(index_elements=["day"], set_={"sent": total}))


def _past(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and at <= now else None


def _upsert(insert: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    """Restart the window `which` and leave the other as it is."""
    new = insert.excluded
    begun = {
        "text_at": _now_if(WindowKind.TEXT),
        "text_sent": 0,
        "tap_at": _now_if(WindowKind.TAP),
        "tap_sent": 0,
    }
    return insert.values(account=bindparam("account"), **begun).on_conflict_do_update(
        index_elements=["account"],
        set_={
            "text_at": func.coalesce(new.text_at, windows.c.text_at),
            "text_sent": case((new.text_at.is_(None), windows.c.text_sent), else_=0),
            "tap_at": func.coalesce(new.tap_at, windows.c.tap_at),
            "tap_sent": case((new.tap_at.is_(None), windows.c.tap_sent), else_=0),
        },
    )


def _now_if(opening: WindowKind) -> Case[datetime]:
    return case((bindparam("which", type_=Text) == opening.value, bindparam("at", type_=UtcDateTime)))


def _more(column: ColumnElement[int], opening: WindowKind) -> Case[int]:
    return case((bindparam("which") == opening.value, column + 1), else_=column)


_UPSERTS = {
    "postgresql": RowStatement(_upsert(postgresql.insert(windows))),
    "sqlite": RowStatement(_upsert(sqlite.insert(windows))),
}
_CHARGE = (
    update(windows)
    .where(windows.c.account == bindparam("of"))
    .values(
        text_sent=_more(windows.c.text_sent, WindowKind.TEXT),
        tap_sent=_more(windows.c.tap_sent, WindowKind.TAP),
    )
)
