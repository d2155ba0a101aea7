"""Answers in the language in which a person writes, even if it was not asked for by name."""

import re

from dialogs.flow.interpret import IntentMeant, Meaning
from dialogs.flow.machine import is_in
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.reading.intents import says_english
from dialogs.reading.names.latin import is_english_talk
from dialogs.reading.reader import Utterance
from dialogs.session import Session
from messages.inbound import Event, Text
from messages.language.codes import Language

_SENTENCE = 3
"""Number of words from which an understood message shows its language; Help or OK are anybody's."""
_CHINESE_SENTENCE = 4
"""Number of Han characters from which an understood message shows that a person writes Chinese."""
_HAN = re.compile("[\u3400-\u9fff]")


def in_their_language(session: Session, event: Event, utterance: Utterance, meaning: Meaning) -> Session:
    """Return the session with the language of a sentence that was understood, or with its own."""
    return _switch_to_chinese(_switch_to_english(session, event, meaning), utterance, meaning)


def _switch_to_english(session: Session, event: Event, meaning: Meaning) -> Session:
    """Answer an English sentence in English, even if the language was not asked for by name."""
    if not isinstance(event, Text) or not event.content.isascii():
        return session
    words = [word for word in event.content.split() if word.strip(".,!?'").replace("'", "").isalpha()]
    if len(words) < _SENTENCE:
        return session
    is_answer = not isinstance(meaning, IntentMeant) and not is_in(session.state, Group.BEFORE_PEOPLE)
    is_english = (is_english_talk if is_answer else says_english)(event.content)
    return replace(session, language=Language.ENGLISH) if is_english else session


def _switch_to_chinese(session: Session, utterance: Utterance, meaning: Meaning) -> Session:
    """Answer Chinese words in Chinese again; names and the choices of the dialog are anybody's."""
    is_talk = isinstance(meaning, IntentMeant) and meaning.reading is utterance.reading
    if session.language is not Language.ENGLISH or not is_talk:
        return session
    is_sentence = len(_HAN.findall(utterance.plain.joined)) >= _CHINESE_SENTENCE
    return replace(session, language=Language.CHINESE) if is_sentence else session
