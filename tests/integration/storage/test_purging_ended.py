"""What was ended is deleted after its period, and what the office or a running flow needs stays."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

import storage.reminders.subscriptions
from bot.background import purging
from bot.office.case_work import CaseWork, OfficeActor
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.audit_trail.comparison import findings
from storage.database import transaction
from storage.messaging.account_bindings import AccountBindings
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.queued_reminders import withdraw_messages
from storage.reminders.subscriptions import Subscriptions
from storage.retention.purging import RETENTION_DAYS, RetentionClass
from storage.schema.captures import captures
from storage.schema.messaging import sessions
from storage.schema.office import grants, tasks
from storage.schema.people import account_bindings, pass_notices, reminders_sent, subscriptions
from tests.support.purging import purge_of
from tests.support.storage.database_kinds import on_postgresql, on_sqlite
from tests.support.storage.factories import NOW, PERSON, SUBJECT

pytest_plugins = ["tests.support.storage.databases"]

ENDED = dict(RETENTION_DAYS)[RetentionClass.FINISHED]
LONG_AGO = NOW - timedelta(days=ENDED + 1)
LATELY = NOW - timedelta(days=ENDED - 1)


async def purge(engine, vault, now=NOW):
    return await purge_of(engine, RETENTION_DAYS, lambda: now, vault).run(asyncio.Event())


async def column(engine, of):
    async with engine.connect() as conn:
        return list((await conn.execute(select(of).order_by(of))).scalars())


async def write(engine, *statements):
    async with transaction(engine) as conn:
        for statement in statements:
            await conn.execute(statement)


async def subscribed(engine, vault, **ended):
    """Subscribe accounts, end those that have a time, and give each a reminder and a notice."""
    async with transaction(engine) as conn:
        held = Subscriptions(vault)
        await held.begin(conn, [(account, SUBJECT) for account in ended], LONG_AGO)
        for account, at in ended.items():
            if at:
                await held.end_accounts(conn, [account], at)
        ids = (await conn.execute(select(subscriptions.c.id))).scalars().all()
        for of_id in ids:
            day, token = LONG_AGO.date(), str(of_id).encode()
            sent = {"subscription_id": of_id, "due_on": day, "stage": 7, "queued_for": day, "outbox_id": 1}
            await conn.execute(insert(reminders_sent).values(sent | {"token_hash": token, "expires_on": day}))
            noted = {"subscription_id": of_id, "passed_on": day, "source": "face", "noted_at": LONG_AGO}
            await conn.execute(insert(pass_notices).values(noted))


async def test_ended_subscription_goes_with_its_reminders_and_others_stay(engine, vault, monkeypatch):
    monkeypatch.setattr(purging, "_BATCH", 1)
    older = LONG_AGO - timedelta(days=9)
    await subscribed(engine, vault, old=LONG_AGO, older=older, lately=LATELY, runs=None)
    purge_all = purge_of(engine, RETENTION_DAYS, lambda: NOW, vault)
    assert (await purge_all.count())[RetentionClass.FINISHED] == 2
    assert (await purge(engine, vault))[RetentionClass.FINISHED] == 2
    assert await column(engine, subscriptions.c.account) == ["lately", "runs"]
    kept = await column(engine, subscriptions.c.id)
    for of in (reminders_sent.c.subscription_id, pass_notices.c.subscription_id):
        assert await column(engine, of) == kept


async def test_paused_or_refused_subscription_is_not_taken_for_an_ended_one(engine, vault):
    await subscribed(engine, vault, paused=None, refused=None)
    is_paused, is_refused = (subscriptions.c.account == one for one in ("paused", "refused"))
    await write(
        engine,
        update(subscriptions).where(is_paused).values(death_reported_at=LONG_AGO),
        update(subscriptions).where(is_refused).values(refused_at=LONG_AGO),
    )
    assert (await purge(engine, vault))[RetentionClass.FINISHED] == 0


@on_postgresql
async def test_subscription_that_is_begun_again_meanwhile_is_not_lost(engine, vault, monkeypatch):
    async def purging_meanwhile(conn, which, now):
        await purge(engine, vault)
        await withdraw_messages(conn, which, now)

    await subscribed(engine, vault, anna=LONG_AGO)
    monkeypatch.setattr(storage.reminders.subscriptions, "withdraw_messages", purging_meanwhile)
    async with transaction(engine) as conn:
        await Subscriptions(vault).begin(conn, [("anna", SUBJECT)], NOW)
    async with engine.connect() as conn:
        assert [one.account for one in await Subscriptions(vault).alive_of(conn, "anna")] == ["anna"]


async def bound(engine, vault, **ended):
    async with transaction(engine) as conn:
        for account, at in ended.items():
            await AccountBindings(vault).bind(conn, account, PERSON, LONG_AGO - timedelta(days=9))
            if at:
                await AccountBindings(vault).end(conn, account, at)


async def test_ended_binding_is_purged_and_one_in_force_or_just_ended_stays(engine, vault):
    await bound(engine, vault, old=LONG_AGO, lately=LATELY, runs=None)
    assert (await purge(engine, vault))[RetentionClass.FINISHED] == 1
    assert await column(engine, account_bindings.c.account) == ["lately", "runs"]


async def test_binding_ended_stays_while_a_conversation_or_link_could_name_the_person(engine, vault):
    """Without the row an account that was cut off would be the person's again."""
    await bound(engine, vault, chats=LONG_AGO, links=LONG_AGO, gone=LONG_AGO)
    link = {"ticket_hash": b"t", "account": "links", "request": b"", "attempts": 0}
    await write(
        engine,
        insert(sessions).values(account="chats", version=1, body=b"", updated_at=NOW),
        insert(captures).values(link | {"created_at": NOW, "expires_at": NOW}),
    )
    await purge(engine, vault)
    assert await column(engine, account_bindings.c.account) == ["chats", "links"]


async def test_done_tasks_are_purged_and_open_ones_stay(engine, vault):
    async with transaction(engine) as conn:
        held = Tasks(vault)
        for kind in (TaskKind.DEATH, TaskKind.ASSIST, TaskKind.SECOND_LOOK, TaskKind.FORGET):
            await held.add(conn, [(kind, PERSON)], LONG_AGO)
        for number, at in ((1, LONG_AGO), (2, LATELY), (4, LONG_AGO)):
            assert await held.done(conn, number, at)
    assert (await purge(engine, vault))[RetentionClass.FINISHED] == 1
    assert await column(engine, tasks.c.id) == [2, 3, 4]  # 4 is the newest: its number is not given again


@pytest.fixture
def give(engine, vault):
    """Return what gives an exemption at a time, until a day; the office's trail knows it."""

    async def given(at, until, *, is_revoked=False):
        work = CaseWork(vault, lambda: at, OfficeActor(Audit("operator", vault), Actor.OPERATOR))
        exemption = Exemption(ExemptionKind.PASSIVE, PERSON, until.date(), "卧床", at)
        async with transaction(engine) as conn:
            await work.grant(conn, exemption)
            if is_revoked:
                assert await work.end_grant(conn, PERSON.id_type, PERSON.number)

    return given


async def found(engine, vault):
    async with engine.connect() as conn:
        return [one async for one in findings(conn, vault)]


async def test_exemption_that_is_over_is_purged_and_the_trail_verifies(engine, vault, give, monkeypatch):
    monkeypatch.setattr(purging, "_BATCH", 1)
    await give(LONG_AGO - timedelta(days=99), LONG_AGO)
    await give(LONG_AGO, NOW + timedelta(days=99), is_revoked=True)
    await give(LATELY, LATELY, is_revoked=True)
    await give(NOW, NOW + timedelta(days=9))
    assert (await purge(engine, vault))[RetentionClass.EXEMPTIONS] == 2
    assert await column(engine, grants.c.id) == [3, 4]
    assert await found(engine, vault) == []
    async with engine.connect() as conn:
        assert await Exemptions(vault).of_person(conn, PERSON, NOW.date())


async def test_purged_exemption_put_back_is_found_and_allows_nothing(engine, vault, give):
    await give(LONG_AGO, NOW + timedelta(days=99))
    async with engine.connect() as conn:
        stolen = dict((await conn.execute(select(grants))).mappings().one())
    await give(LONG_AGO, NOW + timedelta(days=99), is_revoked=True)
    await give(NOW, NOW, is_revoked=True)
    await purge(engine, vault)
    await write(engine, insert(grants).values(stolen))
    assert "grant 1: deleted by retention in the trail, and back" in await found(engine, vault)
    async with engine.connect() as conn:
        assert await Exemptions(vault).of_person(conn, PERSON, NOW.date()) is None


async def test_exemption_whose_end_was_moved_to_the_past_stays_as_evidence(engine, vault, give):
    await give(LONG_AGO, NOW + timedelta(days=9))
    await write(engine, update(grants).values(until=LONG_AGO.date()))
    await give(NOW, NOW)
    await write(engine, update(grants).where(grants.c.id == 1).values(revoked_at=LONG_AGO))
    assert (await purge(engine, vault))[RetentionClass.EXEMPTIONS] == 0
    assert "grant 1: not as it was given" in await found(engine, vault)


@on_sqlite
@pytest.mark.parametrize("wrong", ["then", 7, "0001-01-01 00:00:00+08:00"])
async def test_exemption_with_an_unreadable_time_stays_and_delays_no_other(engine, vault, give, wrong):
    for _ in range(3):
        await give(LONG_AGO, LONG_AGO)
    await write(engine, text("UPDATE grants SET granted_at = :wrong WHERE id = 1").bindparams(wrong=wrong))
    assert (await purge(engine, vault))[RetentionClass.EXEMPTIONS] == 1
    assert await column(engine, grants.c.id) == [1, 3]


async def test_exemption_deleted_by_hand_is_still_found_after_a_purge(engine, vault, give):
    await give(LONG_AGO, LONG_AGO)
    await give(NOW, NOW)
    await write(engine, delete(grants).where(grants.c.id == 1))
    await purge(engine, vault)
    assert "grant 1: in the trail, and gone" in await found(engine, vault)
