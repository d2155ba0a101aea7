"""A remark at a question (small letters, doubt, anger) is answered, and the question asked again."""

from dialogs.effects import CheckEligibility
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Session, State
from dialogs.values import Manner
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    TO_READ_BACK,
    reply_text,
    reply_texts,
    say_with_faq,
    talk,
    talk_to_notice,
)
from tests.support.dialog.states import EVERYWHERE, session_in
from tests.support.tables import over

QUESTIONS = {
    State.NAME: "姓名",
    State.NUMBER: "证件号码",
    State.AGENT_NAME: "姓名",
    State.AGENT_NUMBER: "证件号码",
}
TO_NAME_OF_OTHER = (*FOR_OTHER, *DETAILS)


def asked_again(state, words, *told):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    answer = reply_text(taken)
    assert all(part in answer for part in (*told, QUESTIONS[state]))


SMALL = (
    "眼花看不清",
    "字太小",
    "我眼睛花，看不清楚",
    "看不清",
    "老花眼看不清号码",
    "字细睇唔清",
    "字能不能放大点",
    "没戴眼镜看不清",
    "老花镜找不到，看不清",
)


@over(QUESTIONS, SMALL)
def test_small_print_complaint_is_answered_with_care_mode_and_help(state, words):
    asked_again(state, words, "关怀模式", "话筒", "家人", "柜台")


@over([State.NOTICE, State.CAPTURE, State.READ_BACK], SMALL)
def test_small_print_complaint_near_capture_is_answered_with_care_mode(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "关怀模式" in reply_text(taken)


@over([State.NOTICE, State.CAPTURE], ["我看不见", "我瞎了", "白内障看不清"])
def test_blind_person_near_capture_is_told_of_help(state, words):
    assert "没有人会因为做不了动作" in reply_text(say_with_faq(session_in(state), words))


@over(["the letters are too small", "I can't read this, my eyes are bad"])
def test_small_print_complaint_is_answered_in_english(words):
    taken = say_with_faq(session_in(State.NUMBER), words)
    assert taken.session.language is Language.ENGLISH
    assert all(part in reply_text(taken) for part in ("Care mode", "family", "counter", "number"))


@over(["X是大写还是小写", "最后一位是X怎么打", "我身份证上最后是个叉"])
def test_letter_x_in_an_id_number_is_explained(words):
    asked_again(State.NUMBER, words, "大写小写都行")


@over(
    [
        "照片发你看行不行",
        "我把身份证拍照发给你",
        "我写在纸上拍给你行吗",
        "可以拍照吗",
        "can I send you a photo",
    ]
)
def test_offer_of_a_photo_of_the_number_is_answered_with_please_type(words):
    told = reply_text(say_with_faq(session_in(State.NUMBER), words))
    assert any(part in told for part in ("请打字", "Please type"))


@over([State.NAME, State.NUMBER], ["为什么要身份证号码", "号码不想给你", "不想写名字", "要我的名字干嘛"])
def test_question_why_details_are_needed_is_answered(state, words):
    asked_again(state, words, "加密保存", "柜台")


@over([State.NAME, State.NUMBER], ["写过了", "昨天填过了", "上次填过了", "你们不是有我的信息吗"])
def test_objection_that_details_were_entered_before_is_answered(state, words):
    asked_again(state, words, "再填一次")


@over(["谁的名字", "写谁的", "写我的还是我妈的", "写老人的名字吗"])
def test_question_whose_name_to_enter_is_answered(words):
    assert "您自己的姓名" in reply_text(say_with_faq(session_in(State.NAME), words))
    other = talk(Session(), *TO_NAME_OF_OTHER).session
    assert "待遇领取人的姓名" in reply_text(say_with_faq(other, words))


@over(["为什么有星号", "星星是什么", "星号啥意思", "号码怎么看不全", "why are there stars"])
def test_masked_middle_of_the_number_is_explained(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert taken.session.state is State.READ_BACK
    assert "4401**********0120" in reply_text(taken)
    assert any(why in reply_text(taken) for why in ("盖住", "covered"))


@over(["不同意", "为什么要同意", "协议是什么", "I do not agree"])
def test_refusal_of_the_agreement_is_answered_with_alternatives(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert taken.session.state is State.AGREEMENT
    assert any(way in reply_text(taken) for way in ("柜台", "counter"))


@over(
    [State.GUIDE, State.NAME, State.NUMBER, State.READ_BACK, State.CAPTURE],
    ["气死我了", "什么破系统", "烦死人了天天认证", "垃圾系统", "傻逼", "滚", "急死了"],
)
def test_anger_is_answered_with_human_help_and_keeps_the_state(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "人工服务" in reply_text(taken)
    assert taken.session.errand.subject.name != words


@over(
    [State.HOME, State.NAME, State.CAPTURE],
    ["太麻烦了", "真麻烦", "好麻烦啊", "麻烦死了", "烦死了", "认证太麻烦了", "太麻烦，不办了"],
)
def test_complaint_about_the_trouble_is_answered_with_an_apology(state, words):
    told = reply_text(say_with_faq(session_in(state), words))
    assert "不客气" not in told
    assert "对不起" in told


@over(["真麻烦，帮我妈认证吧", "好麻烦帮我妈认证", "太麻烦了，帮我爸年审"])
def test_request_beside_a_complaint_is_followed(words):
    assert say_with_faq(Session(), words).session.errand.manner is Manner.AGENT


@over(
    [
        ("太麻烦了，查一下", Intent.QUERY),
        ("太麻烦了，不是我认证的", Intent.MISUSED),
        ("好麻烦，继续", Intent.CONTINUE),
    ]
)
def test_intent_beside_a_complaint_takes_precedence(words, intent):
    assert read(words).intent is intent


def test_name_beside_a_complaint_is_accepted():
    assert (
        say_with_faq(session_in(State.NAME), "太麻烦了，我叫陈建国").session.errand.subject.name == "陈建国"
    )


@over(["麻烦了", "麻烦你了", "太麻烦您了", "真麻烦你们", "好，麻烦了", "谢谢，太麻烦了", "辛苦了，麻烦大家"])
def test_polite_apology_for_the_trouble_is_answered_politely(words):
    assert "不客气" in reply_text(say_with_faq(Session(), words))


@over([State.HOME, State.GUIDE, State.CAPTURE], ["不同意", "I do not agree"])
def test_refusal_in_other_states_is_answered_with_alternatives(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert any(way in reply_text(taken) for way in ("柜台", "counter"))


@over([State.NAME, State.NUMBER, State.READ_BACK], ["怎么弄", "啷个办嘛", "莫得办法", "俺不会弄", "搞不赢"])
def test_lost_person_is_encouraged_and_the_question_repeated(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "一步一步来" in reply_text(taken)
    assert any(part in reply_text(taken) for part in ("姓名", "证件号码"))


@over(["残疾证", "户口本"])
def test_disability_card_at_id_type_choice_is_not_read_as_illness(words):
    session = talk(Session(), *FOR_ONESELF, NAME).session
    taken = say_with_faq(session, words)
    assert taken.session.state is State.ID_TYPE
    assert "居民身份证" in reply_text(taken)
    assert "上门" not in reply_text(taken)


def test_thanks_with_a_form_of_address_are_read_as_thanks():
    assert "不客气" in reply_text(
        say_with_faq(talk(Session(), EMPLOYEE, *TO_READ_BACK).session, "谢谢你小姑娘")
    )


@over([State.NAME, State.NUMBER], ["我念给你听", "发语音行吗", "能不能发语音给你"])
def test_request_to_speak_is_answered_with_the_microphone(state, words):
    asked_again(state, words, "话筒")


@over(["李秀英，木子李", "木子李，李秀英", "身份证上写的是李秀英", "李秀英老太太"])
def test_name_is_found_beside_its_spelling(words):
    assert talk(session_in(State.NAME), words).session.errand.subject.name == "李秀英"


def test_message_received_for_a_deceased_relative_is_answered_kindly():
    assert "请节哀" in reply_text(say_with_faq(Session(), "我爸爸去年走了今年还收到短信"))


@over(["小名可以吗", "昵称行吗", "繁体字行吗", "我有两个名字"])
def test_question_which_name_counts_is_answered_with_the_document(words):
    assert "照着证件写" in reply_text(say_with_faq(session_in(State.NAME), words))


def test_name_of_a_relative_at_own_name_is_answered_with_agent_way():
    assert "为他人办理" in reply_text(say_with_faq(session_in(State.NAME), "这是我妈的名字"))


@over([State.NAME, State.READ_BACK], ["I don't know what to do", "I do not know how to do this"])
def test_lost_person_is_encouraged_in_english(state, words):
    told = reply_text(say_with_faq(session_in(state), words))
    assert "one step at a time" in told


def test_sleeping_beneficiary_at_the_notice_is_answered_with_no_hurry():
    assert "no hurry" in reply_text(say_with_faq(talk_to_notice().session, "she is asleep"))


@over(
    [State.HOME, State.AGREEMENT, State.GUIDE, State.MANNER, State.READ_BACK],
    ["为什么要身份证", "为啥要我的号码"],
)
def test_question_why_details_are_needed_is_answered_in_other_states(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "只用来找到您在社保的登记" in reply_text(taken)


@over(["字太小", "怎么是*"])
def test_remark_after_a_record_is_answered(words):
    assert "已经办完了" in reply_text(say_with_faq(session_in(State.RECORD), words))


@over(
    [*EVERYWHERE, State.NOTICE, State.CAPTURE, State.PASSED],
    ["再发一次", "再说一次", "请再发一遍", "Say it again"],
)
def test_request_to_repeat_the_message_is_understood(state, words):
    before = session_in(state)
    taken = say_with_faq(before, words)
    told = "".join(reply_texts(taken))
    assert told or isinstance(taken.effects[0], CheckEligibility)
    assert not any(lost in told for lost in ("没明白", "认出来", "did not understand", "could not read"))


@over(QUESTIONS, ["我紧张", "太难了", "好难啊", "我哭了", "我怕点错"])
def test_worry_is_calmed_and_is_no_name(state, words):
    asked_again(state, words, "不着急")


@over(EVERYWHERE, ["我女儿不在", "儿子今天不在家", "手机没电了", "老花镜找不到了"])
def test_whatever_is_missing_now_puts_the_errand_off(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "随时" in reply_text(taken)


@over([State.HOME, State.NUMBER, State.CAPTURE], ["给我回个电话", "谁负责", "你们领导的电话"])
def test_wish_for_a_call_is_answered_with_where_people_answer(state, words):
    assert "12333" in reply_text(say_with_faq(session_in(state), words))
