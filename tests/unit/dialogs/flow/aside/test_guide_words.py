"""What people ask about the messages, pages and ways in that the operating guide describes."""

from dialogs.immutable_record import replace
from dialogs.session import Session, State
from dialogs.values import Purpose
from tests.support.dialog.dialogue import reply_text, say_with_faq, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

_FACE = ("人脸模型信息不匹配是什么原因", "提示人脸模型信息不匹配", "说我人脸模型不匹配咋办")
_NO_RECORD = (
    *("未查询到认证结果", "显示未查询到认证结果咋回事", "为什么没有查到我的认证结果"),
    *("查不到我的认证结果", "查不到认证记录"),
)
_WAY_IN = ("怎么扫葵花码", "粤省事在哪里点", "在粤省事里怎么认证", "搜索小程序找不到", "扫哪个码进去")
_ALLOWANCE = ("残疾人两项补贴认证", "残疾补贴在这里认证吗", "重度残疾人护理补贴年审", "两项补贴认证")
_LEGAL = ("用户服务协议在哪看", "隐私政策", "《隐私政策》", "我想看看用户协议", "privacy policy")


@over(
    *[
        [
            *((words, "请到亮处") for words in _FACE),
            *((words, "还没有认证记录") for words in _NO_RECORD),
            *((words, "不用找小程序") for words in _WAY_IN),
            *((words, "归民政部门管") for words in _ALLOWANCE),
            *((words, "再输一遍") for words in ("不知道有没有写错", "不知道写错没有")),
            *((words, "退订提醒") for words in ("退订会怎样", "要是退订会怎样")),
            ("想去大厅办在哪里", "柜台办"),
            ("政务大厅能不能弄", "柜台办"),
            ("它让我向左转我分不清左右", "圆点"),
            ("打视频电话的时候能刷吗", "先挂断视频通话"),
            ("没有灯", "请开灯"),
            ("太阳太大", "太阳底下"),
        ]
    ]
)
def test_question_about_the_guide_has_its_answer(words, answer):
    taken = say_with_faq(Session(), words)
    assert answer in reply_text(taken)
    assert taken.session.state is State.HOME


@over(_LEGAL, (State.HOME, State.MANNER, State.NAME))
def test_legal_texts_are_at_hand_wherever_they_are_asked_for(words, state):
    taken = say_with_faq(session_in(state), words)
    assert all(link in reply_text(taken) for link in ("https://h/a", "https://h/p"))
    assert taken.session.state is state


def test_question_that_links_the_legal_texts_is_not_preceded_by_them():
    assert reply_text(say_with_faq(session_in(State.AGREEMENT), "隐私政策在哪")).count("《隐私政策》") == 1


def test_query_for_another_begins_where_nothing_is_under_way():
    for words in (("为他人查询",), ("认证信息查询", "为他人查询"), ("为他人查询", "为他人查询")):
        taken = talk(Session(), *words)
        assert "查认证结果" in reply_text(taken)
        asked = talk(taken.session, "企业职工养老保险", "同意并开始办理", "认证信息查询")
        assert asked.session.errand.purpose is Purpose.QUERY
        assert "待遇领取人的姓名" in reply_text(asked)


@over(["我没写错", "名字号码都没错", "明明没写错怎么对不上"])
def test_remark_after_a_mismatch_is_understood(words):
    mismatch = replace(session_in(State.MISMATCH), misses=0)
    assert "没明白" not in reply_text(say_with_faq(mismatch, words))


@over(
    [
        *("粤省事上弄过了算不算", "社区弄过了算不算", "粤省事认证过了有效吗", "支付宝上认证成功了算数吗"),
        *("我在粤省事认证过了还要办吗", "村里统一认证过了还用刷吗", "去年在村里办的算不算"),
        "银行给我刷过了还要再认证吗",
    ]
)
def test_check_made_elsewhere_is_not_looked_up_here(words):
    assert "一般都是同一个记录" in reply_text(say_with_faq(Session(), words))


@over(["我没写错", "没写错", "都没错", "名字号码都没错", "没有写错", "信息都对"])
def test_nothing_wrong_at_the_read_back_confirms_it(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert taken.session.state is State.CHECKING


@over(["名字没写错，号码写错了", "号码没写错，名字写错了", "名字没有写错，身份证写错了"])
def test_something_else_wrong_at_the_read_back_is_edited(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert taken.session.state is State.NAME


@over(["我同意用户服务协议和隐私政策", "同意《用户服务协议》和《隐私政策》", "我同意以上协议"])
def test_consent_may_name_both_texts(words):
    assert say_with_faq(session_in(State.AGREEMENT), words).session.state is State.GUIDE


@over(["不同意用户服务协议和隐私政策", "我不同意协议", "同意用户服务协议", "同意隐私政策吗"])
def test_no_other_word_about_them_consents(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert taken.session.state is State.AGREEMENT
    assert words[0] != "不" or "不同意也没关系" in reply_text(taken)


@over(
    [
        *(
            ("没到期办了算不算", "早办不吃亏"),
            ("早办了会不会少一年", "早办不吃亏"),
            ("提前办了算不算", "早办不吃亏"),
        ),
        *(("后面有人照片影响吗", "只留您一张脸"), ("墙上挂着照片它认成照片了", "只留您一张脸")),
        *(("下半张脸挡住了", "摘下口罩"), ("我转了钱了", "马上拨 110"), ("钱已经转过去了", "马上拨 110")),
        *(("我刚汇了款", "马上拨 110"), ("我给他转了账了怎么办", "马上拨 110")),
    ]
)
def test_worry_about_a_check_has_its_answer(words, answer):
    assert answer in reply_text(say_with_faq(Session(), words))


@over(["我妈走了好久了怎么还提醒", "老伴走了很久了还发提醒"])
def test_reminders_of_somebody_long_dead_begin_a_report(words):
    assert say_with_faq(Session(), words).session.errand.purpose is Purpose.REPORT


@over(
    [
        "我妈走了好久了怎么还没到家",
        "我爸走了很久了还发微信",
        "养老金转到别的卡了",
        "钱什么时候转过来",
        "我儿子给我汇了钱",
        "我转了账户",
        "我转了一下头",
    ]
)
def test_like_words_mean_neither_a_death_nor_a_swindle(words):
    taken = say_with_faq(Session(), words)
    assert taken.session.errand.purpose is not Purpose.REPORT
    assert "110" not in reply_text(taken)
