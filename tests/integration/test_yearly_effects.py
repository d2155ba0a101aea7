"""What the dialog decides about reminders and deaths is written with the decision."""

from datetime import date

import pytest
from sqlalchemy import select

from bot import conversation as conversation_module
from bot.conversation import Work
from dialogs.effects import Effect, ReportDeath, Subscribe, Unsubscribe
from dialogs.step import Step
from messages.catalogue import TERMS_VERSION
from messages.inbound import Text
from storage.database import transaction
from storage.tables import audit, consents, subscriptions, tasks
from storage.tasks import Tasks
from tests.yearly import NAME, Clock, conversation_of, subject, years_of

pytest_plugins = ["tests.databases"]


@pytest.fixture
def decided(monkeypatch) -> dict[str, tuple[Effect, ...]]:
    """Let a word of a test decide these effects, whatever the dialog's own words for them are."""
    effects: dict[str, tuple[Effect, ...]] = {}
    monkeypatch.setattr(
        conversation_module, "step", lambda session, event, _now: Step(session, effects[event.content])
    )
    return effects


@pytest.fixture
def talk(engine, vault):
    conversation = conversation_of(engine, vault, Clock())

    async def say(*words, account="anna"):
        await conversation.execute([Work(account, Text(word)) for word in words])

    return say


async def rows(engine, table):
    async with engine.connect() as conn:
        return (await conn.execute(select(table).order_by(table.c.id))).all()


async def alive(engine):
    return [row.account for row in await rows(engine, subscriptions) if row.ended_at is None]


async def test_to_subscribe_is_a_recorded_consent_and_a_due_date(engine, vault, decided, talk):
    years = years_of(engine, vault)
    await years.known_pass(subject(), date(2026, 5, 4))
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    await talk("订阅提醒")
    [row] = await rows(engine, subscriptions)
    assert (row.account, row.due_on) == ("anna", date(2027, 5, 31))
    [consent] = await rows(engine, consents)
    assert (consent.account, consent.kind, consent.version) == ("anna", "reminders", TERMS_VERSION)
    assert [row.action for row in await rows(engine, audit)] == ["consent.reminders"]


async def test_the_last_word_of_a_busy_moment_counts(engine, decided, talk):
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    decided["退订提醒"] = (Unsubscribe(),)
    await talk("订阅提醒", "退订提醒")
    assert await alive(engine) == []
    await talk("退订提醒", "订阅提醒")
    assert await alive(engine) == ["anna"]
    await talk("订阅提醒", account="boris")
    await talk("退订提醒")
    assert await alive(engine) == ["boris"]


async def test_a_reported_death_stops_reminders_and_gives_the_office_a_task(engine, vault, decided, talk):
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    decided["去世"] = (ReportDeath(subject().identity),)
    await talk("订阅提醒", account="boris")
    await talk("去世")
    assert await alive(engine) == []
    async with transaction(engine) as conn:
        [task] = await Tasks(vault).waiting(conn, 10)
        assert (task.kind, task.person) == ("death", subject().identity)
        ended = [await Tasks(vault).done(conn, task.id, Clock()()) for _ in range(2)]
        assert ended == [True, False]
        assert await Tasks(vault).waiting(conn, 10) == []
    [sealed] = await rows(engine, tasks)
    assert NAME.encode() not in sealed.person
    assert "death.reported" in [row.action for row in await rows(engine, audit)]
