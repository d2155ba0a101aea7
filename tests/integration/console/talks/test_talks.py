"""人工服务 in the console: one clerk takes a chat, answers and hands it back; every step is recorded."""

import pytest
from markupsafe import escape
from sqlalchemy import select, update

from bot.console.access.account_admin import AccountAdmin
from dialogs.flow.handlers.clerk_talk import line_of
from messages.inbound import Click, Media, MediaKind, Sticker, Text, Unsubscribed
from storage.audit_trail.audit import subject_of
from storage.console.accounts import Role
from storage.database import connect, transaction
from storage.schema.messaging import inbox, sessions
from storage.schema.office import audit
from storage.schema.talks import talks
from tests.support.console.clerk_browser import serve_office
from tests.support.console.clerk_chats import ACCOUNT, TO_NUMBER, ask_for_clerk, take_first_chat
from tests.support.dialog.dialogue import NAME, NUMBER, PERSON
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

SCRIPT = "<script>alert('x')</script>"


async def test_new_chat_shows_recent_lines_and_the_current_step(office, chats):
    assert "已经请工作人员" in await ask_for_clerk(chats, *TO_NUMBER, "44010319500101012")
    await chats.say("我不知道号码错在哪里")
    desk = await office.sign_in()
    page = await desk.get("talks")
    assert "等人接" in page.words
    assert "填证件号码" in page.words
    chat = await desk.get("talks/1")
    assert "请选择您领取的待遇" not in chat.words  # more than ten lines ago
    for said in (
        f"对方 · 17:30 {NAME}",
        "居民身份证",
        "4401*********1012",
        "您输入了 17 位",
    ):
        assert said in chat.words
    assert "44010319500101012" not in chat.text
    assert "我不知道号码错在哪里" in chat.words
    assert "填证件号码" in chat.words
    assert "企业职工" in chat.words
    assert "本人" in chat.words


async def test_chat_requested_at_the_deletion_question_reaches_the_clerks(office, chats):
    await ask_for_clerk(chats, "删除我的信息")
    desk = await office.sign_in()
    assert "要删除自己的信息" in (await desk.get("talks")).words
    assert "要删除自己的信息" in (await desk.get("talks/1")).words


async def test_chats_are_listed_and_ended_although_one_session_cannot_be_decrypted(office, chats):
    for account in ("ada", "ben"):
        await ask_for_clerk(chats, account=account)
    async with transaction(office.parts.engine) as conn:
        theirs = update(sessions).where(sessions.c.account == "ada")
        await conn.execute(theirs.values(body=b"\x01\x03zzz" + bytes(40)))
    desk = await office.sign_in()
    page = await desk.get("talks")
    assert page.status == 200
    assert all(f"/admin/talks/{number}" in page.text for number in (1, 2))
    office.clock.advance(hours=1)
    await chats.end_silent_chats()
    assert await chats.column_values(talks.c.end_reason) == [None, "unanswered"]


async def test_non_text_messages_show_their_kind_before_and_after_a_clerk_joins(office, chats):
    picture, voice = Media(MediaKind.IMAGE), Text("我看不清号码", spoken=True)
    await chats.send(picture, heard=line_of(picture))
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)
    before = await desk.get("talks/1")
    assert "[图片]" in before.words
    assert "我看不懂，也不保存" in before.words
    assert "图片我们也没有保存" in await chats.send(picture)
    assert await chats.send(voice) == ""
    assert await chats.send(Sticker()) == ""
    after = (await desk.get("talks/1")).words
    assert after.count("[图片]") == 2
    assert "[语音] 我看不清号码" in after
    assert "[表情]" in after


async def test_answer_is_sent_once_as_customer_service_message_with_its_status(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    desk = await take_first_chat(office)
    assert await chats.take_sent() == []
    answer = await desk.post("talks/1/say", words="您好，\r\n请看身份证\x00背面。 ")
    page = await desk.get(answer.location)
    assert "已发出。" in page.words
    assert "排队中" in page.words
    assert await chats.take_sent() == ["【工作人员】您好，\n请看身份证背面。"]
    assert "已送出" in (await desk.get("talks/1")).words
    assert await chats.say("看到了") == ""
    assert "看到了" in (await desk.get("talks/1")).words


@pytest.mark.parametrize(
    ("words", "told"),
    [("", "还没有写回复"), (" \r\n", "还没有写回复"), ("长" * 501, "太长"), ("😀" * 450, "太长")],
)
async def test_invalid_answer_is_refused_and_kept_in_the_form(office, chats, words, told):
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)
    answer = await desk.post("talks/1/say", words=words)
    page = await desk.get(answer.location) if answer.location else answer
    assert told in page.words
    assert f">{words.strip()}</textarea>" in page.text
    assert await chats.take_sent() == []


async def test_second_click_does_not_resend_the_answer(office, chats):
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)
    await desk.post("talks/1/say", words="您好")
    assert "没有再发一遍" in (await desk.post("talks/1/say", words="您好")).words
    assert await chats.take_sent() == ["【工作人员】您好"]
    await chats.say("您好")
    assert "flash=sent" in (await desk.post("talks/1/say", words="您好")).location


async def test_chat_cannot_be_taken_after_the_person_stops_waiting(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    await chats.say("不等了")
    desk = await office.sign_in()
    assert "接手" not in (await desk.get("talks/1")).words
    answer = await desk.post("talks/1/take")
    assert "或者对方已经结束" in (await desk.get(answer.location)).words


async def test_longest_allowed_answer_is_sent_as_one_message(office, chats):
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)
    await desk.post("talks/1/say", words="长" * 500)
    (text,) = await chats.take_sent()
    assert text == f"【工作人员】{'长' * 500}"


async def test_person_handed_back_is_told_and_asked_the_open_question_again(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    desk = await take_first_chat(office)
    assert "flash=handed_back" in (await desk.post("talks/1/end")).location
    (text,) = await chats.take_sent()
    assert "先到这里" in text
    assert "的证件号码" in text
    assert "现在没有人在等" in (await desk.get("talks")).words
    assert "下一步" in await chats.say(NUMBER)


async def test_answer_is_not_sent_after_the_person_ended_the_chat(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    desk = await take_first_chat(office)
    assert "的证件号码" in await chats.say("结束人工")
    page = await desk.post("talks/1/say", words="还在吗")
    assert "这句话没有发出" in page.words
    assert "没有发出的话，要用可以复制： 还在吗" in page.words
    assert "已经结束" in page.words
    assert await chats.take_sent() == []


@pytest.mark.parametrize("event", [Unsubscribed(), Click("REMINDERS"), Click("HOME")])
async def test_unfollowing_or_using_the_menu_ends_the_chat(chats, event):
    await ask_for_clerk(chats, *TO_NUMBER)
    await chats.send(event)
    assert await chats.column_values(talks.c.end_reason) == [
        "left" if isinstance(event, Unsubscribed) else "person"
    ]


async def test_person_can_ask_for_a_clerk_again_after_a_chat(office, chats):
    await ask_for_clerk(chats)
    await chats.say("结束人工")
    await ask_for_clerk(chats)
    desk = await office.sign_in()
    assert (await desk.get("talks")).words.count("等人接") == 1


async def test_chat_taken_by_a_colleague_can_be_neither_read_nor_answered(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    await take_first_chat(office, "one")
    two = await office.sign_in("two")
    page = await two.get("talks")
    assert "one 在接待" in page.words
    for answer in (
        await two.get("talks/1"),
        await two.post("talks/1/take"),
        await two.post("talks/1/say", words="我来"),
        await two.post("talks/1/end"),
    ):
        assert answer.location == "/admin/talks?flash=taken_by_other"
    assert "刚被别的同事接手" in (await two.get("talks?flash=taken_by_other")).words
    assert (await two.get("talks/1/now")).status == 404
    assert await chats.take_sent() == []
    assert ("console:two", "console.refused", "another's chat talk 1") in await office.audit_entries()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.ADMIN])
async def test_other_roles_cannot_read_chats(office, chats, role):
    await ask_for_clerk(chats, *TO_NUMBER)
    desk = await office.sign_in("sun", role)
    for path in ("talks", "talks/now", "talks/1", "talks/1/now"):
        answer = await desk.get(path)
        assert answer.status == 403
        assert NAME not in answer.text
    assert ("console:sun", "console.refused", "permission talks") in await office.audit_entries()


async def test_every_view_and_reply_is_audited_with_actor_and_subject(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER, NUMBER)
    desk = await take_first_chat(office)
    await desk.post("talks/1/say", words="您好")
    await desk.post("talks/1/end")
    acts = [action for _, action, _ in await office.audit_entries("talk")]
    assert acts == ["talks.listed", "talk.taken", "talk.read", "talk.answered", "talk.ended"]
    async with connect(office.parts.engine) as conn:
        rows = (await conn.execute(select(audit).where(audit.c.action.startswith("talk.")))).all()
    whom = {row.subject for row in rows if row.actor == "console:li"}
    assert whom == {subject_of(office.parts.vault, PERSON.lifelong_number)}
    assert {row.subject for row in rows if row.actor == "dialog"} == {subject_of(office.parts.vault, ACCOUNT)}


async def test_markup_in_chat_lines_is_escaped(office, chats):
    await ask_for_clerk(chats, SCRIPT)
    await chats.say(SCRIPT)
    desk = await take_first_chat(office)
    await desk.post("talks/1/say", words=SCRIPT)
    page = await desk.get("talks/1")
    assert page.text.count(str(escape(SCRIPT))) == 3
    assert "<script>" not in page.text


async def test_chat_page_shows_how_many_replies_and_hours_are_left(office, chats):
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)
    assert "还能回复 5 条" in (await desk.get("talks/1")).words
    for number in range(5):
        await desk.post("talks/1/say", words=f"第{number}条")
    page = await desk.get("talks/1")
    assert "五条已经用完" in page.words
    await chats.say("好")
    await chats.take_sent()
    assert "2026年5月6日 17:3" in (await desk.get("talks/1")).words
    office.clock.advance(hours=47, minutes=31)
    await desk.sign_in()
    assert "还剩不到 30 分钟" in (await desk.get("talks/1")).words
    office.clock.advance(hours=1)
    await desk.sign_in()
    assert "超过四十八小时" in (await desk.get("talks/1")).words


async def test_chats_of_a_disabled_clerk_wait_again(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    await take_first_chat(office, "one")
    async with transaction(office.parts.engine) as conn:
        await AccountAdmin(office.parts.vault, office.clock).disable(conn, "one")
    desk = await take_first_chat(office, "two")
    assert await chats.say("还在") == ""
    assert "还在" in (await desk.get("talks/1")).words


async def test_opening_the_case_from_a_chat_is_audited_separately(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER, NUMBER)
    desk = await take_first_chat(office)
    answer = await desk.post("talks/1/case")
    assert answer.location.startswith("/admin/person/")
    assert NAME in (await desk.get(answer.location)).words
    assert ("console:li", "case.opened", "talk") in await office.audit_entries()


async def test_clerk_reads_the_sentence_with_which_a_person_asked_for_one(office, chats):
    await chats.say("我要投诉，跑了三趟都没有人理我")
    desk = await office.sign_in()
    assert (await desk.get("talks/1")).words.count("跑了三趟都没有人理我") == 1


async def test_words_for_a_clerk_are_stored_once(chats):
    await ask_for_clerk(chats, "养老认证")
    before = [one for one in await chats.column_values(inbox.c.heard) if one]
    await chats.say("我的手机坏了")
    assert [one for one in await chats.column_values(inbox.c.heard) if one] == before


async def test_unknown_chat_is_not_found(office):
    desk = await office.sign_in()
    await desk.get("talks")
    assert (await desk.get("talks/9")).status == 404
    assert (await desk.post("talks/9/take")).status == 404


async def test_office_without_chat_hours_is_told_that_chats_are_not_enabled(engine, vault):
    async with serve_office(engine, vault) as office:
        desk = await office.sign_in()
        assert "没有开通" in (await desk.get("talks")).words
        assert (await desk.get("talks/1")).status == 404
