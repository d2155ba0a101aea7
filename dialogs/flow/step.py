"""One step of a conversation: `step(session, event, now) → Step(session, effects)`.

Pure: the clock is given, there is no randomness and no I/O; the same session, event and time give the same
step. It always answers what a person sent, and never raises on it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from dialogs.effects import TalkEnd
from dialogs.events import (
    CaptureFinished,
    ClerkCame,
    DialogEvent,
    EligibilityChecked,
    EligibilityLapsed,
    EligibilityPending,
    FailedTooOften,
    HeldRead,
    RecordsRead,
    ReminderFollowed,
    ReminderRefused,
    RemindersRead,
    ServiceEvent,
    TalkEvent,
)
from dialogs.flow.handlers.account_requests import stop_alone
from dialogs.flow.handlers.clerk_talk import (
    ask_for_clerk,
    asks_for_clerk,
    end_talk,
    is_for_clerk,
    on_clerk_came,
    tell_clerk,
    with_end,
)
from dialogs.flow.handlers.death_report import answer_pay_question
from dialogs.flow.handlers.details.answers_in_wishes import as_answer
from dialogs.flow.handlers.details.asked_person import NUMBER_STATES
from dialogs.flow.handlers.details.corrections import correct_name, correct_read_back, rename
from dialogs.flow.handlers.details.early_details import take_early_details
from dialogs.flow.handlers.details.early_number import keep_early_number
from dialogs.flow.handlers.details.named_numbers import take_with_name
from dialogs.flow.handlers.details.retyped_details import without_mistaken_name
from dialogs.flow.handlers.details.whose_details import refuse_relatives
from dialogs.flow.handlers.details.wrong_answers import wrong_answer
from dialogs.flow.handlers.details.wrong_numbers import explain_unasked_number, explain_wrong_number
from dialogs.flow.handlers.errands import change_manner
from dialogs.flow.handlers.faq_answers import answer_entry, find_entry
from dialogs.flow.handlers.forwarding import tell_whose_face
from dialogs.flow.handlers.intents import begin, handle
from dialogs.flow.handlers.named_relatives import naming_known
from dialogs.flow.handlers.notes import answer_unlisted_place
from dialogs.flow.handlers.scheme_change import change_to_named_scheme
from dialogs.flow.handlers.service_events import (
    on_authorization_ended,
    on_capture_finished,
    on_eligibility_checked,
    on_eligibility_lapsed,
    on_eligibility_pending,
    on_failed_too_often,
    on_records_read,
    on_reminder_followed,
    on_reminder_refused,
    on_reminders_read,
)
from dialogs.flow.interpret import Aside, Command, IntentMeant, Meaning, understand
from dialogs.flow.language_switch import in_their_language
from dialogs.flow.machine import FLOW
from dialogs.flow.outcome import Step, aside, ask, choices, with_note
from dialogs.flow.result_messages import on_held_read
from dialogs.flow.states.conditions import is_query, shows_records
from dialogs.flow.states.row import Question
from dialogs.flow.states.triggers import CONFIRMATIONS, Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.faq import NO_FAQ, Faq
from dialogs.reading.intents import Intent
from dialogs.reading.reader import Utterance
from dialogs.rules.human_service import NO_HUMAN_SERVICE, HumanService
from dialogs.rules.idle_conversations import KEPT_FOR
from dialogs.session import NO_ERRAND, AnsweredBy, Session, State
from messages.catalogue.lookup import MEDIA_KEYS
from messages.inbound import (
    AuthorizationEnded,
    Event,
    Media,
    Sticker,
    TemplateJobFinished,
    Text,
    Unsubscribed,
    Unsupported,
)
from messages.language.keys import Key

_BEGINS = frozenset({Intent.CERTIFY, Intent.QUERY})
REPORTS_COUNT = timedelta(days=1)
"""Time for which a death report counts towards the account's limit (`conditions.MOST_REPORTS`)."""


def step(
    session: Session,
    event: DialogEvent,
    now: datetime,
    faq: Faq = NO_FAQ,
    human: HumanService = NO_HUMAN_SERVICE,
) -> Step:
    """Answer one event; unknown and silent ones change nothing.

    `faq` holds the questions and answers, `human` the hours in which clerks answer.
    """
    if isinstance(event, TalkEvent):
        return on_clerk_came(session) if isinstance(event, ClerkCame) else end_talk(session, event.end)
    if isinstance(event, ServiceEvent):
        return _answer_service(replace(session, offered=()), event, now)
    if isinstance(event, Unsubscribed | TemplateJobFinished | Unsupported):
        return _stay_silent(session, event)
    if isinstance(event, AuthorizationEnded):
        return on_authorization_ended(session)
    aged = _forget_old(session, now)
    if is_for_clerk(aged, event):
        return tell_clerk(aged, event, now)
    is_ours = session.answered_by is AnsweredBy.BOT
    taken = _respond(aged if is_ours else replace(aged, answered_by=AnsweredBy.BOT), event, now, faq, human)
    return taken if is_ours else with_end(taken, TalkEnd.PERSON)


def _stay_silent(session: Session, event: Unsubscribed | TemplateJobFinished | Unsupported) -> Step:
    """Say nothing; a talk with a clerk ends with the account's leaving."""
    is_left = isinstance(event, Unsubscribed) and session.answered_by is not AnsweredBy.BOT
    return end_talk(session, TalkEnd.LEFT) if is_left else Step(session)


def _answer_service(session: Session, event: ServiceEvent, now: datetime) -> Step:  # noqa: PLR0911 - one case per event
    match event:
        case EligibilityChecked():
            return on_eligibility_checked(session, event, now)
        case EligibilityPending(serial):
            return on_eligibility_pending(session, serial)
        case CaptureFinished():
            return on_capture_finished(session, event, now)
        case FailedTooOften():
            return on_failed_too_often(session)
        case EligibilityLapsed():
            return on_eligibility_lapsed(session, event, now)
        case RecordsRead():
            return on_records_read(session, event, now)
        case RemindersRead() | HeldRead():
            return _answer_read(session, event)
        case ReminderFollowed():
            return on_reminder_followed(_forget_old(session, now), event, now)
        case ReminderRefused():
            return on_reminder_refused(session, event)


def _answer_read(session: Session, event: RemindersRead | HeldRead) -> Step:
    if isinstance(event, HeldRead):
        return on_held_read(session, event)
    return on_reminders_read(session, event)


def _forget_old(session: Session, now: datetime) -> Session:
    """Forget an abandoned errand, and reports of more than a day ago."""
    reports = session.reports and tuple(
        at for at in session.reports if timedelta() <= now - at < REPORTS_COUNT
    )
    touched = replace(session, touched_at=now, reports=reports)
    if session.paused and now - session.paused.at > KEPT_FOR:
        touched = replace(touched, paused=None)
    if session.touched_at and now - session.touched_at > KEPT_FOR:
        touched = replace(touched, state=State.HOME, errand=NO_ERRAND)
    return touched


def _respond(session: Session, event: Event, now: datetime, faq: Faq, human: HumanService) -> Step:
    offered = choices(session)
    session = replace(session, offered=()) if session.offered else session
    if isinstance(event, Media):
        return aside(session, MEDIA_KEYS[event.kind])
    utterance = Utterance(event.content if isinstance(event, Text) else "")
    if isinstance(event, Sticker) or (isinstance(event, Text) and utterance.plain.is_blank):
        return ask(session)
    meaning = understand(event, offered, session.errand.scheme, utterance)
    if isinstance(event, Text) and isinstance(meaning, IntentMeant):
        meaning = as_answer(session, utterance, meaning)
    addressed = in_their_language(session, event, utterance, meaning)
    understood = replace(addressed, misses=0)
    if beside := _answer_beside(understood, utterance, meaning, now):
        return beside
    entry = find_entry(understood, utterance, meaning, faq)
    if entry:
        return answer_entry(understood, entry)
    if human.is_offered and asks_for_clerk(meaning):
        return ask_for_clerk(understood, human, now)
    return _act_on(understood, meaning, utterance, now) or _say_not_understood(addressed)


def _answer_beside(session: Session, utterance: Utterance, meaning: Meaning, now: datetime) -> Step | None:
    """Answer words that the place gives another meaning than they have elsewhere; None for all others."""
    return (
        answer_pay_question(session, utterance)
        or stop_alone(session, utterance, now)
        or tell_whose_face(session, utterance, meaning)
    )


def _act_on(session: Session, meaning: Meaning, utterance: Utterance, now: datetime) -> Step | None:
    match meaning:
        case Command(Trigger.ANSWER):
            return _take_answer(session, meaning, now)
        case Command(trigger):
            moved = move(session, meaning, now) or begin(session, trigger, now)
            return moved or change_manner(session, trigger, now) or _ask_again(session, trigger)
        case IntentMeant(reading):
            taken = handle(session, naming_known(session, utterance, reading), now)
            return _note_number(taken, utterance) if taken and reading.intent in _BEGINS else taken
        case Aside(key):
            return aside(session, key)
    return None


def _ask_again(session: Session, trigger: Trigger) -> Step | None:
    """Ask the present question again if a choice that has already led on is repeated.

    为他人查询 is no repetition if the scheme shows records only to the person.
    """
    if trigger is Trigger.QUERY_OTHER and is_query(session) and not shows_records(session):
        return aside(session, Key.QUERY_OWN_ONLY)
    return ask(session) if trigger in CONFIRMATIONS else None


def _take_answer(session: Session, answer: Command, now: datetime) -> Step | None:
    question = FLOW.question(session.state)
    if question is None:
        taken = (
            correct_read_back(session, answer.utterance, now)
            or explain_unasked_number(session, answer.utterance)
            or take_early_details(session, answer.utterance, now)
            or change_to_named_scheme(session, answer.utterance, now)
            or answer_unlisted_place(session, answer.utterance)
        )
        return taken and _note_number(taken, answer.utterance)
    if refused := refuse_relatives(session, answer.utterance):
        return refused
    utterance = without_mistaken_name(session, answer.utterance)
    renamed = rename(session, utterance)
    if of_another := take_with_name(renamed, utterance, now):
        return of_another
    accepted = question.accept(renamed, utterance)
    if accepted is None:
        return _refuse_answer(session, question, utterance, now)
    taken = move(accepted, answer, now)
    return taken and _note_number(taken, utterance)


def _refuse_answer(session: Session, question: Question, utterance: Utterance, now: datetime) -> Step:
    """Take an unsuitable answer as the name of another scheme, or say what is wrong with it."""
    return (
        change_to_named_scheme(session, utterance, now)
        or correct_name(session, utterance)
        or explain_wrong_number(session, utterance, now)
        or keep_early_number(session, utterance)
        or aside(session, wrong_answer(session, question, utterance))
    )


def _note_number(taken: Step, utterance: Utterance) -> Step:
    """Add to the answer that neither of two numbers was taken, or an old one, or one of 15 places raised."""
    if utterance.gives_old_number and taken.session.state in NUMBER_STATES:
        return with_note(taken, Key.OLD_NUMBER)
    if utterance.is_number_doubtful:
        return with_note(taken, Key.TWO_NUMBERS)
    return with_note(taken, Key.NUMBER_RAISED) if utterance.reading.is_raised else taken


def _say_not_understood(session: Session) -> Step:
    missed = replace(session, misses=session.misses + 1)
    first = _MISSED_AT.get(session.state, Key.NOT_UNDERSTOOD)
    return aside(missed, first if missed.misses < 3 else Key.NOT_UNDERSTOOD_THRICE)


_MISSED_AT: Mapping[State, Key] = MappingProxyType(
    {
        State.AGREEMENT: Key.NOT_UNDERSTOOD_AT_AGREEMENT,
        State.CAPTURE: Key.NOT_UNDERSTOOD_AT_LINK,
        State.FAILED: Key.NOT_UNDERSTOOD_AFTER_FAILURE,
    }
)
