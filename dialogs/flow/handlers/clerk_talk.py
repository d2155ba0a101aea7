"""Hands a conversation over to a clerk (人工服务) and back.

The dialog keeps its state meanwhile. Everything that the person writes goes to the clerk, except the words
that end the talk, taps on the menu and scanned codes.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.effects import AskForClerk, EndTalk, TalkEnd, TellClerk
from dialogs.flow.interpret import Aside, Command, IntentMeant, Meaning, bare_words
from dialogs.flow.outcome import Step, aside, prompt, with_note
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.local_time import SHANGHAI
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.ending_talks import TO_THE_QUESTION, TO_THE_START
from dialogs.reading.numerals import beside_number, chosen_number
from dialogs.reading.reader import Utterance
from dialogs.rules.human_service import HumanService
from dialogs.session import AnsweredBy, Session
from messages.catalogue.formats import Upcoming
from messages.catalogue.lookup import label_of
from messages.catalogue.phrases import SENT
from messages.inbound import Event, Media, MediaKind, Sticker, Text
from messages.language.codes import DEFAULT
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say, Value

_TO_THE_QUESTION = frozenset((Label.END_TALK, *TO_THE_QUESTION.split("|")))
_TO_THE_START = frozenset((Label.HOME, *TO_THE_START.split("|")))
_DONE_BY_THE_BOT = frozenset({Intent.ERASE, Intent.WITHDRAW, Intent.UNSUBSCRIBE})
"""Wishes whose procedure a person must be told: the law or the platform gives them a right to it."""

_NOTES: Mapping[TalkEnd, Key] = MappingProxyType(
    {
        TalkEnd.PERSON: Key.TALK_ENDED,
        TalkEnd.CLERK: Key.TALK_ENDED_BY_CLERK,
        TalkEnd.SILENCE: Key.TALK_SILENT,
        TalkEnd.UNANSWERED: Key.TALK_UNANSWERED,
    }
)


def asks_for_clerk(meaning: Meaning) -> bool:
    """Whether a message asks for a person."""
    if isinstance(meaning, IntentMeant):
        return meaning.reading.intent is Intent.HUMAN
    return meaning == Aside(Key.HUMAN)


def ask_for_clerk(session: Session, human: HumanService, now: datetime) -> Step:
    """Put the chat into the queue; outside the hours say when they begin, and leave the state unchanged."""
    if human.is_open(now):
        queued = replace(session, answered_by=AnsweredBy.QUEUE)
        asked = aside(queued, Key.CLERK_ASKED)
        return replace(asked, effects=(AskForClerk(), *asked.effects))
    if human.closed:
        return aside(session, Key.CLERK_CLOSED_OWN, {"sentence": human.closed})
    return aside(session, Key.CLERK_CLOSED, {"when": Upcoming(human.opens_at(now), now.astimezone(SHANGHAI))})


def is_for_clerk(session: Session, event: Event) -> bool:
    """Whether what an account sends is for the clerk and not for the dialog."""
    return session.answered_by is not AnsweredBy.BOT and isinstance(event, Text | Media | Sticker)


def tell_clerk(session: Session, event: Event, now: datetime) -> Step:
    """Pass on what the person sends, or end the talk when they say so."""
    if isinstance(event, Media | Sticker):
        return _tell_unread(session, event)
    if not isinstance(event, Text):
        return Step(session)
    utterance = Utterance(event.content)
    bare = bare_words(event.content)
    words = {label_of(bare), label_of(beside_number(bare) or ""), utterance.plain.spaced.strip(" ,")}
    if words & _TO_THE_QUESTION or _picks_the_choice(session, utterance):
        return end_talk(session, TalkEnd.PERSON)
    if words & _TO_THE_START:
        return _begin_anew(session, now)
    return _pass_to_clerk(session, utterance, line_of(event))


def line_of(event: Event) -> str:
    """Return what a clerk reads of a message: its words, or its kind in brackets; "" for anything else.

    What was sent is not kept and not passed on: nobody has agreed to that, and nothing here needs it.
    """
    match event:
        case Text(content, spoken=True):
            return f"{_in_brackets(MediaKind.VOICE)} {content}"
        case Text(content):
            return content
        case Media(kind):
            return _in_brackets(kind)
        case Sticker():
            return _in_brackets("sticker")
    return ""


def _in_brackets(kind: str) -> str:
    return f"[{SENT[kind].spoken(DEFAULT)}]"


def _tell_unread(session: Session, event: Media | Sticker) -> Step:
    """Tell the clerk what kind of message came, and tell the person that its content does not arrive."""
    passed_on = Step(session, (TellClerk(line_of(event)),))
    if isinstance(event, Sticker):
        return passed_on
    if event.kind is MediaKind.VOICE:
        return _add_answer(passed_on, Key.CLERK_HEARS_NO_VOICE)
    return _add_answer(passed_on, Key.CLERK_READS_TEXT, {"what": SENT[event.kind]})


def _picks_the_choice(session: Session, utterance: Utterance) -> bool:
    """Whether the only choice in the queue is picked by its number; a clerk may have asked for a number."""
    return session.answered_by is AnsweredBy.QUEUE and chosen_number(utterance.plain) == 1


def _begin_anew(session: Session, now: datetime) -> Step:
    freed = replace(session, answered_by=AnsweredBy.BOT)
    taken = move(freed, Command(Trigger.HOME), now)
    return with_end(taken, TalkEnd.PERSON) if taken else end_talk(session, TalkEnd.PERSON)


def _pass_to_clerk(session: Session, utterance: Utterance, line: str) -> Step:
    """Pass words on, with a reply while the talk is queued; a suicidal person gets the helpline at once."""
    intent, is_queued = utterance.reading.intent, session.answered_by is AnsweredBy.QUEUE
    passed_on = Step(session, (TellClerk(line),))
    if intent is Intent.HUMAN and is_queued:
        return _add_answer(passed_on, Key.CLERK_STILL_ASKED)
    if intent is Intent.DISTRESS:
        return _add_answer(passed_on, Key.DISTRESS)
    if intent in _DONE_BY_THE_BOT:
        return _add_answer(passed_on, Key.CLERK_DOES_NOT_DO_THIS)
    return _add_answer(passed_on, Key.CLERK_TOLD) if is_queued else passed_on


def _add_answer(step: Step, key: Key, values: Mapping[str, Value] | None = None) -> Step:
    return replace(step, effects=(*step.effects, *aside(step.session, key, values).effects))


def on_clerk_came(session: Session) -> Step:
    """Give the chat to the clerk; if the bot was answering, the person is told so."""
    taken = replace(session, answered_by=AnsweredBy.CLERK)
    return aside(taken, Key.CLERK_CAME) if session.answered_by is AnsweredBy.BOT else Step(taken)


def clerk_says(words: str) -> Say:
    """Return a clerk's words as the person reads them."""
    return Say(Key.CLERK_SAYS, {"words": words})


def end_talk(session: Session, end: TalkEnd) -> Step:
    """Give the chat back to the dialog, which asks again what it had asked before."""
    if session.answered_by is AnsweredBy.BOT or end is TalkEnd.LEFT:
        return Step(replace(session, answered_by=AnsweredBy.BOT), (EndTalk(end),))
    freed = replace(session, answered_by=AnsweredBy.BOT)
    return with_end(Step(freed, (prompt(freed),)), end)


def with_end(step: Step, end: TalkEnd) -> Step:
    """Put the end of the talk, and a sentence about it, before the rest of a step."""
    noted = with_note(step, _NOTES[end])
    return replace(noted, effects=(EndTalk(end), *noted.effects))
