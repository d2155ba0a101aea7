"""Sentences that people type, each with the reply that they must get."""

from datetime import date

import pytest

from dialogs.effects import ReadRecords
from dialogs.flow.outcome import choices
from dialogs.immutable_record import replace
from dialogs.reading.lexicon.synonyms import ANYWHERE, OFFERED
from dialogs.session import CertifiedPerson, Session, State
from dialogs.values import Identity, IdType, Scheme, Subject
from messages.language.codes import Language
from messages.language.labels import Label
from messages.outbound import LIMIT, Say
from tests.support.dialog.choice_words import ANSWERED
from tests.support.dialog.dialogue import NOW, OTHER, PERSON, reply_text, session_of, talk
from tests.support.dialog.sentences import HEARD
from tests.support.dialog.states import session_in
from tests.support.tables import over

ROWS = [(words, key) for key, group in HEARD.items() for words in group]
REPLIES = [(place, words, then) for place, group in ANSWERED.items() for words, then in group.items()]
FATHER = Identity("欧阳青山", IdType.RESIDENT_ID, "440524188001010014")


def family(*people):
    subjects = [Subject(Scheme.EMPLOYEE, person, "440100") for person in people]
    return replace(
        session_of(), people=tuple(CertifiedPerson(one, date(2027, 11, 30), NOW) for one in subjects)
    )


@over(ROWS)
def test_sentence_gets_the_expected_reply(words, key):
    taken = talk(Session(), words)
    (heard,) = [effect.key for effect in taken.effects if isinstance(effect, Say)]
    assert heard is key
    assert len(reply_text(taken).encode()) < LIMIT


@over([words for words, _ in ROWS])
def test_english_sentence_is_answered_in_english(words):
    taken = talk(Session(), words)
    is_sentence = words.isascii() and len(words.split()) > 2
    assert (taken.session.language is Language.ENGLISH) is is_sentence


@pytest.mark.parametrize("words", ["Ann Mary Smith", "4401 0319 5001 0101 20", "Help"])
def test_latin_name_number_or_word_does_not_switch_to_english(words):
    taken = talk(session_in(State.NAME), words)
    assert taken.session.language is Language.CHINESE


@over(REPLIES)
def test_answer_in_other_words_is_accepted(place, words, then):
    taken = talk(session_in(place), words)
    assert taken.session.state is then
    assert taken.session.misses == 0


@over(
    [State.GUIDE, State.READ_BACK, State.NOTICE],
    ["不确定", "确定吗", "确定不了", "我不确定", "还没确定", "确定是什么意思", "不能确定", "点确定没反应"],
)
def test_doubt_is_not_read_as_confirmation(place, words):
    assert talk(session_in(place), words).session.state is place


def test_polite_word_is_not_read_as_consent():
    for words in ("好", "好的", "可以", "行", "ok", "yes", "嗯", "继续", "开始", "确定", "我确定"):
        assert talk(session_in(State.AGREEMENT), words).session.state is State.AGREEMENT


def test_every_choice_with_other_wordings_is_offered_in_some_state():
    for label, _ in OFFERED:
        assert any(label in choices(session_in(state)) for state in State) or label in {
            Label.REPORT,
            Label.SEARCH,
            Label.CONTINUE,
            Label.MORE_RELATIVES,
            Label.HAND_OVER,
        }
    assert set(ANYWHERE) == {Label.AGREE, Label.BACK, Label.HOME, Label.EDIT, Label.HELP}


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("什么时候到期", (PERSON, OTHER, FATHER)),
        ("我自己什么时候到期", (PERSON,)),
        ("我爸去年认证过没有", (OTHER, FATHER)),
        ("我妈的什么时候到期", (OTHER, FATHER)),
        ("has my mother certified", (OTHER, FATHER)),
        ("算数吗", (PERSON, OTHER, FATHER)),
    ],
)
def test_question_looks_up_records_of_the_people_it_names(question, people):
    taken = talk(family(PERSON, OTHER, FATHER), question)
    (recall,) = [effect for effect in taken.effects if isinstance(effect, ReadRecords)]
    assert {subject.identity for subject in recall.subjects} == set(people)


def test_question_about_unknown_relative_reveals_nothing():
    assert "没有可以告诉您的" in reply_text(talk(family(PERSON), "我妈的什么时候到期"))


def test_naming_the_current_scheme_does_not_restart_the_errand():
    taken = talk(Session(), "企业职工养老保险", "同意并开始办理", "我是退休职工")
    assert taken.session.state is State.GUIDE
