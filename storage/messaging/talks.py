"""Talks between a person and the office (人工服务): one open talk per account, with its lines sealed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.effects import TalkEnd
from storage.any_row import AnyRow
from storage.schema.columns import context_in, stored_context
from storage.schema.talks import talk_lines, talks
from storage.sealing.readable_rows import DAMAGED, read_all
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

MISSED_FOR = timedelta(days=9)
"""Time for which clerks see a talk that nobody took: the longest public holiday, plus a day."""

_BY_THE_PERSON = (TalkEnd.PERSON, TalkEnd.LEFT)

_MOST_LINES = 200
"""Number of lines that a page shows of a talk: the newest ones."""
_log = logging.getLogger(__name__)


class TalkSide(StrEnum):
    """The side that said a line."""

    PERSON = "person"
    CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk; `taken_by` is the clerk's console account, "" while nobody has taken it.

    `is_unread`: no clerk has it, and the person has said something that no clerk has read.
    """

    id: int
    account: str = field(repr=False)
    asked_at: datetime
    moved_at: datetime
    taken_by: str
    end: TalkEnd | None
    is_unread: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the dialog does not answer."""
        return self.end is None

    @property
    def is_free(self) -> bool:
        """Whether a clerk may take it: it waits, or was missed."""
        is_left = self.end in _BY_THE_PERSON and self.is_unread
        return not self.taken_by and (self.end in {None, TalkEnd.UNANSWERED} or is_left)


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One line, without words if it is damaged; `outbox_id` is the row that carries a clerk's words."""

    id: int
    at: datetime
    said_by: TalkSide
    words: str | None = field(repr=False)
    outbox_id: int | None


@dataclass(frozen=True, slots=True)
class Talks:
    """Opens, fills and ends talks. A writer holds the lock of the talk's account."""

    vault: Vault

    async def open(self, conn: AsyncConnection, account: str, now: datetime) -> None:
        """Open a talk, unless the account has an open one; a missed talk is reopened with its words."""
        if await self.of_account(conn, account) is not None:
            return
        asked = {"asked_at": now, "moved_at": now}
        missed = talks.c.account == account, is_missed(now)
        newest = select(func.max(talks.c.id)).where(*missed).scalar_subquery()
        again = (
            update(talks).where(talks.c.id == newest).values(asked | {"ended_at": None, "end_reason": None})
        )
        if not (await conn.execute(again)).rowcount:
            await conn.execute(insert(talks).values(asked | {"account": account}))

    async def hear(self, conn: AsyncConnection, account: str, words: str, now: datetime) -> None:
        """Add a person's words to their open talk; if there is none, open one, so that no word is lost."""
        await self.open(conn, account, now)
        talk = await self.of_account(conn, account)
        if talk is not None:
            await self.add(conn, talk, TalkSide.PERSON, words, now)

    async def add(  # noqa: PLR0913, PLR0917 (the columns of a line)
        self,
        conn: AsyncConnection,
        talk: Talk,
        said_by: TalkSide,
        words: str,
        now: datetime,
        outbox_id: int | None = None,
    ) -> None:
        """Add a line to a talk."""
        row: dict[str, object] = {"talk_id": talk.id, "at": now, "said_by": said_by}
        sealed = self.vault.seal(words, context_in(talk_lines.c.words, row))
        await conn.execute(insert(talk_lines).values(row | {"words": sealed, "outbox_id": outbox_id}))
        await conn.execute(update(talks).where(talks.c.id == talk.id).values(moved_at=now))

    async def end(self, conn: AsyncConnection, account: str, end: TalkEnd, now: datetime) -> None:
        """End the account's open talk."""
        is_theirs = talks.c.account == account, talks.c.ended_at.is_(None)
        await conn.execute(update(talks).where(*is_theirs).values(ended_at=now, end_reason=end))

    async def take(self, conn: AsyncConnection, talk_id: int, clerk: str, now: datetime) -> bool:
        """Give a talk that waits, or was missed, to a clerk; False if somebody was quicker."""
        free = talks.c.id == talk_id, talks.c.taken_by.is_(None), _may_be_taken()
        taken = update(talks).where(*free).values(taken_by=clerk, taken_at=now, moved_at=now)
        return (await conn.execute(taken.values(ended_at=None, end_reason=None))).rowcount == 1

    async def see_to(self, conn: AsyncConnection, talk_id: int, clerk: str, now: datetime) -> bool:
        """Mark a missed talk as seen to by a clerk; False if it is not missed, or no longer."""
        missed = update(talks).where(talks.c.id == talk_id, is_missed(now))
        return (await conn.execute(missed.values(taken_by=clerk, taken_at=now))).rowcount == 1

    async def release(self, conn: AsyncConnection, clerk: str) -> None:
        """Put the open talks of an account that no longer works back into the queue.

        The time when it took them stays: what was said before that has been read.
        """
        theirs = talks.c.taken_by == clerk, talks.c.ended_at.is_(None)
        await conn.execute(update(talks).where(*theirs).values(taken_by=None))

    async def of_account(self, conn: AsyncConnection, account: str) -> Talk | None:
        """Return the account's open talk."""
        return await self._one(conn, talks.c.account == account, talks.c.ended_at.is_(None))

    async def open_of(self, conn: AsyncConnection, accounts: Sequence[str]) -> list[Talk]:
        """Return the open talks of these accounts."""
        theirs = _TALKS.where(talks.c.account.in_(accounts), talks.c.ended_at.is_(None))
        return list(read_all(await conn.execute(theirs), _talk))

    async def find(self, conn: AsyncConnection, talk_id: int) -> Talk | None:
        """Return a talk, even one that is over."""
        return await self._one(conn, talks.c.id == talk_id)

    async def waiting(self, conn: AsyncConnection, now: datetime, limit: int) -> list[Talk]:
        """Return the open talks, and after them the recently missed ones, each with the oldest first."""
        listed = _TALKS.where(or_(talks.c.ended_at.is_(None), is_missed(now)))
        order = talks.c.ended_at.is_not(None), talks.c.asked_at, talks.c.id
        rows = await conn.execute(listed.order_by(*order).limit(limit))
        return list(read_all(rows, _talk))

    async def silent(self, conn: AsyncConnection, before: datetime, limit: int) -> list[Talk]:
        """Return open talks in which nothing was said since then."""
        quiet = _TALKS.where(talks.c.ended_at.is_(None), talks.c.moved_at < before)
        return list(read_all(await conn.execute(quiet.order_by(talks.c.id).limit(limit)), _talk))

    async def lines(self, conn: AsyncConnection, talk_id: int) -> Sequence[TalkLine]:
        """Return the newest lines of a talk, in order."""
        newest = select(talk_lines).where(talk_lines.c.talk_id == talk_id)
        rows = await conn.execute(newest.order_by(talk_lines.c.id.desc()).limit(_MOST_LINES))
        return list(read_all(reversed(rows.all()), self._line))

    def _line(self, row: AnyRow) -> TalkLine:
        words: str | None = None
        try:
            words = self.vault.open(row.words, stored_context(talk_lines.c.words, row))
        except DAMAGED:
            _log.warning("a line of a chat is damaged: its words do not open")
        return TalkLine(row.id, row.at, parse_enum(TalkSide, row.said_by), words, row.outbox_id)

    async def _one(self, conn: AsyncConnection, *which: ColumnElement[bool]) -> Talk | None:
        row = (await conn.execute(_TALKS.where(*which))).one_or_none()
        return None if row is None else _talk(row)


_later = talk_lines.alias("later")
_IS_ANSWERED = exists().where(
    _later.c.talk_id == talk_lines.c.talk_id,
    _later.c.id > talk_lines.c.id,
    _later.c.said_by == TalkSide.CLERK,
)
_HAS_WORDS = exists().where(
    talk_lines.c.talk_id == talks.c.id,
    talk_lines.c.said_by == TalkSide.PERSON,
    or_(talks.c.taken_at.is_(None), talk_lines.c.at > talks.c.taken_at),
    ~_IS_ANSWERED,
)
"""Whether the person has said something since a clerk took the talk, or last answered in it."""

_IS_UNREAD = and_(talks.c.taken_by.is_(None), _HAS_WORDS)
_TALKS: Select[tuple[object, ...]] = select(talks, _IS_UNREAD.label("is_unread"))
_WAS_LEFT = or_(
    talks.c.end_reason == TalkEnd.UNANSWERED, and_(talks.c.end_reason.in_(_BY_THE_PERSON), _HAS_WORDS)
)
"""Talks that ended without a clerk: in silence, or by the person, whose words nobody has read."""


def is_missed(now: datetime) -> ColumnElement[bool]:
    """Select the talks that nobody took or marked as seen to, for `MISSED_FOR` after their end."""
    return and_(talks.c.taken_by.is_(None), talks.c.ended_at >= now - MISSED_FOR, _WAS_LEFT)


def _may_be_taken() -> ColumnElement[bool]:
    """Select open talks, and missed ones of accounts that have not asked again."""
    newer = talks.alias("newer")
    has_newer = select(newer.c.id).where(newer.c.account == talks.c.account, newer.c.ended_at.is_(None))
    return or_(talks.c.ended_at.is_(None), and_(_WAS_LEFT, ~has_newer.correlate(talks).exists()))


def _talk(row: AnyRow) -> Talk:
    end = parse_enum(TalkEnd, row.end_reason) if row.ended_at and row.end_reason else None
    return Talk(row.id, row.account, row.asked_at, row.moved_at, row.taken_by or "", end, row.is_unread)
