"""`doctor` on a complete installation, key ages, and keys of another database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from storage.database import transaction
from storage.errors import BadKeys
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.schema.columns import sealed_columns, sealed_tables
from storage.sealing.key_check import opens_stored, try_keys
from storage.sealing.key_uses import note_keys
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import NOW
from tests.support.storage.filled_database import BOTH, NEW, OLD, fill_sealed_fields

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]


async def test_doctor_passes_a_good_installation(operator, engine):
    await fill_sealed_fields(engine)
    ran = await operator.run("doctor", "--offline")
    assert ran.code == 0
    assert [line.split(":")[0] for line in ran.out.splitlines()] == [
        "ok   settings",
        "ok   database",
        "ok   keys",
        "ok   face pack",
        "ok   questions",
        "ok   decoding",
        "ok   disk",
        "ok   processor",
    ]


async def test_doctor_warns_about_external_registry_without_a_key(operator):
    operator.set(REGISTRY_URL="https://registry.example/pension")
    ran = await operator.run("doctor", "--offline")
    assert "warn settings: REGISTRY_URL without REGISTRY_KEY" in ran.out
    operator.set(REGISTRY_KEY="key")
    assert "warn settings" not in (await operator.run("doctor", "--offline")).out


async def test_doctor_shows_key_ages_and_warns_about_old_keys(operator, engine):
    now = datetime.now(UTC)
    async with transaction(engine) as conn:
        await note_keys(conn, OLD, now - timedelta(days=731, hours=1))
        await note_keys(conn, OLD, now)
        await note_keys(conn, BOTH.signing_with(NEW_KEY), now - timedelta(hours=1))
    lines = (await operator.run("doctor", "--offline")).out.splitlines()
    aged = [line.partition(", since")[0] for line in lines if " key: " in line]
    (name,) = OLD.signing_keys()
    assert aged == [f"warn data key: {name}, 731 days", f"warn signing key: {name}, 731 days"]
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}", SIGNING_KEY=NEW_KEY)
    assert (await operator.run("doctor", "--offline")).out.count(", 0 days, since") == 2


@pytest.mark.parametrize(
    ("setting", "value", "failing"),
    [
        ("PUBLIC_URL", "", "FAIL settings: PENSION_BOT_PUBLIC_URL is not set"),
        ("DATA_KEYS", NEW_KEY, "FAIL keys: DATA_KEYS lacks the key"),
        ("FACE_PACK", "no-such-pack", "FAIL face pack: PENSION_BOT_FACE_PACK"),
        (
            "DATABASE_URL",
            "postgresql+asyncpg://u@127.0.0.1:1/x",
            "FAIL database: the database does not answer",
        ),
    ],
    ids=["address", "other key", "face pack", "database"],  # a random key in an id would differ by worker
)
async def test_doctor_reports_a_failed_check_and_runs_the_others(operator, engine, setting, value, failing):
    await fill_sealed_fields(engine)
    operator.set(**{setting: value})
    ran = await operator.run("doctor", "--offline")
    assert ran.code == 1
    assert any(line.startswith(failing) for line in ran.out.splitlines())
    assert len(ran.out.splitlines()) == 8


async def test_commands_refuse_an_old_schema_and_name_db_upgrade(operator, engine):
    async with transaction(engine) as conn:
        await conn.execute(text("DELETE FROM alembic_version"))
    for command in (("audit", "verify"), ("certifications", "--json-lines"), ("keys", "rotate")):
        ran = await operator.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert "pension-bot db upgrade" in ran.err


@pytest.mark.parametrize("program", ["serve", "worker"])
async def test_service_does_not_start_with_keys_of_another_database(operator, engine, program):
    await fill_sealed_fields(engine)
    operator.set(DATA_KEYS=Vault.new_setting())
    ran = await operator.run(program)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "pension-bot: PENSION_BOT_DATA_KEYS: these keys open nothing of what this database holds\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "tasks list",
        "grant list",
        "accounts",
        "purge",
        "stats",
        "receipt keys",
        "admin user add ann --role clerk",
    ],
)
async def test_command_refuses_keys_of_another_database(operator, engine, line):
    await fill_sealed_fields(engine)
    operator.set(DATA_KEYS=Vault.new_setting())
    ran = await operator.run(*line.split())
    assert (ran.code, "these keys open nothing of what this database holds" in ran.err) == (2, True)


@pytest.mark.parametrize("keys", [OLD, NEW], ids=["right", "foreign"])
async def test_one_damaged_row_does_not_affect_the_key_check(engine, keys):
    await fill_sealed_fields(engine)
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE sessions SET body = :broken"), {"broken": b"\x01\x02k1damaged"})
        assert await opens_stored(conn, keys) is (keys is OLD)


@pytest.mark.parametrize("keys", [OLD, NEW], ids=["right", "foreign"])
async def test_damage_of_the_first_table_leaves_the_key_check_to_the_others(engine, keys):
    await fill_sealed_fields(engine)
    first, *_ = sealed_tables()
    (column,) = sealed_columns(first)
    async with transaction(engine) as conn:
        changed = await conn.execute(update(first).values({column: b"\x01\x02k1damaged"}))
        assert (changed.rowcount, await opens_stored(conn, keys)) == (1, keys is OLD)


@pytest.mark.parametrize(
    "wrong", [b"\x01\x02k1damaged", b"\x01\x03zzz" + bytes(40)], ids=["truncated", "unknown key"]
)
async def test_doctor_reports_a_damaged_first_row_and_accepts_the_keys(operator, engine, wrong):
    await fill_sealed_fields(engine)
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE outbox SET body = :broken WHERE id = 1"), {"broken": wrong})
    ran = await operator.run("doctor", "--offline")
    lines = ran.out.splitlines()
    assert ran.code == 1
    assert [line for line in lines if line.startswith("ok   keys: open what is stored")]
    (failed,) = [line for line in lines if line.startswith("FAIL")]
    assert failed.startswith("FAIL stored rows: damaged, or their key is gone: outbox 1; ")


@pytest.mark.parametrize("keys", [OLD, NEW], ids=["right", "foreign"])
async def test_keys_are_tried_on_more_than_the_first_rows(engine, keys):
    texts = [OutboxItem("a", OutboxKind.TEXT, "words", NOW)] * 9
    async with transaction(engine) as conn:
        await Outbox(OLD).put(conn, texts, NOW)
        await conn.execute(text("UPDATE outbox SET body = :broken WHERE id < 5"), {"broken": b"\x01\x02k1"})
        assert await opens_stored(conn, keys) is (keys is OLD)
        if keys is OLD:
            assert [one.row.id for one in await try_keys(conn, keys)] == [1, 2, 3]
        await conn.execute(text("UPDATE outbox SET body = :broken WHERE id < 9"), {"broken": b"\x01\x02k1"})
        assert await opens_stored(conn, keys) is (keys is OLD)


async def test_several_rows_under_a_missing_key_are_bad_keys_not_damage(engine):
    await fill_sealed_fields(engine)
    async with transaction(engine) as conn:
        await Outbox(NEW).put(conn, [OutboxItem("a", OutboxKind.TEXT, "words", NOW)] * 2, NOW)
        await conn.execute(text("DELETE FROM outbox WHERE id = 1"))
        with pytest.raises(BadKeys, match="lacks the key"):
            await try_keys(conn, OLD)


async def test_any_keys_fit_an_empty_database(engine):
    async with engine.connect() as conn:
        assert await opens_stored(conn, NEW)
