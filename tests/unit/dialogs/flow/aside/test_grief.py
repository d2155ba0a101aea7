"""Despair is answered with a helpline and people; a question about a survivor's check is no death report."""

import pytest

from dialogs.effects import ReportDeath
from dialogs.flow.outcome import choices
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Draft, Session, State
from dialogs.values import Identity, IdType, Purpose, Scheme, Subject
from messages.language.keys import Key
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    DETAILS_OF_OTHER,
    NOW,
    NUMBER,
    OTHER,
    reply_text,
    reply_texts,
    say_with_faq,
    session_of,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

DESPAIR = (
    *("我想死", "活着没意思", "不想活了", "唔想做人", "活够了", "死了算了", "想自杀", "我想跳楼"),
    *("生不如死",),
    *("人活着真没意思", "活着有什么意思", "做人冇意思", "老了没用了不如死了", "让我死了吧"),
    *("想死的心都有了",),
    *("我妈说她不想活了", "活著冇意思", "我活不下去了", "早点死了好", "喝农药算了"),
    *("I want to die", "I don't want to live any more", "I will kill myself"),
    *("there is no point in living",),
    *(
        "我不想死，可是真的活不下去了",
        "没想过死，就是不想活了",
        "我不想活在这世上了",
        "还不如死了",
        "自杀算了",
    ),
    *("I do not want to die but life is meaningless",),
    *("我妈叫李秀英，死了，我也不想活了", "李秀英，不想活了"),
    *("我要跳楼", "不如跳楼", "我去跳河算了", "我要上吊", "我要死", "死掉算了", "没法活了", "撑不下去了"),
    *("我老伴去世了，我也不活了", "我叫陈建国，我也不活了"),
    *("我老伴王秀英死了，我不想活了", "我妈李秀英走了三年了，我想死", "老伴走了好久了，我活不下去了"),
)
NO_DESPAIR = (
    *("我想死你了", "想死孙子了", "气死我了", "急死人了", "我不想死", "我还活着", "我妈死了"),
    "证明我还活着",
    *("累得要死", "跳楼价", "我不要跳楼", "养老金停了没法活了"),
    *("我老伴死了好几年了", "我爸死了好多年了，要不要报告", "他死了好久了怎么办", "没想自杀"),
    *("我们这儿有人还是死了", "邻居自杀了，我要报告去世", "我妈睡不着天天吃安眠药，能刷脸吗"),
    *("想一想死者怎么报告", "早点死了的那个老人", "I don't want to live with my son any more"),
    "I don't want to die",
)
SURVIVORS = (
    *("我爸走了以后我妈的怎么认", "我爸走了，我妈的怎么认证", "老伴走了以后我的怎么认"),
    *("我爸去世后我妈怎么认证",),
    *("爸爸过世了，妈妈还要认证吗", "我爸去世了以后我妈的养老金还要认证吗", "阿爸过咗身，阿媽點認證"),
    *("我爷爷走了，奶奶的还用认吗", "老头子走了，我自己怎么认", "老伴去世了我还要认证吗"),
    *("我爸不在了，我妈的怎么弄",),
    "my father died, how does my mother certify",
)
REPORTS = (
    *("我妈走了", "我爸走了怎么办", "我爸走了我怎么办", "我爸去世了，我妈让我来取消他的认证"),
    *("我爸走了，我要取消认证",),
    *("我爸死了，我来报告一下", "我爸走了还要认证吗", "my father died, what do I do"),
)


def key_of(taken):
    (message,) = taken.effects
    return message.key


@over([State.HOME, State.NAME, State.READ_BACK, State.CAPTURE], DESPAIR)
def test_despair_is_answered_with_the_helpline_and_changes_nothing(place, words):
    before = session_in(place)
    taken = talk(before, words)
    assert key_of(taken) is Key.DISTRESS
    assert "12356" in reply_text(taken)
    assert Label.HUMAN in choices(taken.session)
    after = replace(taken.session, offered=(), language=before.language, touched_at=before.touched_at)
    assert after == before


@over(NO_DESPAIR)
def test_figure_of_speech_is_not_read_as_despair(words):
    assert key_of(talk(Session(), words)) is not Key.DISTRESS


@over([State.HOME, State.READ_BACK], SURVIVORS)
def test_question_about_the_survivor_starts_no_report(place, words):
    taken = talk(session_in(place), words)
    assert (key_of(taken), taken.session.state) == (Key.SURVIVOR, place)
    assert Label.REPORT_DEATH in choices(taken.session)


@pytest.mark.parametrize("words", REPORTS)
def test_death_report_is_recognised(words):
    assert key_of(talk(Session(), words)) is Key.NAME_OF_DEAD


def test_details_in_a_death_report_are_read_back_and_not_asked_for_again():
    taken = talk(Session(), f"我妈{OTHER.name}去世了，她的身份证号{OTHER.number}")
    assert (taken.session.state, taken.session.errand.subject.identity()) == (State.READ_BACK, OTHER)
    assert reply_text(taken).startswith(
        "请节哀。核对以后，我会停止提醒，并告知社保经办机构。\n请核对：欧阳*兰，"
    )
    assert ReportDeath(OTHER) in talk(taken.session, "确认上报").effects


@pytest.mark.parametrize("words", ["我爸陈大文病逝了", "我爸陈大文死了", "我爸叫陈大文，死了"])
def test_name_in_a_death_report_is_followed_by_its_document(words):
    taken = talk(Session(), words)
    assert "\n请选择陈大文的证件类型" in reply_text(taken)
    assert talk(taken.session, *DETAILS_OF_OTHER[1:]).session.state is State.READ_BACK


@over(
    [
        *("我爸安详去世了", "我妈宫颈癌去世了", "我妈平静地去世了", "张阿婆去世了", "我爸于去年去世了"),
        *(
            "我妈周三去世了",
            "陈先生去世了",
            "我妈陈大文去世了吗",
            "陈大文的爸爸去世了",
            "我叫陈建国，我妈死了",
        ),
        f"我妈死了，我的身份证{NUMBER}",
    ]
)
def test_other_words_beside_a_death_are_no_details_of_the_deceased(words):
    taken = talk(Session(), words)
    assert (key_of(taken), taken.session.errand.subject) == (Key.NAME_OF_DEAD, Draft())


def test_choice_beside_the_survivor_answer_starts_a_report():
    taken = talk(session_of(OTHER), "我爸走了以后我妈的怎么认", "报告去世")
    assert key_of(taken) is Key.NAME_OF_DEAD


@over(
    [["我爸去世了"], ["我爸去世了", *DETAILS_OF_OTHER], ["我爸去世了", *DETAILS_OF_OTHER, "确认上报"]],
    [
        "那他的养老金还发吗",
        "他的钱还发吗",
        "养老金会停吗",
        "工资还能领几个月",
        "卡里的钱怎么办",
        "does the pension stop now",
    ],
)
def test_pension_question_in_a_death_report_never_suggests_a_check(told, words):
    session = Session()
    for said_before in told:
        session = say_with_faq(session, said_before).session
    taken = say_with_faq(session, words)
    text = " ".join(reply_texts(taken))
    assert "补上认证" not in text
    assert "下个月" in text or "next month" in text
    assert taken.session.state is session.state


@pytest.mark.parametrize(
    "words", ["老伴走了上个月", "老人家走了上周", "老伴死了剩我一个人", "等一下，我妈死了", "稍等，我爸走了"]
)
def test_death_told_in_another_word_order_is_recognised(words):
    taken = say_with_faq(Session(), words)
    assert taken.session.errand.purpose is Purpose.REPORT
    assert "节哀" in reply_text(taken)


@pytest.mark.parametrize(
    "words", ["等我妈死了再说", "等到他走了以后再办", "我妈走了去年的老路", "等会儿我爸走了再弄"]
)
def test_hypothetical_death_starts_no_report(words):
    assert say_with_faq(Session(), words).session.errand.purpose is not Purpose.REPORT


NAMED = (
    *("我妈叫李秀英，死了", "我妈叫李秀英，已经走了", "她叫李秀英，死了"),
    *("李秀英，死了", "李秀英，已经去世了"),
    *(f"我妈李秀英死了，身份证{NUMBER}", f"李秀英，死了 {NUMBER}", f"李秀英不在了，号码是{NUMBER}"),
    *("我邻居李秀英死了", f"我邻居李秀英死了，身份证号{NUMBER}", "我大伯李秀英去年过世了"),
)
MOTHER = Identity("李秀英", IdType.RESIDENT_ID, NUMBER)
WITH_MOTHER = replace(
    session_of(OTHER), people=(CertifiedPerson(Subject(Scheme.EMPLOYEE, MOTHER, "440100"), NOW.date(), NOW),)
)


WITH_NUMBER = tuple(words for words in NAMED if NUMBER in words)
WITHOUT_NUMBER = tuple(words for words in NAMED if NUMBER not in words)


@over(State, NAMED)
def test_death_told_after_a_name_is_reported_only_when_it_is_confirmed(place, words):
    taken = say_with_faq(session_in(place), words)
    assert not any(isinstance(effect, ReportDeath) for effect in taken.effects)
    assert (taken.session.errand.purpose, taken.session.errand.subject.name) == (Purpose.REPORT, "李秀英")


@over(
    [
        *WITH_NUMBER,
        f"我妈李秀英去世了身份证{NUMBER}",
        f"我妈李秀英上个月走了，身份证{NUMBER}",
        f"我妈去世了 李秀英 {NUMBER}",
        f"我妈上个月去世了身份证号是{NUMBER}名字叫李秀英",
        f"我叫陈大文，我妈李秀英死了，身份证{NUMBER}",
        f"我妈李秀英走了三年了 {NUMBER}",
    ]
)
def test_name_and_number_of_a_death_report_are_read_back(words):
    taken = say_with_faq(Session(), words)
    assert (taken.session.state, taken.session.errand.subject) == (State.READ_BACK, Draft.of(MOTHER))
    assert taken.session.errand.purpose is Purpose.REPORT
    assert "节哀" in reply_text(taken)
    assert "李*英" in reply_text(taken)
    confirmed = say_with_faq(taken.session, "确认上报")
    assert [one.person for one in confirmed.effects if isinstance(one, ReportDeath)] == [MOTHER]


def test_number_of_a_death_report_is_kept_until_the_name_is_told():
    asked = say_with_faq(Session(), f"我妈死了，身份证{NUMBER}")
    assert "我先记着" in reply_text(asked)
    named = say_with_faq(asked.session, "李秀英")
    assert (named.session.state, named.session.errand.subject) == (State.READ_BACK, Draft.of(MOTHER))


@over([f"我爸叫王建国，我妈去世了，身份证{NUMBER}", "我爸叫王建国，她死了", "我叫陈建国，我妈死了"])
def test_details_of_somebody_else_are_not_those_of_the_deceased(words):
    taken = say_with_faq(Session(), words)
    assert (key_of(taken), taken.session.errand.subject) == (Key.NAME_OF_DEAD, Draft())


@over([Session(), WITH_MOTHER], WITHOUT_NUMBER)
def test_name_of_the_deceased_is_read_beside_a_repeated_death(before, words):
    asked = talk(before, "我妈死了").session
    taken = talk(asked, words)
    assert taken == talk(asked, f"李秀英 {NUMBER}" if NUMBER in words else "李秀英")
    assert taken.session.errand.subject.name == "李秀英"


@over([Session(), WITH_MOTHER], WITH_NUMBER)
def test_number_beside_a_repeated_death_is_kept(before, words):
    taken = talk(before, "我妈死了", words)
    assert (taken.session.state, taken.session.errand.subject) == (State.READ_BACK, Draft.of(MOTHER))


def test_known_relative_is_found_by_the_name_in_the_report():
    taken = talk(WITH_MOTHER, "我妈死了", "她叫李秀英，死了")
    assert (taken.session.state, taken.session.errand.subject) == (State.READ_BACK, Draft.of(MOTHER))


@pytest.mark.parametrize("words", ["我爸叫王建国，我妈去世了", "我爸叫王建国，她死了"])
def test_name_of_another_relative_is_not_that_of_the_deceased(words):
    taken = talk(Session(), "我妈死了", words)
    assert (key_of(taken), taken.session.errand.subject.name) == (Key.NAME_OF_DEAD, "")


DEATHS_WITH_NUMBER = ("我爸陈大文上个月走了", "我爸陈大文死了", "我爸叫陈大文上个月走了", "我爸陈大文不在了")


@over(DEATHS_WITH_NUMBER, ["身份证", "，身份证号是", " "])
def test_any_name_beside_a_number_is_read_back_in_a_death_report(words, number_words):
    taken = say_with_faq(Session(), f"{words}{number_words}{NUMBER}")
    errand = taken.session.errand
    assert (taken.session.state, errand.purpose, errand.subject.name) == (
        State.READ_BACK,
        Purpose.REPORT,
        "陈大文",
    )


@over([f"我爸上个月走了身份证号{NUMBER}", f"我妈走了身份证{NUMBER}", f"老伴不在了{NUMBER}"])
def test_number_straight_after_a_death_is_kept(words):
    taken = say_with_faq(Session(), words)
    assert (taken.session.state, taken.session.errand.purpose) == (State.NAME, Purpose.REPORT)
    assert "我先记着" in reply_text(taken)


@over(["我爸陈大文走了半天才到", "我爸陈大文走了", f"我爸陈大文今天没来，身份证{NUMBER}", "我妈走了10天的路"])
def test_walk_or_absence_starts_no_report(words):
    assert say_with_faq(Session(), words).session.errand.purpose is not Purpose.REPORT


@over(["嗯走了", "走了", "死了", "唉走得早", "嗯死了", "哎呀没了", "人没了", "哦"])
def test_sighs_are_no_name_of_the_deceased(words):
    taken = talk(Session(), "我老头子去年走了", words)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.NAME, "")


@over(["嗯陈大山", "哦陈大山", "唉，陈大山", "嗯嗯叫陈大山"])
def test_name_after_a_sigh_is_taken(words):
    assert talk(Session(), "我老头子去年走了", words).session.errand.subject.name == "陈大山"
