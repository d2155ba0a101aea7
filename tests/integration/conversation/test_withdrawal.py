"""撤回人脸同意: what is recorded, what happens to open links, and how the office deletes templates."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.capture.tickets.consent import ConsentGiven, ConsentRecorder
from bot.capture.tickets.ticket import new_ticket
from dialogs.immutable_record import replace
from dialogs.session import Session
from dialogs.values import CaptureReason, CaptureRequest, IdType, Manner, Purpose, Scheme, Subject
from messages.catalogue.lookup import FACE_TERMS_VERSION
from messages.inbound import AuthorizationEnded
from messages.language.codes import Language
from storage.audit_trail.audit import Audit
from storage.database import transaction
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.records.captures import Captures
from storage.records.consents import Consents
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.schema.captures import consents
from storage.schema.people import subscriptions
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import NAME, NUMBER, PERSON
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW
from tests.support.storage.recorded_actions import recorded_actions
from tests.support.wechat.conversations import conversation_of, say

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)
REQUEST = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, PERSON, "440100")
OF_ANOTHER = replace(REQUEST, subject=replace(PERSON, number="440103195501010121"))
WHO = ("--id-type", "resident_id", "--id-number", NUMBER)


@pytest.fixture
def conversation(engine):
    return conversation_of(engine, VAULT, lambda: NOW)


async def withdraw(conversation, account="anna"):
    return await say(conversation, account, "撤回人脸同意", "确认撤回")


async def bound(engine, account="anna"):
    async with transaction(engine) as conn:
        session = replace(Session(), person=PERSON)
        await Sessions(VAULT).save(conn, [(account, 0, encode(session))], NOW)


async def link(engine, account, *, request=REQUEST, handed_over=False, bearer="", opened=NOW):
    _, key = new_ticket()
    async with transaction(engine) as conn:
        ends = opened + timedelta(minutes=10)
        await Captures(VAULT).open(conn, key, account, request, opened, ends, handed_over=handed_over)
        if bearer:
            await Captures(VAULT).bind(conn, key, bearer)
    return key


async def is_open(engine, key):
    async with engine.connect() as conn:
        return (await Captures(VAULT).find(conn, key)).finished_at is None


async def test_withdrawal_is_recorded_as_consent_audit_entry_and_task(engine, conversation):
    await bound(engine)
    assert "已经撤回" in await withdraw(conversation)
    async with engine.connect() as conn:
        (row,) = (await conn.execute(select(consents))).all()
        (task,) = await Tasks(VAULT).waiting(conn, 9)
        kept = str((await conn.execute(text("SELECT * FROM audit"))).all())
    assert (row.account, row.kind, row.version) == ("anna", "face.withdrawn", FACE_TERMS_VERSION)
    assert (task.kind, task.person) == (TaskKind.FORGET, PERSON)
    assert await recorded_actions(engine) == ["consent.face.withdrawn"]
    assert NAME not in kept
    assert NUMBER not in kept


async def test_withdrawal_of_an_unbound_account_opens_no_task(engine, conversation):
    await withdraw(conversation)
    async with engine.connect() as conn:
        assert len((await conn.execute(select(consents))).all()) == 1
        assert await Tasks(VAULT).waiting(conn, 9) == []
    assert await recorded_actions(engine) == ["consent.face.withdrawn"]


async def test_withdrawal_ends_only_the_account_s_own_open_links(engine, conversation):
    own = await link(engine, "anna")
    for_her = await link(engine, "boris", handed_over=True, bearer="anna")
    for_another = await link(engine, "anna", handed_over=True, bearer="carla")
    other = await link(engine, "carla")
    await withdraw(conversation)
    ended = [not await is_open(engine, key) for key in (own, for_her, for_another, other)]
    assert ended == [True, True, False, False]


async def test_withdrawal_ends_a_link_bound_to_a_guest_browser(engine, conversation):
    held = await link(engine, "anna", handed_over=True, bearer="guest:0a1b")
    await withdraw(conversation)
    assert not await is_open(engine, held)


async def test_withdrawal_ends_a_relative_s_link_for_the_same_person(engine, conversation):
    await bound(engine)
    hers, other = await link(engine, "boris"), await link(engine, "boris", request=OF_ANOTHER)
    await withdraw(conversation)
    assert (await is_open(engine, hers), await is_open(engine, other)) == (False, True)


@pytest.mark.parametrize("account", ["anna", "boris"])
async def test_withdrawal_ends_a_check_running_past_its_link_s_expiry(engine, conversation, account):
    await bound(engine)
    key = await link(engine, account, opened=NOW - timedelta(minutes=11))
    await withdraw(conversation)
    assert not await is_open(engine, key)


@pytest.mark.parametrize("handed_over", [False, True])
async def test_consent_is_refused_when_withdrawn_after_the_link_was_read(engine, conversation, handed_over):
    key = await link(engine, "anna", handed_over=handed_over)
    async with engine.connect() as conn:
        seen_open = await Captures(VAULT).find(conn, key)
    await withdraw(conversation)
    desk = ConsentRecorder(engine, VAULT, Captures(VAULT), Consents(), Audit("test", VAULT), lambda: NOW)
    answer = await desk.write(
        key, seen_open, ConsentGiven(FACE_TERMS_VERSION, "guest:0a1b", Language.CHINESE)
    )
    assert (answer.status, answer.reason) == (410, CaptureReason.USED)
    async with engine.connect() as conn:
        assert (await conn.execute(select(consents.c.kind))).scalars().all() == ["face.withdrawn"]
    assert await recorded_actions(engine) == ["consent.face.withdrawn"]


async def test_ended_authorization_ends_reminders_binding_and_open_links(engine, conversation):
    await bound(engine)
    own = await link(engine, "anna")
    async with transaction(engine) as conn:
        subject = Subject(Scheme.EMPLOYEE, PERSON, "440100")
        await Subscriptions(VAULT).begin(conn, [("anna", subject), ("boris", subject)], NOW)
    reply = await say(conversation, "anna", AuthorizationEnded())
    async with engine.connect() as conn:
        (task,) = await Tasks(VAULT).waiting(conn, 9)
        statement = select(subscriptions.c.account).where(subscriptions.c.ended_at.is_(None))
        assert (await conn.execute(statement)).scalars().all() == ["boris"]
    assert (reply, task.kind, task.person) == ("", TaskKind.FORGET, PERSON)
    assert await conversation.person_of("anna") is None
    assert not await is_open(engine, own)
    assert await recorded_actions(engine) == ["reminders.ended", "consent.face.withdrawn"]


async def test_operator_deletes_every_template_and_ends_the_task(operator, engine, conversation, monkeypatch):
    await bound(engine)
    await withdraw(conversation)
    async with transaction(engine) as conn:
        for pack in ("opencv-zoo", "another"):
            await Enrolments(VAULT).put(
                conn, EnrolmentTemplate(IdType.RESIDENT_ID, NUMBER, pack, b"face", "file"), NOW
            )
    assert (await operator.run("tasks", "list", "--kind", "forget")).out.startswith("1 forget 陈*国")
    ran = await operator.run("faces", "forget", *WHO)
    assert (ran.code, ran.out) == (0, "resident_id 4401**********0120: 2 templates deleted\n")
    async with engine.connect() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM templates")) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    again = await operator.run("faces", "forget", "--id-type", "resident_id", "--id-number", "-")
    assert (again.code, again.out) == (1, "resident_id 4401**********0120: nothing is enrolled\n")
    assert (await operator.run("tasks", "done", "1")).code == 0
    assert "template.deleted" in await recorded_actions(engine)
