"""Refusals of the platform: a bounded number of tries, a paused subscription, one alarm for the operator."""

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
from tests.support.storage.yearly_cycle import subject, years_of
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

MOTHER, FATHER = subject(1, name="欧阳桂兰"), subject(2, name="欧阳海山")
DUE = date(2027, 1, 31)
PERSONAL, LOCKED_OUT = [43101], [40125]
CONFIGURED = [40037, 99999]
"""A code of each class, and one that nobody knows; `test_wechat_errcodes` goes through all of them."""


class Family:
    """Anna is reminded of both parents, sixty days before they are due."""

    def __init__(self, house):
        self.house, self.years = house, years_of(house.engine, house.vault, house.clock)
        self.conversation = conversation_of(house.engine, house.vault, house.clock)
        refused = BlockedReminders(
            house.engine, Subscriptions(house.vault), self.conversation, house.clock
        ).pause
        house.worker = house.new_worker(house.client, refused=refused)
        house.events._refused = refused

    async def subscribe(self):
        self.house.clock.now = datetime(2026, 12, 2, 1, tzinfo=UTC)
        await self.house.heard_from("anna", "tap")
        people = [CertifiedPerson(one, DUE, self.house.clock()) for one in (MOTHER, FATHER)]
        session = replace(Session(), subscribed=True, people=tuple(people))
        async with transaction(self.house.engine) as conn:
            await Sessions(self.house.vault).save(conn, [("anna", 0, encode(session))], self.house.clock())
        for number, one in enumerate((MOTHER, FATHER)):
            await self.years.known_pass(one, date(2026, 1, 4), f"R{number}")
            await self.years.subscribe(("anna", one))

    async def remind(self, left=60):
        """Queue the day's reminders and let the worker deliver what the day holds."""
        day = DUE - timedelta(days=left)
        self.house.clock.now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        queued = await self.years.reminding.queue(day, lambda _: None, asyncio.Event())
        await self.house.rounds(9, hours=1)
        return queued

    async def says(self, words):
        """Let Anna write; return the reply, after what waited for her words was sent."""
        work = Work("anna", Text(words), f"{words} {self.house.clock()}", claims=True)
        (done,) = await self.conversation.execute([work])
        await self.house.heard_from("anna", "text")
        await self.house.rounds()
        return done.reply

    async def paused(self):
        async with self.house.engine.connect() as conn:
            rows = await conn.execute(select(subscriptions.c.refused_at).order_by(subscriptions.c.id))
            return [row.refused_at is not None for row in rows]


@pytest.fixture
async def family(house):
    family = Family(house)
    await family.subscribe()
    await house.client.create_menu({"button": [1]})
    return family


@pytest.mark.parametrize("errcode", PERSONAL)
async def test_a_refused_reminder_pauses_and_is_told_when_the_person_is_heard(house, family, errcode):
    house.rules.refuse_templates("anna", errcode)
    calls = house.weather.calls
    assert await family.remind() == 2
    assert house.weather.calls == calls + 2
    assert await family.paused() == [True, True]
    assert house.heard() == []
    assert "还没有开通" in await family.says("REMINDERS")
    told = [text.splitlines()[0] for text in house.heard()]
    assert [text[:5] for text in told] == ["欧阳*兰的", "欧阳*山的"]
    assert all("没能送到" in text for text in told)
    assert await family.remind(30) == 0


async def test_a_paused_subscription_comes_back_by_the_person_s_word(house, family):
    house.rules.refuse_templates("anna", 43101)
    await family.remind()
    house.rules.refuse_templates("anna", 0)
    assert "到期前我会提醒您" in await family.says("订阅提醒")
    assert await family.paused() == [False, False]
    assert await family.remind(30) == 2
    assert len(house.templates()) == 2


async def test_a_reminder_that_the_person_has_blocked_pauses_too(house, family):
    house.weather.change({"report": "failed:user block"})
    await family.remind()
    assert await family.paused() == [True, True]
    assert "还没有开通" in await family.says("REMINDERS")
    assert len(house.heard()) == 2


@pytest.mark.parametrize("errcode", [*PERSONAL, *CONFIGURED])
async def test_one_that_is_refused_holds_back_none_of_the_accounts_others(house, family, errcode):
    house.weather.change({"errcode": errcode, "times": 1})
    await family.remind()
    fathers = [text for text in house.templates() if "欧阳*山" in text]
    assert len(fathers) == 1


@pytest.mark.parametrize("errcode", CONFIGURED)
async def test_what_is_configured_wrongly_is_tried_six_times_and_alarms_once(house, caplog, errcode):
    people = [f"p{number}" for number in range(20)]
    for person in people:
        house.rules.wrote(person)
    await house.client.create_menu({"button": [1]})
    house.weather.change({"errcode": errcode})
    calls = house.weather.calls
    await house.put_templates(*people)
    await house.rounds(12, minutes=40)
    assert house.weather.calls == calls + 6 * len(people)
    assert {(row.dead, row.last_error) for row in await house.rows()} == {(True, str(errcode))}
    assert await house.alarms() == [(f"errcode {errcode}", "template tpl-result")]
    lines = [line for line in caplog.messages if str(errcode) in line]
    assert lines[0] == f"for the operator: errcode {errcode} (template tpl-result) "
    assert len(lines) <= 8  # once an hour, not once a row


@pytest.mark.parametrize("errcode", LOCKED_OUT)
async def test_what_locks_the_account_out_alarms_once_and_loses_nothing(house, errcode):
    people = [f"p{number}" for number in range(5)]
    for person in people:
        house.rules.wrote(person)
    await house.client.create_menu({"button": [1]})
    house.weather.change({"errcode": errcode})
    await house.put_templates(*people)
    await house.put_templates(*people)
    await house.rounds(6, minutes=31)
    assert house.weather.calls == 2 + 6 * 2 * len(people)
    assert await house.alarms() == [("access token", "access token")]
    house.weather.change({})
    await house.rounds(3, minutes=31)
    assert [len(house.templates(person)) for person in people] == [2] * len(people)
    assert await house.alarms() == []


async def test_an_alarm_ends_with_the_fault(house):
    house.rules.wrote("anna")
    await house.client.create_menu({"button": [1]})
    house.weather.change({"errcode": 40037, "times": 1})
    await house.put_templates("anna")
    await house.rounds()
    assert await house.alarms() == [("errcode 40037", "template tpl-result")]
    await house.rounds(2, minutes=31)
    assert len(house.templates()) == 1
    assert await house.alarms() == []


async def test_many_who_refuse_in_a_row_are_for_the_operator_to_look_at(house):
    people = [f"p{number}" for number in range(25)]
    await house.client.create_menu({"button": [1]})
    for person in people:
        house.rules.wrote(person)
        house.rules.refuse_templates(person, 50002)
    await house.put_templates(*people[:10])
    await house.rounds()
    assert await house.alarms() == []
    await house.put_templates(*people[10:])
    await house.rounds()
    assert await house.alarms() == [("errcode 50002", "template tpl-result")]


@pytest.mark.parametrize("errcode", [43101, 40037])
async def test_a_result_whose_template_is_refused_is_told_when_the_person_is_heard(house, errcode):
    house.rules.wrote("anna")
    house.rules.close_windows("anna")
    house.rules.refuse_templates("anna", errcode)
    await house.put("认证成功", kind=OutboxKind.TEXT, fallback=house.fallback)
    await house.rounds(12, minutes=40)
    assert house.heard() == []
    await house.heard_from("anna", "text")
    await house.rounds()
    assert house.heard() == ["认证成功"]
