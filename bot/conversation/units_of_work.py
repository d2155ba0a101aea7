"""Units of work of a conversation, and their results: replies and texts to be sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from bot.conversation.effects.planner import Writes
from bot.conversation.effects.recorder import AccountWrites
from dialogs.effects import CheckEligibility
from dialogs.events import DialogEvent
from dialogs.immutable_record import ImmutableRecord, replace
from dialogs.session import Session, State
from messages.inbound import Unsubscribed
from messages.outbound import plain
from storage.messaging.outbox import OutboxItem, OutboxKind
from storage.request_id import current_request_id


class Work(ImmutableRecord, frozen=True):
    """One event for one account.

    `key` is the delivery that it answers, `claims` whether that key is still to be claimed; `job` the outbox
    row that it ends. Without a key the texts go out as customer messages; with `on_page` a page shows them
    instead. `transcript` is what WeChat recognised in a voice message: the reply begins by repeating it.
    `heard` is what the person wrote or said, in case a clerk is asked for.
    """

    account: str
    event: DialogEvent
    key: str = ""
    claims: bool = False
    job: int | None = None
    on_page: bool = False
    transcript: str = ""
    heard: str = ""
    request_id: str = msgspec.field(default_factory=current_request_id)
    """The request that brought the event; a batch serves many requests."""


class WorkResult(ImmutableRecord, frozen=True):
    """Result of a unit of work: its reply, or the check that must run first.

    `reply` and `check` are both None for a duplicate whose first delivery is under way. `state` is where the
    conversation stands after it, `link` the capture that it opened. `page_text` is the plain text that a page
    shows, `queued` the outbox rows of its other texts.
    """

    reply: str | None = None
    check: CheckEligibility | None = None
    job: int | None = None
    state: State | None = None
    link: str = ""
    page_text: str = ""
    queued: tuple[int, ...] = ()


class Stepped(ImmutableRecord, frozen=True):
    """A unit of work after its step: the new session, and what is to be written."""

    work: Work
    session: Session
    writes: Writes
    fallback: str | None = None


def account_writes(stepped: Iterable[Stepped]) -> list[AccountWrites]:
    """Return what the recorder is to write; a step that only says something is left out."""
    taken = [AccountWrites(s.work.account, s.writes, isinstance(s.work.event, Unsubscribed)) for s in stepped]
    return [one for one in taken if one.left or one.writes != Writes(texts=one.writes.texts)]


def first_of_each_key(works: Iterable[Work]) -> list[Work]:
    """Leave out duplicates within a batch; they wait for the first one's reply like any other duplicate."""
    first: dict[str, Work] = {}
    return [work for work in works if not work.claims or first.setdefault(work.key, work) is work]


def without_ended_delivery(work: Work, replies: Mapping[str, str | None]) -> Work:
    """Send the answer after a check as messages if a duplicate has ended the delivery without a reply."""
    is_ended = not work.claims and replies.get(work.key) is not None
    return replace(work, key="") if is_ended else work


def result_of(stepped: Stepped, job: int | None, queued: tuple[int, ...]) -> WorkResult:
    """Return the result for the caller; `job` is the outbox row of the check that must run first."""
    writes, state = stepped.writes, stepped.session.state
    page_text = plain(writes.texts) if stepped.work.on_page else ""
    return WorkResult(_reply(stepped), writes.check, job, state, writes.link, page_text, queued)


def _reply(stepped: Stepped) -> str | None:
    """Return the passive reply: the first text; None while a check must run first."""
    if stepped.writes.check:
        return None
    return stepped.writes.texts[0] if stepped.work.key and stepped.writes.texts else ""


def queued_texts(stepped: Stepped, now: datetime) -> list[OutboxItem]:
    """Return the texts that the passive reply cannot carry and no page shows."""
    work = stepped.work
    if work.on_page:
        return []
    texts = stepped.writes.texts[1:] if work.key else stepped.writes.texts
    return [
        OutboxItem(
            work.account,
            OutboxKind.TEXT,
            text,
            now,
            fallback=None if number else stepped.fallback,
            request_id=work.request_id,
        )
        for number, text in enumerate(texts)
    ]
