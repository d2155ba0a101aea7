"""Programs and schemas of different ages: which program may run, what it reports, and the way back."""

import pytest
from sqlalchemy import text

from bot.conversation.reception import Reception
from messages.inbound import Inbound, Text
from storage.database import fit_of, transaction, upgrade
from storage.errors import NewerSchema
from storage.records.certifications import Certifications
from storage.schema.version import SchemaFit, schema_fit
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import found_eligible
from tests.support.files.registry_files import GOOD, write_csv
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import MINUTE, NOW, OTHER_TICKET, certification
from tests.support.storage.migrated import sqlite_url
from tests.support.storage.newer_schema import (
    head_revision,
    migrate_to_newer,
    migration_scripts,
    only_adds,
    table_columns,
)
from tests.support.storage.old_schema import engine_at_revision, migrate_to
from tests.support.storage.passes import add_pass
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.programs.command_line", "tests.support.storage.databases"]

FIRST = "0021"
ADDS = (
    'op.add_column("certifications", sa.Column("note", sa.Text()));'
    ' op.add_column("sessions", sa.Column("kind", sa.Text(), nullable=False, server_default="chat"));'
    ' op.create_table("visits", sa.Column("id", sa.BigInteger(), primary_key=True))'
)
TAKES_AWAY = 'op.drop_table("alarms")'
VAULT = Vault.from_setting(KEY)
PASSES = Certifications(VAULT)


def windowed():
    """Return the migrations that state the oldest program, oldest first, and the one before them."""
    chain = list(migration_scripts().walk_revisions())[::-1]
    return chain[[script.revision for script in chain].index(FIRST) - 1 :]


async def answer(engine, words):
    async def look_up(_check):
        return found_eligible()

    reception = Reception(conversation_of(engine, VAULT, lambda: NOW), look_up)
    reception.start()
    reply = await reception.receive(Inbound("anna", words, Text(words)))
    await reception.close()
    return reply


async def test_program_works_with_a_newer_schema_that_only_adds(operator, engine, tmp_path, caplog):
    async with transaction(engine) as conn:
        await add_pass(conn, VAULT, certification())
    await migrate_to_newer(engine, tmp_path / "tomorrow", ADDS, oldest=head_revision())
    assert "企业职工" in await answer(engine, "你好")
    async with transaction(engine) as conn:
        await add_pass(conn, VAULT, certification("R2"), OTHER_TICKET)
    write_csv(tmp_path / "people.csv", GOOD)
    for command in (
        ("registry", "import", "people.csv"),
        ("certifications", "--json-lines"),
        ("keys", "rotate"),
        ("purge",),
    ):
        ran = await operator.run(*command)
        assert (command, ran.code) == (command, 0)
    assert caplog.text.count("the schema of a newer pension-bot") == 4


async def test_program_refuses_a_newer_schema_that_removed_something(operator, engine, tmp_path):
    await migrate_to_newer(engine, tmp_path / "tomorrow", TAKES_AWAY, oldest="9999")
    for command in (("worker",), ("stats",), ("db", "upgrade"), ("certifications", "--json-lines")):
        ran = await operator.run(*command)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert "belongs to a newer pension-bot" in ran.err


async def test_doctor_reports_a_newer_schema(operator, engine, tmp_path):
    await migrate_to_newer(engine, tmp_path / "tomorrow", ADDS, oldest=head_revision())
    assert "takes writes, schema of a newer pension-bot" in (await operator.run("doctor", "--offline")).out


async def test_upgrade_by_an_older_program_leaves_a_newer_schema_unchanged(operator, engine, tmp_path):
    await migrate_to_newer(engine, tmp_path / "tomorrow", ADDS, oldest=head_revision())
    ran = await operator.run("db", "upgrade")
    assert (ran.code, "nothing was changed" in ran.out) == (0, True)
    assert await fit_of(engine) is SchemaFit.NEWER


async def test_program_refuses_the_previous_schema_until_upgraded(terminal, database_url):
    async with engine_at_revision(database_url, windowed()[-2].revision):
        terminal.set(DATABASE_URL=database_url)
        ran = await terminal.run("stats")
        assert (ran.code, "pension-bot db upgrade" in ran.err) == (2, True)
        assert (await terminal.run("db", "upgrade")).code == 0
        assert (await terminal.run("stats")).code == 0


async def test_backup_from_before_the_upgrade_is_the_way_back(terminal, file_engine, tmp_path):
    async with transaction(file_engine) as conn:
        await add_pass(conn, VAULT, certification())
    assert (await terminal.run("db", "backup", "before.db")).code == 0
    await migrate_to_newer(file_engine, tmp_path / "tomorrow", TAKES_AWAY, oldest="9999")
    await file_engine.dispose()
    assert (await terminal.run("stats")).code == 2
    assert (await terminal.run("db", "restore", "before.db")).code == 0
    ran = await terminal.run("certifications", "--json-lines")
    assert (ran.code, ran.out.count("R1")) == (0, 1)


async def test_backup_from_before_the_upgrade_does_not_overwrite_later_records(
    terminal, file_engine, tmp_path
):
    assert (await terminal.run("db", "backup", "before.db")).code == 0
    await migrate_to_newer(file_engine, tmp_path / "tomorrow", TAKES_AWAY, oldest="9999")
    async with transaction(file_engine) as conn:
        await add_pass(conn, VAULT, certification(certified_at=NOW + MINUTE))
    await file_engine.dispose()
    ran = await terminal.run("db", "restore", "before.db")
    assert (ran.code, "later records" in ran.err) == (2, True)


async def test_backup_of_a_usable_newer_schema_is_restored(terminal, file_engine, tmp_path):
    await migrate_to_newer(file_engine, tmp_path / "tomorrow", ADDS, oldest=head_revision())
    assert (await terminal.run("db", "backup", "copy.db")).code == 0
    await file_engine.dispose()
    assert (await terminal.run("db", "restore", "copy.db")).out == "restored\n"


def test_known_revisions_match_those_of_alembic():
    chain = [script.revision for script in migration_scripts().walk_revisions()]
    fits = [schema_fit(revision, None) for revision in chain]
    assert fits == [SchemaFit.CURRENT] + [SchemaFit.OLDER] * (len(chain) - 1)


def test_every_migration_states_the_oldest_program_it_works_with():
    order = [script.revision for script in windowed()]
    said = [script.module.oldest_program for script in windowed()[1:]]
    assert all(order.index(oldest) <= order.index(own) for own, oldest in zip(order[1:], said, strict=True))
    assert said == sorted(said, key=order.index)


async def test_migration_that_admits_older_programs_only_adds(tmp_path):
    before, *windows = windowed()
    async with engine_at_revision(sqlite_url(tmp_path / "grows.db"), before.revision) as engine:
        oldest = None
        for script in windows:
            was = await table_columns(engine)
            await migrate_to(engine, script.revision)
            assert script.module.oldest_program != oldest or only_adds(was, await table_columns(engine))
            oldest = script.module.oldest_program


@pytest.mark.parametrize(
    ("change", "is_kept"),
    [
        (ADDS, True),
        (TAKES_AWAY, False),
        ('op.drop_column("alarms", "hits")', False),
        ('op.create_index("ix_of_tomorrow", "audit", ["action"])', True),
    ],
)
async def test_only_adds_recognises_additive_changes(engine, tmp_path, change, is_kept):
    was = await table_columns(engine)
    await migrate_to_newer(engine, tmp_path / "tomorrow", change, oldest=head_revision())
    assert only_adds(was, await table_columns(engine)) is is_kept


async def test_unknown_schema_is_refused(engine):
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await conn.execute(text("DROP TABLE schema_window"))
    with pytest.raises(NewerSchema):
        await upgrade(engine)
