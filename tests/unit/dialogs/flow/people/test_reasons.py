"""A request for a relative with its reason begins the errand; the reason is answered as well."""

from dialogs.effects import AskForHelp
from dialogs.flow.handlers.intents import REASON_ANSWERS
from dialogs.reading.intents import REASONS, Intent
from dialogs.reading.reader import read
from dialogs.session import Relation, Session, State
from dialogs.values import Manner, Purpose
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    OTHER,
    TO_MANNER,
    mother_before_camera,
    reply_text,
    say_with_faq,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

FOR_MOTHER = ("帮我妈认证", EMPLOYEE, *TO_MANNER, *DETAILS)


@over(
    [
        ("给我爸办，他走不动", Relation.FATHER, "上门认证"),
        ("给我爸认证他腿脚不方便", Relation.FATHER, "上门认证"),
        ("我爸走不动，我来给他办", Relation.FATHER, "上门认证"),
        ("替我母亲办认证，她卧床不起", Relation.MOTHER, "上门认证"),
        ("帮我妈认证，她眼睛看不清", Relation.MOTHER, "字可以调大"),
        ("帮我妈认证她眼睛看不清", Relation.MOTHER, "字可以调大"),
        ("我妈眼睛看不清，帮她认证", Relation.MOTHER, "字可以调大"),
        ("帮我妈认证，她在外地", Relation.MOTHER, "转给家人"),
        ("我爸要认证他走不动了", Relation.FATHER, "上门认证"),
        ("我妈要认证，她在医院", Relation.MOTHER, "上门认证"),
        ("我爸要年审可是他走不动", Relation.FATHER, "上门认证"),
        ("我奶奶要认证她不会用手机", Relation.GRANDPARENT, "家人的手机"),
        ("我老伴要年审但是她眼睛看不清", Relation.SPOUSE, "字可以调大"),
        ("给老伴办，他钱没到账", Relation.SPOUSE, "没到账"),
        ("我妈八十了不会弄手机我帮她弄", Relation.MOTHER, "不着急"),
    ]
)
def test_request_with_its_reason_begins_for_that_person(words, relation, note):
    for state in (State.HOME, State.NAME):
        taken = say_with_faq(session_in(state), words)
        errand = taken.session.errand
        assert (taken.session.state, errand.manner, errand.relation) == (State.HOME, Manner.AGENT, relation)
        assert note in reply_text(taken)
        assert "请选择领取的是哪种待遇" in reply_text(taken)


def test_query_for_a_relative_with_its_reason_begins():
    errand = say_with_faq(Session(), "帮我妈查一下，她眼睛看不清").session.errand
    assert (errand.purpose, errand.relation) == (Purpose.QUERY, Relation.MOTHER)


@over(["帮我妈认证，她走不动", "我妈走不动", "老太太走不动", "外婆走不动", "走不动"])
def test_in_that_persons_errand_help_is_asked_for_at_the_office(words):
    (asked,) = [
        one for one in say_with_faq(mother_before_camera(), words).effects if isinstance(one, AskForHelp)
    ]
    assert asked.person == OTHER


@over(["给我爸办，他走不动", "我爸走不动", "我老伴瘫痪了"])
def test_in_another_relatives_errand_nobody_wrong_is_reported(words):
    effects = say_with_faq(mother_before_camera(), words).effects
    assert not any(isinstance(one, AskForHelp) for one in effects)


@over(
    [
        "我爸瘫痪在床，怎么给他认证",
        "我爸瘫痪在床，能不能上门认证",
        "我爸走不动，你们能上门帮他办吗",
        "我走不动，帮我办",
        "我眼睛看不清",
        "我爸走不动",
        "我爸瘫了，我给他请了护工",
        "我妈看不见，怎么给她认证",
        "我妈住院了，我给她送饭",
        "我妈住院了，帮她请医生",
        "给我妈打电话，她听不见",
        "我替我妈问一下，走不动怎么办",
        "给我妈办了残疾证，她走不动",
        "给我爸办轮椅，他走不动",
        "给我妈办理住院，她中风了",
        "我爸住院了，我要给他办出院",
        "帮我妈认证过了，她走不动",
        "帮我妈认证不了，她走不动",
        "帮我妈查查医院，她走不动",
        "我妈住院了，社区给她办",
    ]
)
def test_reason_without_a_request_is_only_answered(words):
    assert read(words).intent not in {Intent.CERTIFY, Intent.QUERY}


def test_name_in_such_a_request_is_kept():
    taken = say_with_faq(Session(), "帮我妈李秀英认证，她走不动")
    assert taken.session.errand.early.given.name == "李秀英"


def test_every_reason_has_its_answer():
    assert set(REASON_ANSWERS) == REASONS
