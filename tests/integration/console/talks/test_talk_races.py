"""Chats with clerks on both databases: one chat per person, one clerk per chat, and the time limits."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.console.access.account_admin import AccountAdmin
from bot.conversation.talk_service import SilenceWatch, TalkSilence
from messages.inbound import Unsubscribed
from storage.database import transaction
from storage.retention.purging import LEAST_DAYS, RETENTION_DAYS, RetentionClass
from storage.schema.messaging import inbox
from storage.schema.talks import talk_lines, talks
from tests.support.console.clerk_chats import TO_NUMBER, ask_for_clerk, take_first_chat
from tests.support.dialog.dialogue import NAME
from tests.support.purging import purge_of
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]


async def test_asking_twice_opens_one_chat(office, chats):
    await ask_for_clerk(chats)
    assert "不用重复点" in await ask_for_clerk(chats)
    await take_first_chat(office)
    assert await ask_for_clerk(chats) == ""
    assert len(await chats.column_values(talks.c.id)) == 1


async def test_only_one_of_two_clerks_taking_at_once_gets_the_chat(office, chats):
    await ask_for_clerk(chats)
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("talks")
    await two.get("talks")
    answers = await asyncio.gather(one.post("talks/1/take"), two.post("talks/1/take"))
    assert sorted(answer.location.partition("flash=")[2] for answer in answers) == ["taken", "taken_by_other"]
    assert len(await office.audit_entries("talk.taken")) == 1


async def test_same_answer_posted_concurrently_is_sent_once(office, chats):
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)
    await chats.take_sent()
    answers = await asyncio.gather(*(desk.post("talks/1/say", words="您好") for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [303, 409, 409, 409]
    assert len(await chats.take_sent()) == 1


async def test_silent_chat_is_handed_back_automatically(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    desk = await take_first_chat(office)
    office.clock.advance(minutes=29)
    await chats.say("等一下")
    office.clock.advance(minutes=29)
    await chats.end_silent_chats()
    assert await chats.take_sent() == []
    office.clock.advance(minutes=2)
    await chats.end_silent_chats()
    (text,) = await chats.take_sent()
    assert "没有新的消息" in text
    assert "的证件号码" in text
    await desk.sign_in()
    assert "没接到" not in (await desk.get("talks")).words


@pytest.mark.parametrize(
    ("minutes", "told"), [(4, "17:30 来的，刚到"), (29, "已等 25 分钟"), (95, "已等 1 小时 35 分钟")]
)
async def test_waiting_time_is_shown_in_steps_and_refreshes_an_open_list(office, chats, minutes, told):
    await ask_for_clerk(chats)
    desk = await office.sign_in()
    seen = re.search('data-version="([^"]+)', (await desk.get("talks")).text)[1]
    office.clock.now = NOW + timedelta(minutes=minutes)
    await desk.sign_in()
    assert told in (await desk.get("talks")).words
    assert (await desk.get(f"talks/now?seen={seen}")).status == (204 if minutes < 5 else 200)


async def test_person_is_told_that_nobody_came_and_chat_can_be_taken_later(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    await chats.say("我的手机坏了")
    office.clock.advance(minutes=31)
    await chats.end_silent_chats()
    (text,) = await chats.take_sent()
    assert "让您久等了" in text
    desk = await office.sign_in()
    assert "没接到" in (await desk.get("talks")).words
    assert "我的手机坏了" in (await desk.get("talks/1")).words
    await desk.post("talks/1/take")
    assert "工作人员来了" in (await chats.take_sent())[0]
    assert await chats.say("好的") == ""
    assert "flash=sent" in (await desk.post("talks/1/say", words="您好")).location


async def test_asking_again_resumes_the_chat_nobody_took(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    await chats.say("我的手机坏了")
    office.clock.advance(minutes=31)
    await chats.end_silent_chats()
    office.clock.advance(minutes=5)
    await chats.say("养老认证")
    assert "已经请工作人员" in await ask_for_clerk(chats)
    await chats.say("还没有人吗")
    desk = await office.sign_in()
    page = await desk.get("talks")
    assert ("没接到" in page.words, page.words.count("等人接")) == (False, 1)
    await desk.post("talks/1/take")
    said = (await desk.get("talks/1")).words
    assert said.index("我的手机坏了") < said.index("养老认证") < said.index("还没有人吗")
    assert len(await chats.column_values(talks.c.id)) == 1


async def test_missed_chat_can_be_read_after_a_holiday(office, chats):
    await ask_for_clerk(chats)
    await chats.say("我的手机坏了")
    office.clock.advance(minutes=31)
    await chats.end_silent_chats()
    assert "工作人员上班后会看" in (await chats.take_sent())[0]
    office.clock.advance(days=8)
    desk = await office.sign_in()
    await desk.get("talks")
    assert "我的手机坏了" in (await desk.get("talks/1")).words


async def test_dismissing_a_missed_chat_sends_nothing_to_the_person(office, chats):
    await ask_for_clerk(chats)
    office.clock.advance(minutes=31)
    await chats.end_silent_chats()
    await chats.take_sent()
    desk, other = await office.sign_in(), await office.sign_in("two")
    await other.get("talks")
    assert "看过了，不用回" in (await desk.get("talks")).words
    assert "flash=seen_to" in (await desk.post("talks/1/seen-to")).location
    assert "没接到" not in (await desk.get("talks")).words
    assert "taken_by_other" in (await other.post("talks/1/seen-to")).location
    assert await chats.take_sent() == []
    assert await office.audit_entries("talk.e") == [("console:li", "talk.ended", "seen_to talk 1")]
    await ask_for_clerk(chats)
    assert "flash=taken" in (await desk.post("talks/2/take")).location


@pytest.mark.parametrize("word", ["结束人工", "返回首页"])
async def test_unread_chat_stays_listed_after_the_person_ended_it(office, chats, word):
    await ask_for_clerk(chats)
    await chats.say("我的养老金停发了", word)
    desk = await office.sign_in()
    page = await desk.get("talks")
    assert ("对方自己结束了" in page.words, "没接到" in page.words) == (True, False)
    assert "我的养老金停发了" in (await desk.get("talks/1")).words
    assert "flash=seen_to" in (await desk.post("talks/1/seen-to")).location
    assert "现在没有人在等" in (await desk.get("talks")).words


async def test_unread_chat_stays_listed_after_the_person_unfollowed(office, chats):
    await ask_for_clerk(chats)
    await chats.say("我的养老金停发了")
    await chats.send(Unsubscribed())
    desk = await office.sign_in()
    page = await desk.get("talks")
    assert "对方取消了关注" in page.words
    assert "在这里回，对方收不到" in page.words
    assert "我的养老金停发了" in (await desk.get("talks/1")).words
    assert "flash=seen_to" in (await desk.post("talks/1/seen-to")).location


async def test_waiting_chats_are_listed_before_missed_ones(office, chats):
    await ask_for_clerk(chats)
    office.clock.advance(minutes=31)
    await chats.end_silent_chats()
    await ask_for_clerk(chats, account="openid-of-wang")
    page = await (await office.sign_in()).get("talks")
    assert 0 < page.words.index("等人接") < page.words.index("没接到")


async def test_unread_chat_the_person_ended_can_be_taken(office, chats):
    await ask_for_clerk(chats)
    await chats.say("我的养老金停发了", "结束人工")
    desk = await take_first_chat(office)
    assert "工作人员来了" in (await chats.take_sent())[-1]
    assert "flash=sent" in (await desk.post("talks/1/say", words="您好")).location


async def test_ended_chat_without_unread_lines_is_not_listed(office, chats):
    await ask_for_clerk(chats)
    await chats.say("结束人工")
    desk = await office.sign_in()
    assert "现在没有人在等" in (await desk.get("talks")).words
    assert "接手" not in (await desk.get("talks/1")).words
    await ask_for_clerk(chats)
    await desk.post("talks/2/take")
    await chats.say("您好", "结束人工")
    assert "现在没有人在等" in (await desk.get("talks")).words


async def list_after_disabled_clerk(office, chats, *words):
    """Let a clerk read the chat, both sides write, disable the clerk's account, and let the person end it."""
    await ask_for_clerk(chats)
    await chats.say("我的养老金停发了")
    desk = await take_first_chat(office)
    for word in words:
        office.clock.advance(minutes=1)
        if word.startswith("clerk:"):
            await desk.get("talks/1")
            await desk.post("talks/1/say", words=word)
        else:
            await chats.say(word)
    async with transaction(office.parts.engine) as conn:
        await AccountAdmin(office.parts.vault, office.clock).disable(conn, "li")
    await chats.say("结束人工")
    return (await (await office.sign_in("two")).get("talks")).words


@pytest.mark.parametrize("words", [(), ("在吗", "clerk:在的")], ids=["read when taken", "answered"])
async def test_lines_read_by_a_disabled_clerk_do_not_count_as_unread(office, chats, words):
    assert "现在没有人在等" in await list_after_disabled_clerk(office, chats, *words)


@pytest.mark.parametrize(
    "words", [("在吗",), ("clerk:在的", "我等")], ids=["not answered", "after the answer"]
)
async def test_lines_written_after_the_clerk_s_last_read_count_as_unread(office, chats, words):
    assert "对方自己结束了" in await list_after_disabled_clerk(office, chats, *words)


@pytest.mark.parametrize("ends", ["by silence", "by the person"])
async def test_short_retention_does_not_delete_lines_a_clerk_has_yet_to_read(office, chats, ends):
    await ask_for_clerk(chats)
    await chats.say("我的养老金停发了")
    if ends == "by the person":
        await chats.say("结束人工")
    office.clock.advance(minutes=31)
    await chats.end_silent_chats()
    purge = purge_of(office.parts.engine, {RetentionClass.TALKS: LEAST_DAYS}, office.clock)
    office.clock.advance(days=8)
    await purge.run(asyncio.Event())
    desk = await office.sign_in()
    await desk.get("talks")
    assert "我的养老金停发了" in (await desk.get("talks/1")).words
    office.clock.advance(days=2)
    await purge.run(asyncio.Event())
    assert await chats.column_values(talk_lines.c.id) == []


async def test_waiting_chat_cannot_be_dismissed(office, chats):
    await ask_for_clerk(chats)
    desk = await office.sign_in()
    await desk.get("talks")
    assert "taken_by_other" in (await desk.post("talks/1/seen-to")).location
    assert await office.refusals() == [("console:li", "not_yours talk 1")]
    assert "flash=taken" in (await desk.post("talks/1/take")).location


async def test_chat_lines_are_stored_encrypted_and_deleted_after_retention(office, chats):
    await ask_for_clerk(chats, *TO_NUMBER)
    await chats.say("我叫王小明")
    desk = await take_first_chat(office)
    await desk.post("talks/1/say", words="您好")
    kept = [
        *await chats.column_values(talk_lines.c.words),
        *filter(None, await chats.column_values(inbox.c.heard)),
    ]
    assert kept
    assert not [one for one in kept if NAME.encode() in one or "王小明".encode() in one]
    purge = purge_of(office.parts.engine, RETENTION_DAYS, office.clock)
    office.clock.advance(days=100)
    await purge.run(asyncio.Event())
    assert len(await chats.column_values(talk_lines.c.id)) == 2
    await desk.sign_in()
    await desk.get("talks/1")
    await desk.post("talks/1/end")
    office.clock.advance(days=31)
    await purge.run(asyncio.Event())
    assert await chats.column_values(talk_lines.c.id) == []
    assert await chats.column_values(talks.c.id) == []


async def test_silence_watch_ends_silent_chats(office, chats):
    await ask_for_clerk(chats)
    office.clock.advance(minutes=31)
    watch = SilenceWatch(TalkSilence(office.parts.engine, chats.service))
    running = asyncio.create_task(watch.run())
    async with asyncio.timeout(60):
        while await chats.column_values(talks.c.end_reason) != ["unanswered"]:  # noqa: ASYNC110 - shares the database
            await asyncio.sleep(0.02)
    watch.stop()
    await running
