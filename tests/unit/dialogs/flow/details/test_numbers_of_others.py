"""A number beside another person's name, or of a document that was renewed, is not taken unnoticed."""

from dialogs.session import Draft, Session, State
from dialogs.values import IdType
from messages.language.keys import Key
from messages.outbound import Say
from tests.support.dialog.dialogue import (
    DETAILS,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    OTHER,
    TO_READ_BACK_OF_OTHER,
    reply_text,
    talk,
)
from tests.support.tables import over

OLD, NEW = "E12345678", "G87654321"
OWN, HELPER = (*FOR_ONESELF, NAME), (*FOR_OTHER, NAME)
RELATIVE = (*FOR_OTHER, *DETAILS, "李秀英")
NUMBER_4 = "440103195203040125"


def at(*words):
    return talk(Session(), *words).session


@over(
    [[*OWN], [*OWN, "护照"], [*RELATIVE], [*RELATIVE, "护照"]],
    [f"李四护照{OLD}", f"姓名李四，护照{OLD}", f"护照{OLD}李四"],
)
def test_name_beside_a_number_is_read_back_with_it(before, words):
    taken = talk(at(*before), words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject == Draft("李四", IdType.PASSPORT, OLD)
    assert "李*" in reply_text(taken)


@over([[*OWN], [*OWN, "居民身份证"], [*RELATIVE, "居民身份证"]])
def test_name_beside_a_residents_number_is_read_back_with_it(before):
    taken = talk(at(*before), f"李四身份证{NUMBER_4}")
    assert taken.session.errand.subject == Draft("李四", IdType.RESIDENT_ID, NUMBER_4)


@over([[*HELPER], [*HELPER, "护照"]], [f"李四护照{OLD}", f"老王护照{OLD}"])
def test_number_of_somebody_else_is_not_the_helpers(before, words):
    session = at(*before)
    taken = talk(session, words)
    assert (taken.session.state, taken.session.agent) == (session.state, session.agent)
    assert "这里先填您自己的" in reply_text(taken)


@over(
    [([*OWN, "护照"], "这里要填您自己的证件号码"), ([*RELATIVE, "护照"], "这里要填李*英的证件号码")],
    [f"老王护照{OLD}", f"小何的护照是{OLD}", f"王大爷护照号{OLD}"],
)
def test_number_behind_a_form_of_address_is_not_taken(before, answer, words):
    session = at(*before)
    taken = talk(session, words)
    assert (taken.session.state, taken.session.errand) == (session.state, session.errand)
    assert reply_text(taken).startswith(answer)


@over(
    [
        *(f"老陈护照{OLD}", f"我的护照{OLD}", f"中国护照{OLD}", f"{NAME}护照{OLD}", f"普通护照{OLD}"),
        *(f"护照{OLD}请查收", f"师傅护照{OLD}", f"同志，护照{OLD}", f"医生你好，护照{OLD}", f"老师护照{OLD}"),
        *(f"我办养老护照{OLD}", f"我发过去护照{OLD}", f"新换的护照{OLD}", f"护照{OLD}是新的"),
    ]
)
def test_own_number_is_taken(words):
    assert at(*OWN, "护照", words).errand.subject == Draft(NAME, IdType.PASSPORT, OLD)


@over(
    [[*OWN], [*OWN, "居民身份证"]],
    [f"{NUMBER_4}，辛苦", f"余下{NUMBER_4}", f"武汉，{NUMBER_4}", f"{NUMBER_4} 费心", f"文字{NUMBER_4}"],
)
def test_word_or_place_beside_a_number_is_nobodys_name(before, words):
    assert at(*before, words).errand.subject == Draft(NAME, IdType.RESIDENT_ID, NUMBER_4)


@over([f"我叫张三{NUMBER_4}", f"我叫张三，身份证{NUMBER_4}", f"{NAME}{NUMBER_4}"])
def test_writers_own_number_is_not_the_relatives(words):
    taken = talk(at(*RELATIVE, "居民身份证"), words)
    assert (taken.session.state, taken.session.errand.subject.number) == (State.NUMBER, "")
    assert reply_text(taken).startswith("这里要填李*英的证件号码")


def test_number_of_the_mother_is_not_the_fathers():
    father = at(
        "帮我爸认证", "企业职工养老保险", "同意并开始办理", "开始办理", *DETAILS, "陈山", "居民身份证"
    )
    taken = talk(father, f"我妈李秀英{NUMBER_4}")
    assert taken.session.errand.subject == Draft("陈山", IdType.RESIDENT_ID)
    assert reply_text(taken).startswith("这里要填陈*的证件号码")


def test_two_peoples_details_replace_nothing_that_was_read_back():
    session = at(*TO_READ_BACK_OF_OTHER)
    taken = talk(session, f"我妈李秀英{NUMBER_4}我叫陈山440103194905050139")
    assert taken.session.errand == session.errand
    assert "一位一位来" in reply_text(taken)


RENEWED = (
    *(f"护照换了，原来是{OLD}现在是{NEW}", f"护照换了原来是{OLD}现在是{NEW}", f"护照{OLD}换成{NEW}了"),
    *(f"旧护照{OLD}新护照{NEW}", f"新护照{NEW}旧护照{OLD}", f"护照{NEW}，以前的护照号是{OLD}"),
)


@over([[*OWN], [*OWN, "护照"], [*RELATIVE, "护照"]], RENEWED)
def test_present_number_of_a_renewed_document_is_read_back(before, words):
    assert at(*before, words).errand.subject.number == NEW


ONLY_OLD = (
    *(f"护照换了，原来是{OLD}", f"旧护照{OLD}", f"原来的护照号是{OLD}", f"护照{OLD}是旧的"),
    *("旧护照 E 1234 5678", f"以前的护照{OLD}", "旧护照123456789"),
)


@over([[*OWN], [*OWN, "护照"], [*RELATIVE], [*HELPER], [*HELPER, "护照"]], ONLY_OLD)
def test_old_number_of_a_renewed_document_is_asked_about(before, words):
    taken = talk(at(*before), words)
    assert taken.session.state in {State.NUMBER, State.AGENT_NUMBER}
    assert "" in {taken.session.errand.subject.number, taken.session.agent.number}
    assert reply_text(taken).startswith("这像是换掉的旧证件的号码")


@over([OLD, NEW, f"现在是{NEW}", f"新的是{NEW}", f"现在这本的号码是{NEW}"])
def test_number_that_comes_then_is_taken(words):
    assert at(*OWN, "护照", f"旧护照{OLD}", words).errand.subject.number in {OLD, NEW}


def test_old_number_replaces_nothing_that_was_read_back():
    session = at(*OWN, "护照", NEW)
    taken = talk(session, f"原来的护照是{OLD}")
    assert taken.session.errand == session.errand
    assert [effect.key for effect in taken.effects if isinstance(effect, Say)] == [Key.OLD_NUMBER_NOT_TAKEN]
    assert talk(taken.session, "号码错了", OLD).session.errand.subject.number == OLD


@over(
    [
        *(f"以前用护照{OLD}认证的", f"我原来在广州，护照{OLD}", f"老陈护照{OLD}", f"以前没办过，护照{OLD}"),
        *(f"我以前的名字不用了，护照号{OLD}", f"护照{OLD}刚换的", f"新护照{OLD}", f"护照{OLD}以前认证过"),
    ]
)
def test_number_is_not_old_for_what_was_before(words):
    assert at(*OWN, "护照", words).errand.subject.number == OLD


def test_number_of_18_places_is_for_life():
    assert at(*OWN, f"以前的身份证号是{OTHER.number}").errand.subject.number == OTHER.number


@over(
    [
        f"许多 {NUMBER_4}",
        f"高清{NUMBER_4}",
        f"{NUMBER_4} 许多",
        f"{NUMBER_4}，高清",
        f"高兴{NUMBER_4}",
        f"方便{NUMBER_4}",
    ]
)
def test_word_of_every_day_beside_a_number_replaces_no_name(words):
    for before in ((*OWN, "居民身份证"), (*RELATIVE, "居民身份证")):
        asked = at(*before)
        taken = talk(asked, words)
        assert taken.session.state is State.READ_BACK
        assert taken.session.errand.subject == Draft(asked.errand.subject.name, IdType.RESIDENT_ID, NUMBER_4)
        assert talk(taken.session, words).session.errand.subject == taken.session.errand.subject


@over([("姓名许多", "许多"), ("王芳", "王芳"), ("高明", "高明"), ("许多福", "许多福")])
def test_name_that_sounds_like_a_word_is_read_back(words, name):
    assert talk(at(*OWN, "居民身份证"), f"{words} {NUMBER_4}").session.errand.subject.name == name
