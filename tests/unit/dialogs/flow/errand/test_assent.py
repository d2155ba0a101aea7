"""Words of assent continue the errand; those that are not assent do not."""

from dialogs.effects import CheckEligibility, ReportDeath
from dialogs.session import Session, State
from dialogs.values import Manner, Scheme
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    NUMBER,
    OTHER,
    opened_capture,
    reply_text,
    say_with_faq,
    talk,
    talk_to_notice,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over


@over(
    [
        "好的呀",
        "可以了",
        "行啊",
        "好好好",
        "来吧",
        "刷吧",
        "现在就刷",
        "准备好啦",
        "开始刷脸",
        "我要刷脸认证",
        "要得",
        "是我",
        "没错",
        "正确",
    ]
)
def test_any_assent_at_the_notice_opens_the_capture(words):
    assert opened_capture(talk(talk_to_notice().session, words)).subject.number == NUMBER


@over(["对的没错", "是我", "对啊就是我", "确实是", "是的是的", "好吧", "要得", "中", "确认无误", "提交"])
def test_any_assent_at_read_back_continues(words):
    assert isinstance(talk(session_in(State.READ_BACK), words).effects[0], CheckEligibility)


@over(["成", "妥", "系", "对头", "系呀", "妥了", "对头对头"])
def test_assent_in_dialect_continues_but_is_not_consent(words):
    assert isinstance(talk(session_in(State.READ_BACK), words).effects[0], CheckEligibility)
    assert talk(session_in(State.AGREEMENT), words).session.state is State.AGREEMENT


@over(["成了", "成吗", "妥吗", "不成", "系咪", "唔系", "同意吧？", "成，我爸去世了"])
def test_doubt_or_death_is_not_read_as_assent(words):
    taken = talk(session_in(State.READ_BACK), words)
    assert not any(isinstance(effect, CheckEligibility) for effect in taken.effects)


@over(
    ["同意啦", "哦同意", "那我就同意", "好的，同意", "嗯我同意了", "行，同意开始办理", "要得同意", "同意呗"]
)
def test_consent_may_have_other_words_around_it(words):
    assert talk(session_in(State.AGREEMENT), words).session.state is State.GUIDE


@over(
    [
        "同意吧",
        "同意嘛",
        "同意了嘛",
        "我可以同意嘛",
        "可以同意啊",
        "同意额",
        "那我同意呃",
        "哦不同意",
        "我老伴同意",
        "好的",
        "同意啦？",
        "都同意吗",
        "他同意了",
        "同意什么",
        "那就不同意了",
    ]
)
def test_doubtful_consent_is_none(words):
    assert talk(session_in(State.AGREEMENT), words).session.state is State.AGREEMENT


@over(["帮我妈认证", "我要给我妈认证", "帮我妈办"])
def test_errand_for_a_relative_continues_when_the_relative_is_named_again(words):
    before = talk(Session(), "帮我妈认证", "企业职工", "同意", "开始", *DETAILS, OTHER.name).session
    taken = talk(before, words)
    assert (taken.session.state, taken.session.errand) == (State.ID_TYPE, before.errand)
    assert talk(before, "帮我爸认证").session.state is State.HOME


@over(["看不懂协议", "我老了看不懂"])
def test_agreement_that_is_not_understood_is_shown_again(words):
    assert "《隐私政策》" in reply_text(say_with_faq(session_in(State.AGREEMENT), words))


@over(["好的呀", "可以了", "行啊", "对的没错", "要得", "嗯嗯好"])
def test_plain_assent_is_not_consent(words):
    assert talk(session_in(State.AGREEMENT), words).session.state is State.AGREEMENT


@over([State.NAME, State.NUMBER, State.READ_BACK], ["我要认证", "要认正", "我自己要认证", "刷脸"])
def test_request_to_certify_amid_an_errand_keeps_the_state(state, words):
    taken = talk(session_in(state), words)
    assert taken.session.state is state
    assert taken.session.errand == session_in(state).errand


def test_other_scheme_or_person_amid_an_errand_starts_another():
    assert talk(session_in(State.NAME), "城乡居民认证").session.errand.scheme is Scheme.RESIDENT
    assert talk(session_in(State.NAME), "帮我妈认证").session.errand.manner is Manner.AGENT


@over([State.NAME, State.READ_BACK, State.NOTICE], ["然后呢", "下面呢", "还要做什么", "接下来怎么办"])
def test_asking_what_comes_next_repeats_the_question_of_the_state(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert any(part in reply_text(taken) for part in ("姓名", "刷脸"))
    assert "没明白" not in reply_text(taken)


@over(["yes that is me", "that's right", "yes, correct", "go ahead"])
def test_english_assent_at_read_back_continues(words):
    assert isinstance(talk(session_in(State.READ_BACK), words).effects[0], CheckEligibility)


@over(["我要认证", "办理认证", "我要刷脸"])
def test_request_to_certify_at_the_agreement_asks_to_agree(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert taken.session.state is State.AGREEMENT
    assert "用户服务协议" in reply_text(taken)


@over(["帮我妈认证", "城乡居民认证"])
def test_other_person_or_scheme_at_the_agreement_starts_another_errand(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert taken.session.errand != session_in(State.AGREEMENT).errand


@over(
    [
        *("没错没错就是我", "对的没错就是本人", "就是我本人", "没得错", "错不了", "对就是这个"),
        *("是的没错就是这个人", "对头就是我", "嗯嗯就是我自己"),
    ]
)
def test_emphatic_assent_at_read_back_continues(words):
    assert isinstance(talk(session_in(State.READ_BACK), words).effects[0], CheckEligibility)


RELATIVES = ("对对对是她", "是的就是他", "对是我妈", "嗯嗯是我妈", "就是她呀", "没错就是她本人", "是他没错")


@over(RELATIVES)
def test_assent_that_it_is_the_relative_continues_the_relatives_errand(words):
    before = talk(Session(), "帮我妈认证", "企业职工", "同意", "开始", *DETAILS, *DETAILS_OF_OTHER).session
    assert isinstance(talk(before, words).effects[0], CheckEligibility)


@over(RELATIVES)
def test_assent_that_own_details_are_a_relatives_begins_for_the_relative(words):
    taken = talk(session_in(State.READ_BACK), words)
    assert (taken.session.state, taken.session.errand.manner) == (State.AGREEMENT, Manner.AGENT)
    assert taken.session.errand.early.given.number == NUMBER
    assert "好的，现在给您" in reply_text(taken)


def test_another_relative_than_the_errands_confirms_nothing():
    before = talk(Session(), "帮我妈认证", "企业职工", "同意", "开始", *DETAILS, *DETAILS_OF_OTHER).session
    taken = talk(before, "对是我爸")
    assert (taken.session.state, taken.effects[1:]) == (State.READ_BACK, ())


@over([State.MANNER], ["是我妈", "对是我爸", "嗯是我老伴"])
def test_relative_in_answer_to_for_whom_begins_for_them(state, words):
    assert talk(session_in(state), words).session.state is State.AGENT_NAME


@over(
    [State.ID_TYPE, State.NUMBER, State.AGENT_ID_TYPE, State.AGENT_NUMBER],
    ["是她", "对是她", "是我妈", "就是她的"],
)
def test_assent_at_the_question_for_a_document_is_answered_by_that_question(state, words):
    taken = talk(session_in(state), words)
    assert taken.session.state is state
    assert "证件" in reply_text(taken)
    assert "我没明白" not in reply_text(taken)


@over([*RELATIVES, "对的对的没错", "错不了", "对头就是他"])
def test_assent_is_nobodys_name(words):
    assert talk(session_in(State.NAME), words).session.state is State.NAME
    assert talk(session_in(State.AGENT_NAME), words).session.state is State.AGENT_NAME


@over(["是她吗", "是我吗", "她是谁", "不是她", "是他的吗", "这个", "就是不想刷", "是她女儿", "是我妈办的"])
def test_doubt_about_the_person_confirms_nothing(words):
    effects = talk(session_in(State.READ_BACK), words).effects
    assert not any(isinstance(effect, CheckEligibility) for effect in effects)


@over([State.AGREEMENT, State.GUIDE, State.NOTICE, State.CAPTURE], ["对对对是她", "是她是她", "对，就是我妈"])
def test_assent_about_a_relative_where_nobody_is_asked_about_gets_the_question_again(place, words):
    before = session_in(place)
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand) == (place, before.errand)
    assert "没明白" not in reply_text(taken)


def test_assent_about_the_dead_reports_nothing():
    read_back = talk(Session(), f"我妈李秀英死了，身份证{OTHER.number}")
    taken = talk(read_back.session, "对对对是她")
    assert taken.session.state is State.READ_BACK
    assert not any(isinstance(effect, ReportDeath) for effect in taken.effects)
