"""删除我的信息: what is deleted, what stays, and what the office learns."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from dialogs.effects import TalkEnd
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Session
from dialogs.values import Scheme, Subject
from storage.database import transaction
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.inbox import Executed, Inbox
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import Sessions
from storage.messaging.talks import Talks
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.retention.purging import RETENTION_DAYS, RetentionClass
from storage.schema.captures import certifications, consents
from storage.schema.messaging import inbox, outbox
from storage.schema.people import account_bindings, subscriptions, templates
from storage.schema.talks import talk_lines
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import NAME, NUMBER, OTHER, PERSON
from tests.support.purging import purge_of
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, TICKET, certification
from tests.support.storage.passes import add_pass
from tests.support.storage.recorded_actions import recorded_actions
from tests.support.wechat.conversations import conversation_of, say

pytest_plugins = ["tests.support.storage.databases"]
VAULT = Vault.from_setting(KEY)
SUBJECT = Subject(Scheme.EMPLOYEE, PERSON, "440100")


@pytest.fixture
def conversation(engine):
    return conversation_of(engine, VAULT, lambda: NOW)


async def filled(engine):
    """Store a face, a pass, messages and reminders; anna is the person, boris their helper."""
    known = CertifiedPerson(subject=SUBJECT, due_on=NOW.date(), since=NOW)
    own = replace(Session(), person=PERSON, people=(known,), subscribed=True)
    async with transaction(engine) as conn:
        await Sessions(VAULT).save(
            conn,
            [
                ("anna", 0, encode(own)),
                ("boris", 0, encode(replace(Session(), people=(known,), subscribed=True))),
            ],
            NOW,
        )
        await AccountBindings(VAULT).bind(conn, "anna", PERSON, NOW)
        await Subscriptions(VAULT).begin(conn, [("anna", SUBJECT), ("boris", SUBJECT)], NOW)
        await Enrolments(VAULT).put(
            conn, EnrolmentTemplate(PERSON.id_type, NUMBER, "p", b"face", "file", b"photo"), NOW
        )
        await Enrolments(VAULT).put(
            conn, EnrolmentTemplate(OTHER.id_type, OTHER.number, "p", b"face", "file"), NOW
        )
        await add_pass(conn, VAULT, certification(identity=PERSON), TICKET, "anna")
        items = [OutboxItem(account, OutboxKind.TEXT, NAME, NOW) for account in ("anna", "boris", "boris")]
        ids = await Outbox(VAULT).put(conn, items, NOW)
        await Outbox(VAULT).done(conn, ids, NOW)
        await Inbox(VAULT).put(conn, [Executed("earlier", "anna", "请问", "我叫陈建国")], NOW)
        await Talks(VAULT).open(conn, "anna", NOW)
        await Talks(VAULT).hear(conn, "anna", "我叫陈建国", NOW)
        await Talks(VAULT).end(conn, "anna", TalkEnd.UNANSWERED, NOW)


async def count(engine, table, *which):
    async with engine.connect() as conn:
        return (await conn.execute(select(func.count()).select_from(table).where(*which))).scalar_one()


async def test_erasure_deletes_face_chat_binding_and_reminders(engine, conversation):
    await filled(engine)
    assert "您的信息已经删除" in await say(conversation, "anna", "删除我的信息", "确认删除")
    assert await count(engine, templates) == 1  # another person's
    assert await count(engine, account_bindings) == 0
    assert await count(engine, subscriptions, subscriptions.c.account == "anna") == 0
    assert await count(engine, outbox, outbox.c.account == "anna", outbox.c.ended_at.is_not(None)) == 0
    assert await count(engine, outbox, outbox.c.account == "boris") == 2
    assert await count(engine, talk_lines) == 0
    assert await missed(engine) == []
    assert await count(engine, inbox, inbox.c.heard.is_not(None)) == 0
    async with engine.connect() as conn:
        held = {one: decode(row.body) for one, row in (await _sessions(conn)).items()}
    assert (held["anna"].person, held["anna"].people) == (None, ())


async def missed(engine):
    async with engine.connect() as conn:
        return await Talks(VAULT).waiting(conn, NOW - timedelta(days=1), 9)


async def _sessions(conn):
    return await Sessions(VAULT).load(conn, ["anna", "boris"])


@on_sqlite
async def test_erasure_ends_the_helper_s_access(engine, conversation):
    await filled(engine)
    await say(conversation, "anna", "删除我的信息", "确认删除")
    alive = subscriptions.c.ended_at.is_(None)
    assert await count(engine, subscriptions, subscriptions.c.account == "boris", alive) == 0
    assert "现在没有可以告诉您的" in await say(conversation, "boris", "我妈什么时候到期")


@on_sqlite
async def test_erasure_keeps_evidence_and_opens_an_office_task(engine, conversation):
    await filled(engine)
    await say(conversation, "anna", "删除我的信息", "确认删除")
    assert await count(engine, certifications) == 1
    async with engine.connect() as conn:
        kinds = (await conn.execute(select(consents.c.kind))).scalars().all()
        kept = str((await conn.execute(text("SELECT * FROM audit"))).all())
        (task,) = await Tasks(VAULT).waiting(conn, 9)
    assert kinds == ["face.withdrawn"]
    actions = await recorded_actions(engine)
    assert actions == ["reminders.ended", "agency.ended", "consent.face.withdrawn", "data.erased"]
    assert (task.kind, task.person) == (TaskKind.FORGET, PERSON)
    assert not {NAME, NUMBER} & set(kept.split("'"))


@on_sqlite
async def test_helper_cannot_delete_the_data_of_the_person_they_help(engine, conversation):
    await filled(engine)
    assert "家人的信息，要由本人来删" in await say(conversation, "boris", "删除我妈的信息")
    await say(conversation, "boris", "删除我的信息", "确认删除")
    assert await count(engine, templates) == 2
    assert await count(engine, account_bindings, account_bindings.c.ended_at.is_(None)) == 1
    assert await count(engine, subscriptions, subscriptions.c.account == "anna") == 1


@on_sqlite
async def test_stored_data_is_listed_by_kind_with_the_configured_retention(engine):
    days = tuple((of, 45 if of is RetentionClass.OUTBOX else kept) for of, kept in RETENTION_DAYS)
    talk = conversation_of(engine, VAULT, lambda: NOW, days=days)
    await filled(engine)
    told = await say(talk, "anna", "你们存了我什么")
    assert "登记的人脸信息：留到您要求删除" in told
    assert "发给您的消息：45 天" in told
    assert NUMBER not in told
    helper = await say(talk, "boris", "你们存了我什么")
    assert "登记的人脸信息：留到" not in helper
    await say(talk, "anna", "删除我的信息", "确认删除")
    assert "登记的人脸信息：留到" not in await say(talk, "anna", "你们存了我什么", "你们有我哪些资料")


async def test_what_is_listed_as_kept_goes_when_the_list_says(engine, conversation):
    await filled(engine)
    told = await say(conversation, "anna", "退订提醒", "查看我的个人信息")
    assert "这个微信是谁的：留到您要求删除" in told
    assert "到期提醒：退订以后不再发，订阅的记录再留 1100 天" in told
    assert "您和工作人员说过的话：谈完以后留 30 天" in told
    await purged(engine, NOW + timedelta(days=1099))
    assert await count(engine, subscriptions, subscriptions.c.account == "anna") == 1
    await purged(engine, NOW + timedelta(days=1101))
    assert await count(engine, subscriptions, subscriptions.c.account == "anna") == 0
    assert await count(engine, account_bindings, account_bindings.c.account == "anna") == 1
    assert await count(engine, talk_lines) == 0


async def purged(engine, now):
    await purge_of(engine, RETENTION_DAYS, lambda: now).run(asyncio.Event())


@on_sqlite
async def test_clerk_chats_are_not_listed_for_an_account_that_never_had_one(conversation):
    await say(conversation, "anna", "你好")
    assert "和工作人员说过的话" not in await say(conversation, "anna", "你们存了我什么")
