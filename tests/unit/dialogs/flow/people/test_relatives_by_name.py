"""A wish for a person by name (给陈小国认证) begins for them if the account knows them, and else asks."""

from datetime import date

from dialogs.flow.outcome import choices
from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import CertifiedPerson, Draft, Relation, Session, State
from dialogs.values import Identity, IdType, Manner, Scheme, Subject
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    DETAILS,
    NAME,
    NOW,
    OTHER,
    PERSON,
    TO_MANNER,
    reply_text,
    say_with_faq,
    session_of,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

COUSIN = Identity("陈小国", IdType.RESIDENT_ID, OTHER.number)
KNOWN = CertifiedPerson(Subject(Scheme.EMPLOYEE, COUSIN, "440100"), date(2027, 11, 30), NOW)
ACCOUNT = replace(session_of(PERSON), people=(KNOWN,))
FOR_COUSIN = (
    *("给陈小国认证", "帮陈小国办认证", "给陈小国办", "帮一下陈小国认证", "帮陈小国办一下"),
    *("给小国认证", "帮小国刷脸"),
)


@over(FOR_COUSIN)
def test_known_relative_is_certified_by_name(words):
    taken = talk(ACCOUNT, words, *TO_MANNER)
    errand = taken.session.errand
    assert (taken.session.state, errand.subject, errand.manner) == (
        State.READ_BACK,
        Draft.of(COUSIN),
        Manner.AGENT,
    )
    assert "陈*国" in reply_text(taken)


def test_relative_with_two_pensions_is_asked_for_the_one_meant():
    both = replace(KNOWN, subject=replace(KNOWN.subject, scheme=Scheme.RESIDENT))
    taken = talk(replace(ACCOUNT, people=(KNOWN, both)), "给陈小国认证")
    assert taken.session.state is State.HOME
    assert "为您的家人办理" in reply_text(taken)


def test_two_relatives_of_one_name_are_not_guessed():
    other = replace(KNOWN, subject=replace(KNOWN.subject, identity=replace(COUSIN, number="E12345678")))
    taken = talk(replace(ACCOUNT, people=(KNOWN, other)), "帮陈小国认证")
    assert not taken.session.errand.early.given.number


def test_own_name_means_the_writer():
    taken = talk(ACCOUNT, f"给{NAME}认证")
    assert (taken.session.errand.manner, taken.session.errand.told) == (Manner.SELF, True)
    assert "给您自己办理" in reply_text(taken)


def test_unknown_person_who_is_helped_is_a_relative_whose_name_is_kept():
    taken = talk(Session(), "帮陈大文认证")
    errand = taken.session.errand
    assert (errand.relation, errand.early.given) == (Relation.OTHER, Draft("陈大文"))
    assert "为您的家人办理" in reply_text(taken)


def test_name_that_may_be_the_writers_is_kept_and_asked_about():
    taken = talk(Session(), "给陈大文认证")
    assert "我先记着" in reply_text(taken)
    asked = talk(taken.session, "企业职工养老保险", *TO_MANNER)
    assert choices(asked.session) == (Label.SELF, Label.AGENT)
    assert talk(asked.session, "本人办理").session.errand.subject == Draft("陈大文")


def test_name_of_the_person_at_hand_goes_on_with_the_errand():
    before = talk(Session(), "企业职工养老保险", *TO_MANNER, "本人办理", *DETAILS).session
    taken = say_with_faq(before, f"给{NAME}认证")
    assert (taken.session.state, taken.session.errand) == (State.READ_BACK, before.errand)


@over([place for place in State if place is not State.HOME], ["给陈小国认证", "帮陈小国认证"])
def test_wish_by_name_certifies_nobody_at_once(place, words):
    before = session_in(place)
    taken = say_with_faq(before, words)
    assert all(type(effect).__name__ in {"Say", "TellClerk", "ReadRecords"} for effect in taken.effects)


@over(
    [
        "帮王芳办退休",
        "帮全家办",
        "给时间办",
        "给家人认证",
        "替岳父办认证",
        "帮岳母认证",
        "帮忙认证",
        "给单位办认证",
        "帮我认证",
    ]
)
def test_other_words_after_help_are_no_name(words):
    assert read(words).name is None


def test_other_errands_by_name_are_no_wish_to_certify():
    assert read("帮王芳办退休").intent is not Intent.CERTIFY


@over(["陈小国认证", "陈小国要认证", "我妹陈小国要认证", "我给我妹陈小国认证一下", "陈小国还没认证"])
def test_known_relative_who_is_named_without_help_is_certified(words):
    taken = talk(ACCOUNT, words, *TO_MANNER)
    assert (taken.session.state, taken.session.errand.subject) == (State.READ_BACK, Draft.of(COUSIN))


@over(["陈小国帮我认证", "陈小国说我要认证", "陈小国叫我认证", "我自己认证，陈小国认证过了"])
def test_known_relative_who_helps_or_tells_is_not_the_one_certified(words):
    assert talk(ACCOUNT, words).session.errand.early.given.number != COUSIN.number


@over(["陈小国认证", "陈小国要认证"])
def test_unknown_person_named_without_help_is_nobody_yet(words):
    assert talk(Session(), words).session.errand.early.given == Draft()
