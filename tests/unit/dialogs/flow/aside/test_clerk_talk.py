"""人工服务: which messages go to the clerk, what ends the talk, and where the dialog resumes."""

from datetime import timedelta

import pytest

from dialogs.effects import AskForClerk, EndTalk, OpenCapture, TalkEnd, TellClerk
from dialogs.events import ClerkCame, TalkEnded
from dialogs.flow.handlers.clerk_talk import clerk_says
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.rules.human_service import WHOLE_WEEK, HumanService
from dialogs.session import AnsweredBy, Session, State
from messages.catalogue.phrases import SENT
from messages.inbound import Click, Media, MediaKind, Scanned, Sticker, Subscribed, Text, Unsubscribed
from messages.language.codes import Language
from messages.outbound import render
from tests.support.dialog.dialogue import (
    CONTEXT,
    NOW,
    capture_failed,
    capture_passed,
    opened_capture,
    reply_text,
    reply_texts,
    talk,
    talk_to_notice,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

ALWAYS = HumanService(WHOLE_WEEK)


def write(session, *words, now=NOW, human=ALWAYS):
    for content in words:
        taken = step(session, Text(content), now, human=human)
        session = taken.session
    return taken


def queued(state=State.NAME):
    return write(session_in(state), "人工服务").session


def with_clerk(state=State.NAME):
    return step(queued(state), ClerkCame(), NOW).session


ASKING = ("转人工", "有没有真人", "talk to a human")


@over([*((state, "人工服务") for state in State), *((State.NAME, words) for words in ASKING)])
def test_asking_for_a_clerk_joins_the_queue_and_keeps_the_state(state, words):
    taken = write(session_in(state), words)
    assert taken.effects[0] == AskForClerk()
    assert "12333" in reply_text(taken)
    assert choices(taken.session) == ("结束人工",)
    assert (taken.session.state, taken.session.answered_by) == (state, AnsweredBy.QUEUE)


def test_without_clerks_the_reply_names_12333_and_bot_keeps_answering():
    taken = talk(session_in(State.NAME), "人工服务")
    assert "请拨 12333" in reply_text(taken)
    assert taken.session.answered_by is AnsweredBy.BOT


def test_help_is_answered_without_asking_for_a_clerk():
    taken = write(Session(), "帮助")
    assert AskForClerk() not in taken.effects


def test_outside_hours_the_reply_states_the_next_opening():
    human = HumanService(tuple(span for span in WHOLE_WEEK if span.weekday == 3))
    taken = write(session_in(State.NAME), "人工服务", human=human)
    assert "现在没有工作人员在，11月26日（星期四）凌晨0点上班。" in reply_text(taken)
    assert "12333" in reply_text(taken)
    assert taken.session.answered_by is AnsweredBy.BOT
    assert taken.session.state is State.NAME


def test_outside_hours_the_reply_contains_the_configured_sentence():
    human = HumanService(tuple(span for span in WHOLE_WEEK if span.weekday == 3), "请周四来找我们。")
    assert "请周四来找我们。" in reply_text(write(Session(), "人工服务", human=human))


@pytest.mark.parametrize("words", ["人工服务", "还没有人吗，我的手机坏了"])
def test_asking_again_forwards_the_words_without_a_second_request(words):
    taken = write(queued(), words)
    assert "不用重复点" in reply_text(taken)
    assert AskForClerk() not in taken.effects
    assert TellClerk(words) in taken.effects


@pytest.mark.parametrize(
    "words", ["陈建国", "2", "上一步", "你好", "取消", "开始办理", "440103195001010120", "😀"]
)
def test_words_go_to_the_clerk_in_the_queue_and_in_the_talk(words):
    waiting = write(queued(), words)
    assert waiting.effects[0] == TellClerk(words)
    assert "已转给工作人员" in reply_text(waiting)
    talking = write(with_clerk(), words)
    assert talking.effects == (TellClerk(words),)
    assert talking.session.state is State.NAME


@pytest.mark.parametrize(
    ("kind", "line", "reply"),
    [
        (MediaKind.IMAGE, "[图片]", "您发了图片，不过在这里只能看到文字，图片我们也没有保存"),
        (MediaKind.VOICE, "[语音]", "键盘上的话筒能把说的话变成字"),
        (MediaKind.VIDEO, "[视频]", "视频我们也没有保存"),
        (MediaKind.SHORT_VIDEO, "[视频]", "视频我们也没有保存"),
        (MediaKind.LOCATION, "[位置]", "位置我们也没有保存"),
        (MediaKind.LINK, "[链接]", "链接我们也没有保存"),
        (MediaKind.FILE, "[文件]", "文件我们也没有保存"),
    ],
)
def test_clerk_sees_media_kind_and_person_is_told_it_is_not_kept(kind, line, reply):
    for session in (queued(), with_clerk()):
        taken = step(session, Media(kind), NOW, human=ALWAYS)
        assert taken.effects[0] == TellClerk(line)
        assert reply in reply_text(taken)
        assert "工作人员知道您发了" in reply_text(taken)
        assert "12333" in reply_text(taken)


def test_every_media_kind_has_its_word():
    assert set(SENT) == {*MediaKind, "sticker"}


def test_sticker_is_forwarded_without_a_reply():
    assert step(with_clerk(), Sticker(), NOW, human=ALWAYS).effects == (TellClerk("[表情]"),)


def test_recognised_speech_is_forwarded_marked_as_voice():
    taken = step(with_clerk(), Text("我看不清", spoken=True), NOW, human=ALWAYS)
    assert taken.effects == (TellClerk("[语音] 我看不清"),)


def test_spoken_end_request_ends_the_talk():
    taken = step(with_clerk(), Text("结束人工", spoken=True), NOW, human=ALWAYS)
    assert taken.effects[0] == EndTalk(TalkEnd.PERSON)


@over(
    [queued, with_clerk],
    [
        *("结束人工", "结束人工服务", "不等了", "我不想等了。", "退出", "End the chat", "end chat"),
        *("结束人工吧", "“结束人工”", "回复结束人工", "1、结束人工", "不需要人工了"),
    ],
)
def test_end_request_ends_the_talk_and_repeats_the_question(begun, words):
    taken = write(begun(), words)
    assert taken.effects[0] == EndTalk(TalkEnd.PERSON)
    assert "人工服务结束了" in reply_text(taken)
    assert "请输入您的姓名" in reply_text(taken)
    assert taken.session == replace(begun(), answered_by=AnsweredBy.BOT)


@over(["1", "1。", "选1", "第一个"])
def test_digit_ends_the_wait_in_the_queue_but_is_forwarded_in_a_talk(words):
    assert write(queued(), words).effects[0] == EndTalk(TalkEnd.PERSON)
    assert write(with_clerk(), words).effects == (TellClerk(words),)


@over(["返回首页", "返回首页吧", "主菜单", "首页", "返回首页！", "Home", "main menu"])
def test_home_ends_the_talk(words):
    taken = write(with_clerk(), words)
    assert taken.effects[0] == EndTalk(TalkEnd.PERSON)
    assert taken.session.state is State.HOME
    assert "人工服务结束了" in reply_text(taken)
    assert "企业职工养老保险" in choices(taken.session)


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (Click("CERTIFY_EMPLOYEE"), State.AGREEMENT),
        (Click("HELP"), State.NAME),
        (Scanned("resident"), State.AGREEMENT),
        (Subscribed(), State.HOME),
    ],
)
def test_menu_click_or_qr_code_ends_the_talk(event, state):
    taken = step(with_clerk(), event, NOW, human=ALWAYS)
    assert taken.effects[0] == EndTalk(TalkEnd.PERSON)
    assert reply_text(taken).startswith("好的，人工服务结束了。")
    assert (taken.session.state, taken.session.answered_by) == (state, AnsweredBy.BOT)


def test_despair_is_forwarded_and_answered_with_the_helpline():
    taken = write(with_clerk(), "我不想活了")
    assert taken.effects[0] == TellClerk("我不想活了")
    assert "12356" in reply_text(taken)


ENDS = ((TalkEnd.SILENCE, "没有新的消息"), (TalkEnd.UNANSWERED, "让您久等了"))


@over([*((state, TalkEnd.CLERK, "先到这里") for state in State), *((State.NAME, *end) for end in ENDS)])
def test_ended_talk_resumes_the_dialog_in_the_same_state(state, end, words):
    taken = step(with_clerk(state), TalkEnded(end), NOW)
    assert taken.effects[0] == EndTalk(end)
    assert words in reply_text(taken)
    assert taken.session.state is state
    assert all(label in reply_text(taken) for label in choices(taken.session))
    assert "结束人工" not in choices(taken.session)


def test_end_of_an_unknown_talk_sends_no_message():
    assert step(Session(), TalkEnded(TalkEnd.SILENCE), NOW).effects == (EndTalk(TalkEnd.SILENCE),)


def test_unsubscribing_ends_the_talk_without_a_message():
    taken = step(with_clerk(), Unsubscribed(), NOW, human=ALWAYS)
    assert taken.effects == (EndTalk(TalkEnd.LEFT),)
    assert taken.session.answered_by is AnsweredBy.BOT


def test_clerk_who_joins_late_is_announced():
    back = step(queued(), TalkEnded(TalkEnd.UNANSWERED), NOW).session
    taken = step(back, ClerkCame(), NOW)
    assert "工作人员来了" in reply_text(taken)
    assert taken.session.answered_by is AnsweredBy.CLERK
    assert step(queued(), ClerkCame(), NOW).effects == ()


@pytest.mark.parametrize("outcome", [capture_passed, capture_failed])
def test_face_check_that_ends_during_a_talk_is_reported(outcome):
    link = talk(talk_to_notice().session, "确定")
    request = opened_capture(link)
    talking = step(write(link.session, "人工服务").session, ClerkCame(), NOW).session
    taken = step(talking, outcome(request), NOW)
    assert "认证" in reply_texts(taken)[0]
    assert choices(taken.session) == ("结束人工",)
    assert taken.session.answered_by is AnsweredBy.CLERK
    handed_back = step(taken.session, TalkEnded(TalkEnd.CLERK), NOW)
    assert not [effect for effect in handed_back.effects if isinstance(effect, OpenCapture)]
    assert handed_back.session.state is taken.session.state


def test_end_request_after_the_talk_only_repeats_the_question():
    taken = write(session_in(State.NAME), "结束人工")
    assert "请输入您的姓名" in reply_text(taken)


def test_expired_errand_is_not_resumed_after_the_talk():
    taken = write(with_clerk(), "结束人工", now=NOW + timedelta(days=8))
    assert taken.session.state is State.HOME


def test_words_of_the_clerk_are_marked_and_rendered_verbatim():
    text = render(clerk_says("请 {name} 打开 <a>"), CONTEXT)
    assert text == "【工作人员】请 {name} 打开 <a>"


def test_talk_in_english_is_offered_and_ended():
    session = replace(session_in(State.NAME), language=Language.ENGLISH)
    taken = write(session, "Talk to a person")
    assert "colleague" in reply_text(taken)
    assert "End the chat" in reply_text(taken)
    assert "has ended" in reply_text(write(taken.session, "End the chat"))


def test_digit_1_ends_the_queue_but_is_forwarded_to_the_clerk():
    assert EndTalk(TalkEnd.PERSON) in write(queued(), "1").effects
    assert write(with_clerk(), "1").effects == (TellClerk("1"),)


@pytest.mark.parametrize("words", ["删除我的信息", "撤回人脸同意", "退订提醒"])
@pytest.mark.parametrize("session", [queued, with_clerk])
def test_data_right_request_in_a_talk_is_forwarded_and_explained(session, words):
    taken = write(session(), words)
    assert taken.effects[0] == TellClerk(words)
    assert "请先回复“结束人工”" in reply_text(taken)
