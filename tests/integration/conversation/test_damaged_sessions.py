"""An unreadable conversation restarts with what can be read and affects nobody else in its batch."""

import json

import pytest
from sqlalchemy import select, update

from bot.conversation.effects.death_reports import DeathReports
from bot.conversation.units_of_work import Work
from dialogs.session import Session
from messages.inbound import Text
from storage.database import transaction
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.schema.messaging import outbox, sessions
from tests.support.console.clerk_chats import ACCOUNT, Chats, ask_for_clerk
from tests.support.dialog.dialogue import TO_READ_BACK, session_of, talk
from tests.support.storage.factories import PERSON, SUBJECT
from tests.support.storage.yearly_cycle import Clock
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases"]

HEALTHY = talk(Session(), "企业职工养老保险", *TO_READ_BACK).session
HALF = json.loads(encode(talk(session_of(), "城乡居民认证", "同意并开始办理").session)) | {"city": "440300"}
DAMAGES = {
    "an unknown state": HALF | {"state": "selfie_pending"},
    "an unknown scheme": HALF | {"errand": {**HALF["errand"], "scheme": "civil"}},
    "an unknown language": HALF | {"language": "yue"},
    "a relative without a start": HALF | {"people": [{"scheme": "employee", "name": "陈大文"}]},
    "not JSON": "{",
    "a list": [],
}


async def put(conn, vault, account, body):
    await Sessions(vault).save(conn, [(account, 0, body)], Clock()())


async def flip(conn, account):
    """Change one bit of a stored conversation."""
    chosen = sessions.c.account == account
    body = bytearray(await conn.scalar(select(sessions.c.body).where(chosen)))
    body[-1] ^= 1
    await conn.execute(update(sessions).where(chosen).values(body=bytes(body)))


async def answers(engine, vault):
    """Let both accounts write in one batch; return their replies."""
    works = [Work(account, Text("帮助"), f"{account} 1", claims=True) for account in ("damaged", "healthy")]
    done = await conversation_of(engine, vault, Clock()).execute(works)
    return [one.reply for one in done]


@pytest.mark.parametrize("body", DAMAGES.values(), ids=DAMAGES.keys())
async def test_damaged_and_healthy_conversations_of_a_batch_are_both_answered(engine, vault, body):
    async with transaction(engine) as conn:
        await put(conn, vault, "damaged", body if isinstance(body, str) else json.dumps(body))
        await put(conn, vault, "healthy", encode(HEALTHY))
    damaged, healthy = await answers(engine, vault)
    assert "系统繁忙" not in damaged
    assert "在这里可以办两件事" in damaged
    assert "下一步" in healthy


async def test_flipped_bit_resets_only_the_conversation_of_its_own_account(engine, vault, caplog):
    async with transaction(engine) as conn:
        await put(conn, vault, "damaged", encode(HEALTHY))
        await put(conn, vault, "healthy", encode(HEALTHY))
        await flip(conn, "damaged")
    damaged, healthy = await answers(engine, vault)
    assert "企业职工养老保险" in damaged
    assert "下一步" in healthy
    assert [line for line in caplog.messages if "session" in line] == [
        "a stored session does not open and begins anew"
    ]


async def break_state(conn, vault, account):
    """Store a state that only a newer release knows."""
    stored = (await Sessions(vault).load(conn, [account]))[account]
    body = json.loads(stored.body) | {"state": "selfie_pending"}
    await Sessions(vault).save(conn, [(account, stored.version, json.dumps(body))], Clock()())


async def flip_body(conn, _vault, account):
    await flip(conn, account)


@pytest.mark.parametrize("damage", [flip_body, break_state])
@pytest.mark.parametrize("is_taken", [False, True], ids=["queue", "clerk"])
async def test_chat_with_a_clerk_continues_although_the_session_is_damaged(engine, vault, damage, is_taken):
    chats = Chats(engine, vault, Clock())
    await ask_for_clerk(chats)
    async with transaction(engine) as conn:
        (chat,) = await chats.service.waiting(conn)
        if is_taken:
            assert await chats.service.take(conn, chat, "li")
        await damage(conn, vault, ACCOUNT)
    reply = await chats.say("我的号码是多少")
    async with transaction(engine) as conn:
        (chat,) = await chats.service.waiting(conn)
        heard = [line.words for line in await chats.service.stores.talks.lines(conn, chat.id)]
        assert heard == ["我的号码是多少"]
        assert reply == "" if is_taken else "工作人员" in reply
    if is_taken:
        async with transaction(engine) as conn:
            assert await chats.service.hand_back(conn, chat, "li")
        assert "工作人员" in "".join(await chats.take_sent())


async def test_damaged_session_after_an_ended_chat_is_answered_by_the_bot(engine, vault):
    chats = Chats(engine, vault, Clock())
    await ask_for_clerk(chats)
    await chats.say("结束人工")
    async with transaction(engine) as conn:
        await flip(conn, ACCOUNT)
    assert "在这里可以办两件事" in await chats.say("帮助")


async def test_death_report_question_is_queued_although_a_session_lacks_its_key(engine, vault):
    chats = Chats(engine, vault, Clock())
    stores, now = chats.service.stores, Clock()()
    await chats.say("你好")
    async with transaction(engine) as conn:
        await stores.subscriptions.begin(conn, [(ACCOUNT, SUBJECT)], now)
        await conn.execute(update(sessions).values(body=b"\x01\x03zzz" + bytes(40)))
        await DeathReports(stores, chats.service.notices).write(conn, [("reporter", PERSON)], now)
    (asked_of,) = await chats.column_values(outbox.c.account)
    assert asked_of == ACCOUNT
