"""Refusals by the platform: limited retries, a paused subscription, one alarm for the operator."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.conversation.units_of_work import Work
from bot.reminders.blocked_reminders import BlockedReminders
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Session
from messages.inbound import Text
from storage.database import transaction
from storage.messaging.outbox import OutboxKind
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.reminders.subscriptions import Subscriptions
from storage.schema.people import subscriptions
from tests.support.storage.yearly_cycle import reminder_harness, subject
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

MOTHER, FATHER = subject(1, name="欧阳桂兰"), subject(2, name="欧阳海山")
DUE = date(2027, 1, 31)
PERSONAL, LOCKED_OUT = [43101], [40125]
CONFIGURED = [40037, 99999]
"""A code of each class, and an unknown one; `test_wechat_errcodes` covers all of them."""


class Family:
    """Anna is reminded of both parents, sixty days before they are due."""

    def __init__(self, harness):
        self.harness, self.reminders = harness, reminder_harness(harness.engine, harness.vault, harness.clock)
        self.conversation = conversation_of(harness.engine, harness.vault, harness.clock)
        refused = BlockedReminders(
            harness.engine, Subscriptions(harness.vault), self.conversation, harness.clock
        ).pause
        harness.worker = harness.new_worker(harness.client, refused=refused)
        harness.events._refused = refused

    async def subscribe(self):
        self.harness.clock.now = datetime(2026, 12, 2, 1, tzinfo=UTC)
        await self.harness.hear_from("anna", "tap")
        people = [CertifiedPerson(one, DUE, self.harness.clock()) for one in (MOTHER, FATHER)]
        session = replace(Session(), subscribed=True, people=tuple(people))
        async with transaction(self.harness.engine) as conn:
            await Sessions(self.harness.vault).save(
                conn, [("anna", 0, encode(session))], self.harness.clock()
            )
        for number, one in enumerate((MOTHER, FATHER)):
            await self.reminders.record_pass(one, date(2026, 1, 4), f"R{number}")
            await self.reminders.subscribe(("anna", one))

    async def remind(self, left=60):
        """Queue the day's reminders and let the worker deliver them over the day."""
        day = DUE - timedelta(days=left)
        self.harness.clock.now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        queued = await self.reminders.reminding.queue(day, lambda _: None, asyncio.Event())
        await self.harness.run_rounds(9, hours=1)
        return queued

    async def says(self, words):
        """Let Anna write; return the reply after the messages that waited for her were sent."""
        work = Work("anna", Text(words), f"{words} {self.harness.clock()}", claims=True)
        (done,) = await self.conversation.execute([work])
        await self.harness.hear_from("anna", "text")
        await self.harness.run_rounds()
        return done.reply

    async def paused(self):
        async with self.harness.engine.connect() as conn:
            rows = await conn.execute(select(subscriptions.c.refused_at).order_by(subscriptions.c.id))
            return [row.refused_at is not None for row in rows]


@pytest.fixture
async def family(harness):
    family = Family(harness)
    await family.subscribe()
    await harness.client.create_menu({"button": [1]})
    return family


@pytest.mark.parametrize("errcode", PERSONAL)
async def test_refused_reminder_pauses_and_is_reported_at_the_next_message(harness, family, errcode):
    harness.rules.refuse_templates("anna", errcode)
    calls = harness.faults.calls
    assert await family.remind() == 2
    assert harness.faults.calls == calls + 2
    assert await family.paused() == [True, True]
    assert harness.received_texts() == []
    assert "还没有开通" in await family.says("REMINDERS")
    told = [text.splitlines()[0] for text in harness.received_texts()]
    assert [text[:5] for text in told] == ["欧阳*兰的", "欧阳*山的"]
    assert all("没能送到" in text for text in told)
    assert await family.remind(30) == 0


async def test_paused_subscription_resumes_at_the_person_s_request(harness, family):
    harness.rules.refuse_templates("anna", 43101)
    await family.remind()
    harness.rules.refuse_templates("anna", 0)
    assert "到期前我会提醒您" in await family.says("订阅提醒")
    assert await family.paused() == [False, False]
    assert await family.remind(30) == 2
    assert len(harness.received_templates()) == 2


async def test_refused_reminder_is_not_reported_after_unsubscribing(harness, family):
    harness.rules.refuse_templates("anna", 43101)
    await family.remind()
    assert "以后不再提醒" in await family.says("退订提醒")
    assert harness.received_texts() == []


@pytest.mark.parametrize(("is_sure", "told"), [(True, []), (False, ["有人告诉我们欧阳*兰已经去世"])])
async def test_refused_reminder_of_a_dead_person_is_not_reported(harness, family, is_sure, told):
    harness.rules.refuse_templates("anna", 43101)
    await family.remind()
    async with transaction(harness.engine) as conn:
        if is_sure:
            await Subscriptions(harness.vault).end_dead(conn, [MOTHER.identity], harness.clock())
        else:
            reports = family.conversation._recorder.deaths
            await reports.write(conn, [("bert", MOTHER.identity)], harness.clock())
    await family.says("你好")
    assert [text.split("，")[0] for text in harness.received_texts() if "欧阳*兰" in text] == told
    assert any("欧阳*山的到期提醒没能送到" in text for text in harness.received_texts())


async def test_reminder_blocked_by_the_person_pauses_the_subscription(harness, family):
    harness.faults.change({"report": "failed:user block"})
    await family.remind()
    assert await family.paused() == [True, True]
    assert "还没有开通" in await family.says("REMINDERS")
    assert len(harness.received_texts()) == 2


@pytest.mark.parametrize("errcode", [*PERSONAL, *CONFIGURED])
async def test_refused_reminder_does_not_block_others_of_the_account(harness, family, errcode):
    harness.faults.change({"errcode": errcode, "times": 1})
    await family.remind()
    fathers = [text for text in harness.received_templates() if "欧阳*山" in text]
    assert len(fathers) == 1


@pytest.mark.parametrize("errcode", CONFIGURED)
async def test_misconfiguration_is_retried_six_times_and_raises_one_alarm(harness, caplog, errcode):
    people = [f"p{number}" for number in range(20)]
    for person in people:
        harness.rules.wrote(person)
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"errcode": errcode})
    calls = harness.faults.calls
    await harness.put_templates(*people)
    await harness.run_rounds(12, minutes=40)
    assert harness.faults.calls == calls + 6 * len(people)
    assert {(row.dead, row.last_error) for row in await harness.rows()} == {(True, str(errcode))}
    assert await harness.alarms() == [(f"errcode {errcode}", "template tpl-result")]
    lines = [line for line in caplog.messages if str(errcode) in line]
    assert lines[0] == f"for the operator: errcode {errcode} (template tpl-result) "
    assert len(lines) <= 8  # once an hour, not once a row


@pytest.mark.parametrize("errcode", LOCKED_OUT)
async def test_lockout_raises_one_alarm_and_loses_nothing(harness, errcode):
    people = [f"p{number}" for number in range(5)]
    for person in people:
        harness.rules.wrote(person)
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"errcode": errcode})
    await harness.put_templates(*people)
    await harness.put_templates(*people)
    await harness.run_rounds(6, minutes=31)
    assert harness.faults.calls == 2 + 6 * 2 * len(people)
    assert await harness.alarms() == [("access token", "access token")]
    harness.faults.change({})
    await harness.run_rounds(3, minutes=31)
    assert [len(harness.received_templates(person)) for person in people] == [2] * len(people)
    assert await harness.alarms() == []


async def test_alarm_ends_with_the_fault(harness):
    harness.rules.wrote("anna")
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"errcode": 40037, "times": 1})
    await harness.put_templates("anna")
    await harness.run_rounds()
    assert await harness.alarms() == [("errcode 40037", "template tpl-result")]
    await harness.run_rounds(2, minutes=31)
    assert len(harness.received_templates()) == 1
    assert await harness.alarms() == []


async def test_many_consecutive_refusals_raise_an_alarm(harness):
    people = [f"p{number}" for number in range(25)]
    await harness.client.create_menu({"button": [1]})
    for person in people:
        harness.rules.wrote(person)
        harness.rules.refuse_templates(person, 50002)
    await harness.put_templates(*people[:10])
    await harness.run_rounds()
    assert await harness.alarms() == []
    await harness.put_templates(*people[10:])
    await harness.run_rounds()
    assert await harness.alarms() == [("errcode 50002", "template tpl-result")]


@pytest.mark.parametrize("errcode", [43101, 40037])
async def test_result_with_refused_template_is_sent_at_the_next_message(harness, errcode):
    harness.rules.wrote("anna")
    harness.rules.close_windows("anna")
    harness.rules.refuse_templates("anna", errcode)
    await harness.put("认证成功", kind=OutboxKind.TEXT, fallback=harness.fallback)
    await harness.run_rounds(12, minutes=40)
    assert harness.received_texts() == []
    await harness.hear_from("anna", "text")
    await harness.run_rounds()
    assert harness.received_texts() == ["认证成功"]


async def test_result_delayed_by_a_two_day_outage_is_sent_when_the_person_writes(harness):
    await harness.hear_from("anna", "text")
    harness.faults.change({"away": True})
    await harness.put("认证成功")
    await harness.run_rounds(110, minutes=30)
    harness.faults.change({})
    await harness.run_rounds(2, minutes=31)
    await harness.hear_from("anna", "text")
    await harness.run_rounds()
    assert harness.received_texts() == ["认证成功"]


async def test_after_an_outage_what_is_configured_wrongly_still_has_its_six_tries(harness):
    harness.rules.wrote("anna")
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"away": True})
    await harness.put_templates("anna")
    await harness.run_rounds(8, minutes=10)
    harness.faults.change({"errcode": 40037, "times": 5})
    await harness.run_rounds(6, minutes=31)
    assert len(harness.received_templates()) == 1
