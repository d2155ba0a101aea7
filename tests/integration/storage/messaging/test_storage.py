"""Records of a conversation, on both databases: schema, claims, versions, locks."""

import asyncio
import json
import logging

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage import database
from storage.database import fit_of, lock_accounts, open_engine, transaction, upgrade
from storage.errors import StaleSession, StatementFailed
from storage.messaging.inbox import Executed, Inbox
from storage.messaging.outbox import Outbox, OutboxItem
from storage.messaging.sessions import Sessions, StoredSession
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.schema.columns import metadata
from storage.schema.version import SchemaFit
from tests.support.storage import shared_caches
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import AGENT, NOW, PERSON, REQUEST, TICKET, beneficiary, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]


async def test_upgrade_makes_a_new_database_current_and_is_repeatable(database_url):
    engine = open_engine(database_url)
    assert await fit_of(engine) is SchemaFit.OLDER
    await upgrade(engine)
    await upgrade(engine)
    assert await fit_of(engine) is SchemaFit.CURRENT
    await engine.dispose()


async def test_concurrent_upgrades_succeed(database_url):
    programs = [open_engine(database_url) for _ in range(3)]
    await asyncio.gather(*(upgrade(program) for program in programs))
    assert await fit_of(programs[0]) is SchemaFit.CURRENT
    for program in programs:
        await program.dispose()


async def test_concurrent_first_connections_to_a_new_database_all_succeed(tmp_path):
    async def first_query(program):
        async with transaction(program) as conn:
            return await conn.scalar(text("SELECT 1"))

    for number in range(60):  # one in twenty of these once failed with "database is locked"
        programs = [open_engine(f"sqlite+aiosqlite:///{tmp_path / f'{number}.db'}") for _ in range(6)]
        assert await asyncio.gather(*map(first_query, programs)) == [1] * 6
        for program in programs:
            await program.dispose()


async def test_migrations_produce_the_declared_tables(engine):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with engine.connect() as conn:
        assert await conn.run_sync(differences) == []


async def test_failed_transaction_leaves_nothing(engine, vault):
    inbox = Inbox(vault)

    async def fail_half_way():
        async with transaction(engine) as conn:
            await inbox.put(conn, [Executed("k", "a", "您好")], NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fail_half_way()
    async with transaction(engine) as conn:
        assert await inbox.replies(conn, ["k"]) == {}


async def test_delivery_is_stored_with_its_reply_or_answered_later(engine, vault):
    inbox = Inbox(vault)
    async with transaction(engine) as conn:
        executed = [Executed("k1", "a", "您好"), Executed("k2", "b", ""), Executed("k3", "c", None)]
        await inbox.put(conn, executed, NOW)
        assert await inbox.replies(conn, ["k1", "k2", "k3", "k4"]) == {"k1": "您好", "k2": "", "k3": None}
        await inbox.answer(conn, {"k3": "查到了"}, NOW)
        assert await inbox.replies(conn, ["k3"]) == {"k3": "查到了"}


async def test_delivery_is_never_stored_twice(engine, vault):
    async with transaction(engine) as conn:
        await Inbox(vault).put(conn, [Executed("k", "a", "first")], NOW)
    with pytest.raises(StatementFailed):
        async with transaction(engine) as conn:
            await Inbox(vault).put(conn, [Executed("k", "a", "second")], NOW)


async def test_sessions_are_saved_and_loaded_in_batches(engine, vault):
    sessions = Sessions(vault)
    async with transaction(engine) as conn:
        await sessions.save(conn, [("a", 0, "一"), ("b", 0, "二")], NOW)
        await sessions.save(conn, [("a", 1, "三"), ("b", 1, "四"), ("c", 0, "五")], NOW)
        assert await sessions.load(conn, ["a", "b", "c", "d"]) == {
            "a": StoredSession(2, "三"),
            "b": StoredSession(2, "四"),
            "c": StoredSession(1, "五"),
        }
        assert await sessions.load(conn, []) == {}


@pytest.mark.parametrize("stale", [("a", 0), ("a", 2), ("gone", 1), ("gone", 7)])
async def test_stale_session_is_refused_with_its_whole_batch(engine, vault, stale):
    sessions = Sessions(vault)
    async with transaction(engine) as conn:
        await sessions.save(conn, [("a", 0, "first"), ("b", 0, "first")], NOW)
    with pytest.raises(StaleSession):
        async with transaction(engine) as conn:
            await sessions.save(conn, [("b", 1, "second"), (*stale, "second")], NOW)
    async with engine.connect() as conn:
        stored = await sessions.load(conn, ["a", "b", "gone"])
    assert {account: session.body for account, session in stored.items()} == {"a": "first", "b": "first"}


async def test_locked_session_waits_for_the_other_batch(engine, vault):
    sessions, order = Sessions(vault), []

    async def add(word, held):
        async with transaction(engine) as conn:
            await lock_accounts(conn, ["b", "a"])
            stored = (await sessions.load(conn, ["a"])).get("a", StoredSession(0, ""))
            await asyncio.sleep(held)
            await sessions.save(conn, [("a", stored.version, stored.body + word)], NOW)
            order.append(word)

    await asyncio.gather(*(add(word, 0.02) for word in "xyz"))
    async with engine.connect() as conn:
        assert (await sessions.load(conn, ["a"]))["a"] == StoredSession(3, "".join(order))


async def fill(engine, vault):
    async with transaction(engine) as conn:
        await Inbox(vault).put(conn, [Executed("k", "a", PERSON.name + PERSON.number)], NOW)
        await Sessions(vault).save(conn, [("a", 0, PERSON.name + PERSON.number)], NOW)
        await Outbox(vault).put(conn, [OutboxItem("a", "say", PERSON.name, NOW)], NOW)
        await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW)
        await add_pass(conn, vault, certification())
        await Beneficiaries(vault).put(conn, [beneficiary()], NOW)
        await Enrolments(vault).put(
            conn, EnrolmentTemplate(PERSON.id_type, PERSON.number, "p", b"the face", "registry"), NOW
        )


async def test_database_files_contain_no_personal_data(tmp_path, vault):
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    await upgrade(engine)
    await fill(engine, vault)
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    await engine.dispose()
    assert b"440100" in files
    for secret in (PERSON.name, PERSON.number, AGENT.name, AGENT.number, "the face"):
        assert secret.encode() not in files
        assert secret.encode("utf-16-le") not in files
        assert json.dumps(secret).strip('"').encode() not in files


async def test_error_messages_contain_no_bound_values(engine):
    with pytest.raises(Exception) as caught:  # noqa: PT011 (whatever the driver raises)
        async with transaction(engine) as conn:
            await conn.execute(text("SELECT missing FROM nowhere WHERE x = :x"), {"x": PERSON.number})
    assert PERSON.number not in str(caught.value)


async def test_debug_logs_contain_no_bound_values(engine, vault, caplog):
    caplog.set_level(logging.DEBUG)
    async with transaction(engine) as conn:
        await Inbox(vault).put(conn, [Executed("the-key", "the-account", "")], NOW)
    assert "the-account" not in caplog.text


@on_sqlite
async def test_sqlite_uses_wal_with_full_synchronisation(engine, monkeypatch):
    monkeypatch.setattr(database, "_PRAGMAS", shared_caches.PRAGMAS)
    async with engine.connect() as conn:
        journal = (await conn.execute(text("PRAGMA journal_mode"))).scalar_one()
        synchronous = (await conn.execute(text("PRAGMA synchronous"))).scalar_one()
    assert (journal, synchronous) == ("wal", 2)
