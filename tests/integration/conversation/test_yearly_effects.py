"""Dialog decisions about reminders and deaths are written together with its other effects."""

import itertools
from datetime import date

import pytest
from sqlalchemy import select

from bot.conversation.units_of_work import Work
from dialogs.effects import Effect, ReportDeath, Subscribe, Unsubscribe
from dialogs.flow.step import Step
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Session
from messages.catalogue.lookup import TERMS_VERSION
from messages.inbound import Click, Text, Unsubscribed
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import MenuKey
from messages.outbound import Say
from storage.database import transaction
from storage.messaging.reply_windows import ReplyWindows
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.records.tasks import Tasks
from storage.schema.captures import consents
from storage.schema.office import audit, tasks
from storage.schema.people import subscriptions
from tests.support.storage.yearly_cycle import NAME, Clock, reminder_harness, subject
from tests.support.wechat.conversations import conversation_of, planner_of

pytest_plugins = ["tests.support.storage.databases"]
_keys = itertools.count(1)


@pytest.fixture
def decided() -> dict[str, tuple[Effect, ...]]:
    """Let a word of the test trigger these effects, whatever the dialog's own words for them are."""
    return {}


@pytest.fixture
def talk(engine, vault, decided):
    conversation = conversation_of(engine, vault, Clock())
    conversation._stepping = lambda session, event, _: Step(session, decided[event.content])

    async def say(*words, account="anna"):
        await conversation.execute([Work(account, Text(word)) for word in words])

    return say


async def rows(engine, table):
    async with engine.connect() as conn:
        return (await conn.execute(select(table).order_by(table.c.id))).all()


async def alive(engine):
    return [row.account for row in await rows(engine, subscriptions) if row.ended_at is None]


async def test_subscribing_records_a_consent_and_a_due_date(engine, vault, decided, talk):
    reminders = reminder_harness(engine, vault)
    await reminders.record_pass(subject(), date(2026, 5, 4))
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    await talk("订阅提醒")
    [row] = await rows(engine, subscriptions)
    assert (row.account, row.due_on) == ("anna", date(2027, 5, 31))
    [consent] = await rows(engine, consents)
    assert (consent.account, consent.kind, consent.version) == ("anna", "reminders", TERMS_VERSION)
    assert [row.action for row in await rows(engine, audit)] == ["consent.reminders"]


async def test_last_of_several_queued_decisions_counts(engine, decided, talk):
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    decided["退订提醒"] = (Unsubscribe(),)
    await talk("订阅提醒", "退订提醒")
    assert await alive(engine) == []
    await talk("退订提醒", "订阅提醒")
    assert await alive(engine) == ["anna"]
    await talk("订阅提醒", account="boris")
    await talk("退订提醒")
    assert await alive(engine) == ["boris"]


async def test_death_report_ends_the_reporter_s_reminders_and_opens_a_task(engine, vault, decided, talk):
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    decided["去世"] = (ReportDeath(subject().identity),)
    await talk("订阅提醒", "去世")
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


async def test_unfollowing_ends_reminders_and_the_account_is_told_on_return(engine, vault):
    await bound(engine, vault)
    conversation = conversation_of(engine, vault, Clock())
    assert "到期前我会提醒您" in await asked(conversation, "订阅提醒")
    assert await alive(engine) == ["anna"]
    await conversation.execute([Work("anna", Unsubscribed())])
    assert await alive(engine) == []
    assert "还没有开通" in await asked(conversation, Click(MenuKey.REMINDERS))


async def test_subscription_is_declined_without_a_reminder_template(engine, vault):
    await bound(engine, vault)
    conversation = conversation_of(engine, vault, Clock(), planner_of(vault, reminds=False))
    for said in ("订阅提醒", Click(MenuKey.REMINDERS)):
        assert (await asked(conversation, said)).startswith("到期提醒还没有开通，请记住下次认证的日期。")
    assert await alive(engine) == []
    assert await rows(engine, consents) == []
    assert "到期前我会提醒您" in await asked(conversation_of(engine, vault, Clock()), "订阅提醒")


async def test_combined_text_promises_no_reminder_without_a_template(vault):
    several = Say(Key.LINES, {"lines": (Say(Key.SUBSCRIBED, {}), Say(Key.THANKS, {}))})
    writes = planner_of(vault, reminds=False).writes("anna", (several,), Language.CHINESE)
    (text,) = writes.texts
    assert "请记住下次认证的日期" in text
    assert "提醒您" not in text


async def test_input_from_the_page_opens_no_reply_window(engine, vault):
    await conversation_of(engine, vault, Clock()).execute([Work("anna", Text("确定"), on_page=True)])
    async with engine.connect() as conn:
        assert await ReplyWindows().of(conn, ["anna"], Clock()()) == {}


async def asked(conversation, said):
    event = Text(said) if isinstance(said, str) else said
    (done,) = await conversation.execute([Work("anna", event, f"anna:{next(_keys)}", claims=True)])
    return done.reply


async def bound(engine, vault):
    """Bind anna's account to a person who has passed."""
    of = subject()
    known = CertifiedPerson(of, date(2027, 5, 31), Clock()())
    session = replace(Session(), person=of.identity, people=(known,))
    async with transaction(engine) as conn:
        await Sessions(vault).save(conn, [("anna", 0, encode(session))], Clock()())


async def test_death_reported_under_another_name_stops_no_reminders(engine, vault, decided, talk):
    decided["订阅提醒"] = (Subscribe((subject(),)),)
    decided["去世"] = (ReportDeath(replace(subject().identity, name="某某某")),)
    await talk("订阅提醒", account="boris")
    await talk("去世")
    assert await alive(engine) == ["boris"]
    async with transaction(engine) as conn:
        assert len(await Tasks(vault).waiting(conn, 10)) == 1
