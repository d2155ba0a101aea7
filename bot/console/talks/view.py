"""Texts of a talk: its lines, its state, and what the platform still allows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from bot.console.page_fingerprint import fingerprint_of
from bot.console.person.view import fate_words
from bot.console.talks.reading import OpenedTalk, person_of
from bot.console.words import local_minute
from bot.wechat.api.quotas import ReplyAllowance
from dialogs.effects import TalkEnd
from dialogs.local_time import SHANGHAI, local_date
from dialogs.rules.identity import mask_name, masked
from dialogs.session import Session
from dialogs.values import Manner
from messages.catalogue.formats import minute
from messages.catalogue.phrases import CONSOLE, CONSOLE_STATES, CONSOLE_TALKS, SCHEME_NAMES
from messages.language.codes import Language
from messages.outbound import plain
from storage.messaging.inbox import Exchange
from storage.messaging.talks import Talk, TalkLine, TalkSide

_HOUR = timedelta(hours=1)
_AN_HOUR = 60
"""Minutes from which a wait is given in hours."""

_STEP = timedelta(minutes=5)
"""The steps in which waits, and the last hour of a window, are given, so that an open page changes no more
often."""

_ADDRESS = re.compile(r"https?://\S+")
"""A link in a reply may be a person's one-time ticket, which a clerk does not need."""

_NAMES = {TalkSide.PERSON: "from_person", TalkSide.CLERK: "from_clerk"}
_LONG_WAIT_MINUTES = 10
"""Minutes from which a wait looks long."""


class TalkHolder(StrEnum):
    """The holder of a talk, as a clerk sees it; the values name the words."""

    WAITING = "waiting"
    MINE = "mine"
    OTHER = "with_other"
    MISSED = "missed"
    UNREAD = "ended_unread"
    UNFOLLOWED = "unfollowed_unread"


_BY_THE_PERSON = {TalkEnd.PERSON: TalkHolder.UNREAD, TalkEnd.LEFT: TalkHolder.UNFOLLOWED}
_SAYS = {
    TalkHolder.MISSED: "missed_says",
    TalkHolder.UNREAD: "ended_unread_says",
    TalkHolder.UNFOLLOWED: "unfollowed_unread_says",
}
"""The sentence next to a talk that is over and that a clerk may put away."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line; `tone` names who spoke, `fate` what became of a clerk's words."""

    who: str
    tone: str
    at: str
    words: str = field(repr=False)
    fate: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A talk of the list, its person masked; `says` is what to do with one that is over, "" for others."""

    id: int
    who: str = field(repr=False)
    stands: str
    since: str
    holder: TalkHolder
    status: str
    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class TalkView:
    """Words of one talk in the clerk's language."""

    opened: OpenedTalk
    language: Language
    now: datetime

    def lines(self) -> list[ShownLine]:
        """Return what was said before the clerk was asked for, and since."""
        before = [(one.at, line) for one in self.opened.before for line in self._exchange(one)]
        since = [(one.at, self._line(one)) for one in self.opened.lines]
        return [line for _, line in sorted([*before, *since], key=itemgetter(0))]

    def stands(self) -> str:
        """Return where the dialog stands."""
        return stands_at(self.opened.session, self.language)

    def who(self) -> str:
        """Return whom the chat seems to be about, masked."""
        return whose(self.opened.session, self.language)

    def scheme(self) -> str:
        """Return the scheme at hand, "" for none."""
        scheme = self.opened.session.errand.scheme
        return SCHEME_NAMES[scheme].spoken(self.language) if scheme else ""

    def manner(self) -> str:
        """Return whether the person acts for themselves or for somebody else."""
        is_own = self.opened.session.errand.manner is Manner.SELF
        return self._word("own" if is_own else "for_other")

    def window(self) -> str:
        """Return what may still be sent."""
        return window_words(self.opened.allowance, self.language, self.now)

    def said(self) -> str:
        """Return a fingerprint that changes with what was said."""
        return str(self.opened.lines[-1].id if self.opened.lines else 0)

    def version(self) -> str:
        """Return a fingerprint that changes with anything that the page shows."""
        fates = [line.fate for line in self.lines()]
        shown = (self.opened.talk.taken_by, self.opened.talk.end, self.stands(), self.window(), fates)
        return f"{self.said()}-{fingerprint_of(shown)}"

    def _exchange(self, one: Exchange) -> Iterator[ShownLine]:
        at = self._minute(one.at)
        yield ShownLine(self._word("from_person"), "person", at, one.heard)
        if one.reply:
            yield ShownLine(self._word("from_bot"), "bot", at, _ADDRESS.sub("…", plain([one.reply])))

    def _line(self, one: TalkLine) -> ShownLine:
        fate = self.opened.fates.get(one.outbox_id) if one.outbox_id is not None else None
        fate_text = fate_words(fate, self.language) if fate else ""
        who = self._word(_NAMES[one.said_by])
        words = CONSOLE["damaged"].spoken(self.language) if one.words is None else one.words
        return ShownLine(who, one.said_by, self._minute(one.at), words, fate_text)

    def _word(self, key: str) -> str:
        return CONSOLE_TALKS[key].spoken(self.language)

    def _minute(self, at: datetime) -> str:
        return _moment(at, self.now, self.language)


def queue_row(talk: Talk, session: Session, account: str, language: Language, now: datetime) -> QueueRow:
    """Return a talk as the list shows it to a clerk's account."""
    holder = _holder(talk, account)
    minutes = max((now - talk.asked_at) // _STEP * _STEP.seconds // 60, 0)
    since = CONSOLE_TALKS["waits_since" if holder is TalkHolder.WAITING else "talks_since"].spoken(language)
    at = _moment(talk.asked_at, now, language)
    return QueueRow(
        talk.id,
        whose(session, language),
        stands_at(session, language),
        since.format(at=at, waited=_waiting_time(minutes, language)),
        holder,
        CONSOLE_TALKS[holder].spoken(language).format(name=talk.taken_by),
        _tone(holder, minutes),
        CONSOLE_TALKS[_SAYS[holder]].spoken(language) if holder in _SAYS else "",
    )


def _waiting_time(minutes: int, language: Language) -> str:
    word = "waited_hours" if minutes >= _AN_HOUR else "waited_minutes" if minutes else "just_came"
    hours, rest = divmod(minutes, _AN_HOUR) if word == "waited_hours" else (0, minutes)
    return CONSOLE_TALKS[word].spoken(language).format(hours=hours, minutes=rest)


def _moment(at: datetime, now: datetime, language: Language) -> str:
    """Return the time of day, with the day if it is not today."""
    local = at.astimezone(SHANGHAI)
    is_today = local.date() == local_date(now)
    return f"{local:%H:%M}" if is_today else minute(local, language)


def _tone(holder: TalkHolder, minutes: int) -> str:
    if holder is TalkHolder.WAITING:
        return "bad" if minutes >= _LONG_WAIT_MINUTES else "warm"
    return "good" if holder is TalkHolder.MINE else "plain"


def _holder(talk: Talk, account: str) -> TalkHolder:
    if talk.end is not None:
        return _BY_THE_PERSON.get(talk.end, TalkHolder.MISSED)
    if not talk.taken_by:
        return TalkHolder.WAITING
    return TalkHolder.MINE if talk.taken_by == account else TalkHolder.OTHER


def stands_at(session: Session, language: Language) -> str:
    """Return where a dialog stands."""
    return CONSOLE_STATES[session.state].spoken(language)


def whose(session: Session, language: Language) -> str:
    """Return whom a chat seems to be about, masked."""
    person, typed = person_of(session), session.errand.subject.name
    if person:
        return " ".join(masked(person))
    return mask_name(typed) if typed else CONSOLE_TALKS["somebody"].spoken(language)


def window_words(allowance: ReplyAllowance, language: Language, now: datetime) -> str:
    """Return how long a clerk may answer, how often, and what happens to words after that."""
    if allowance.until is None:
        return CONSOLE_TALKS["window_closed"].spoken(language)
    if not allowance.left:
        return CONSOLE_TALKS["window_full"].spoken(language)
    until = local_minute(allowance.until, language)
    open_until = CONSOLE_TALKS["window_open"].spoken(language).format(until=until, left=allowance.left)
    return f"{open_until} {_time_left(allowance.until - now, language)}"


def _time_left(left: timedelta, language: Language) -> str:
    if left >= _HOUR:
        return CONSOLE_TALKS["hours_left"].spoken(language).format(hours=left // _HOUR)
    minutes = (left // _STEP + 1) * _STEP.seconds // 60
    return CONSOLE_TALKS["minutes_left"].spoken(language).format(minutes=minutes)
