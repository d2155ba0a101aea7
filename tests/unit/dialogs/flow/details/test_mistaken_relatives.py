"""The name entered for one relative is another's: 不对，李秀英是我妈，我爸叫陈山."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import DETAILS, EMPLOYEE, FOR_OTHER, TO_MANNER, say_with_faq, talk
from tests.support.tables import over

FATHER = ("帮我爸认证", EMPLOYEE, *TO_MANNER, *DETAILS)
NUMBER_4 = "440103195203040125"
CORRECTIONS = (
    *("不对，李秀英是我妈，我爸叫陈山", "李秀英是我妈，我爸叫陈山", "不对李秀英是我妈我爸叫陈山"),
    *("错了，李秀英是我妈的名字，我爸的名字叫陈山",),
)


@over([[*FATHER], [*FOR_OTHER, *DETAILS]], CORRECTIONS)
def test_right_name_is_taken(before, words):
    taken = say_with_faq(talk(Session(), *before, "李秀英").session, words)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.ID_TYPE, "陈山")


def test_family_name_alone_may_have_been_entered():
    taken = say_with_faq(talk(Session(), *FATHER, "欧阳").session, "不对，欧阳是我妈，我爸叫陈山")
    assert taken.session.errand.subject.name == "陈山"


@over(CORRECTIONS)
def test_number_of_the_other_relative_is_not_kept(words):
    taken = say_with_faq(talk(Session(), *FATHER, "李秀英", "1", NUMBER_4).session, words)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.ID_TYPE, "陈山")
    assert taken.session.errand.subject.number == ""


@over([(), ("1",)], ["王芳是我妈，我爸叫陈山", "李秀英是我爸，我爸叫陈山", "是我妈，我爸叫陈山"])
def test_correction_that_denies_nothing_entered_is_not_taken(*more_and_words):
    *more, words = more_and_words
    taken = say_with_faq(talk(Session(), *FATHER, "李秀英", *more).session, words)
    assert taken.session.errand.subject.name == "李秀英"


@over(
    [
        *(
            "李秀英是我爸",
            "李秀英是我爸，没错",
            "李秀英是我妈",
            "李秀英是我妈，我爸死了",
            "李秀英是我妈，我爸呢",
        ),
        *(
            "李秀英是我妈，我爸叫我来办",
            "李秀英是我妈我爸都在",
            "李秀英是我妈，我爸叫什么",
            "李秀英是我妈和我爸",
        ),
    ]
)
def test_other_words_name_nobody_else(words):
    for more in ((), ("1",), ("1", NUMBER_4)):
        session = talk(Session(), *FATHER, "李秀英", *more).session
        taken = say_with_faq(session, words)
        assert taken.session.errand.subject.name in {"", "李秀英"}, more
