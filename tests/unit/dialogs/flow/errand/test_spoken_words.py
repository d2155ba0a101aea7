"""Words as an old person speaks them into the keyboard's microphone: calls, repetitions, pauses."""

from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Relation, Session, State
from tests.support.dialog.dialogue import (
    EMPLOYEE,
    FOR_ONESELF,
    NAME,
    NUMBER,
    TO_MANNER,
    reply_text,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

MANNER = (EMPLOYEE, *TO_MANNER)


@over(["喂你好", "喂，你好", "喂喂你好", "你好喂", "你好你好喂", "喂你好啊", "喂您好"])
def test_call_is_a_greeting_and_nobodys_name(words):
    assert read(words).intent is Intent.GREETING
    assert say_with_faq(session_in(State.NAME), words).session.state is State.NAME


@over(["喂奶", "你好喂猪了", "喂饭", "喂你是谁"])
def test_other_words_are_no_greeting(words):
    assert read(words).intent is not Intent.GREETING


@over(
    [
        ("本人本人", State.NAME),
        ("我自己我自己", State.NAME),
        ("本人，本人", State.NAME),
        ("家人家人", State.AGENT_NAME),
    ]
)
def test_choice_said_twice_is_taken_once(words, state):
    assert say_with_faq(talk(Session(), *MANNER).session, words).session.state is state


@over(["本人本人", "自己自己"])
def test_choice_said_twice_is_no_name(words):
    assert say_with_faq(session_in(State.NAME), words).session.state is State.NAME


@over(
    [
        (State.ERASURE, "删除删除"),
        (State.ERASURE, "确认确认"),
        (State.WITHDRAWAL, "撤回撤回"),
        (State.WITHDRAWAL, "确定确定"),
    ]
)
def test_nothing_final_is_taken_from_repetition(state, words):
    assert say_with_faq(session_in(state), words).session.state is state


def test_report_is_not_confirmed_by_repetition():
    session = talk(Session(), "报告去世", NAME, "居民身份证", NUMBER).session
    assert say_with_faq(session, "确认确认").session.state is State.READ_BACK


@over(["陈建国陈建国", "陈建国 陈建国", "陈建国，陈建国，陈建国", "我叫陈建国陈建国"])
def test_name_said_twice_is_one(words):
    assert say_with_faq(session_in(State.NAME), words).session.errand.subject.name == NAME


@over(["陈建国李秀英", "陈建国王建国", "李秀英李秀芳"])
def test_two_names_are_still_two(words):
    assert say_with_faq(session_in(State.NAME), words).session.state is State.NAME


@over(["嗯开始吧", "好开始", "那就开始吧"])
def test_guide_is_left_with_a_word_of_assent(words):
    assert say_with_faq(session_in(State.GUIDE), words).session.state is State.MANNER


@over(["好了好了我准备好了", "好了开始刷", "开始刷"])
def test_face_check_begins(words):
    assert say_with_faq(session_in(State.NOTICE), words).session.state is State.CAPTURE


@over(["开始刷吗", "开始了吗", "准备好了吗", "好了吗", "不开始刷"])
def test_question_begins_none(words):
    assert say_with_faq(session_in(State.NOTICE), words).session.state is not State.CAPTURE


@over(["E幺二三四五六七八", "E一二三四 五六七八", "e 一二三四五六七八", "护照号E幺二三四五六七八"])
def test_passports_number_is_read_from_spoken_digits(words):
    session = talk(Session(), *FOR_ONESELF, NAME, "护照").session
    assert say_with_faq(session, words).session.errand.subject.number == "E12345678"


@over(
    [
        "四四零一零三然后一九五零零一零一然后零一二零",
        "号码是四四零一零三，接着是一九五零零一零一，然后是零一二零",
    ]
)
def test_number_is_read_over_words_of_a_pause(words):
    session = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert say_with_faq(session, words).session.errand.subject.number == NUMBER


def test_spoken_number_is_no_name():
    assert say_with_faq(session_in(State.NAME), "E幺二三四五六七八").session.state is State.NAME


@over(
    [
        ("不弄了不弄了", Intent.LATER),
        ("转人工转人工", Intent.HUMAN),
        ("我不会我不会", Intent.HELP),
        ("等一哈", Intent.LATER),
        ("等我儿子回来弄", Intent.LATER),
        ("说慢一点", Intent.ACK),
        ("刚才弄到哪了", Intent.ACK),
        ("帮我老伴弄不是我", Intent.CERTIFY),
        ("刷脸它说不是我", Intent.HELP),
        ("系统说不是本人", Intent.HELP),
    ]
)
def test_words_said_aloud_are_understood(words, intent):
    assert read(words).intent is intent


@over(["错了错了", "同意同意", "等一哈", "不弄了不弄了", "显示不是本人"])
def test_such_words_are_nobodys_name(words):
    assert say_with_faq(session_in(State.NAME), words).session.state is State.NAME


@over(["我叫我叫陈建国", "我是我是陈建国"])
def test_introduction_said_twice_is_taken_once(words):
    assert say_with_faq(session_in(State.NAME), words).session.errand.subject.name == "陈建国"


@over(["系统说不是本人", "说我不是本人", "显示不是本人"])
def test_failed_face_check_begins_no_errand_for_others(words):
    before = Session()
    taken = say_with_faq(before, words)
    assert taken.session.errand == before.errand
    assert "失败了不影响领钱" in reply_text(taken)


@over(["我同意你们的协议", "同意你们的条款"])
def test_consent_to_your_agreement_is_one(words):
    assert say_with_faq(session_in(State.AGREEMENT), words).session.state is State.GUIDE


@over([State.NAME, State.NOTICE, State.READ_BACK], ["上一个", "上个", "退回去", "往回走", "我要回去"])
def test_way_back_in_plain_words_is_the_step_before(state, words):
    back = talk(session_in(state), "上一步")
    assert talk(session_in(state), words) == back


@over(["我一个老太太要认证", "我是老太太，要认证", "我都是个老头子了要认证", "我是个老奶奶自己办"])
def test_writer_who_calls_themselves_old_is_no_relative(words):
    assert read(words).relation is Relation.SELF


@over(["我家老太太要认证", "我是老太太的女儿，给她办", "我老头子要认证", "给我老太太认证", "老太太要认证"])
def test_old_person_of_the_family_is_a_relative(words):
    assert read(words).relation not in {None, Relation.SELF}


@over(["我妈不肯刷脸", "老人不愿意刷脸", "她不愿认证"])
def test_relative_who_refuses_is_no_wish_to_certify(words):
    assert read(words).intent is not Intent.CERTIFY
