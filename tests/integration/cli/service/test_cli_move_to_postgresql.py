"""`db restore` of a SQLite backup into an empty PostgreSQL: an office moves to the larger database."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import func, make_url, null, select

from storage.database import open_engine, transaction
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from storage.schema.captures import captures
from storage.schema.columns import metadata
from tests.support.storage.factories import NOW, PERSON
from tests.support.storage.filled_database import OLD, fill_sealed_fields

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]


@pytest.fixture
async def backup(terminal, file_engine, tmp_path):
    """Make a backup of a SQLite database in which every sealed field is filled."""
    await fill_sealed_fields(file_engine)
    assert (await terminal.run("db", "backup", "trial.db")).code == 0
    return tmp_path / "trial.db"


@pytest.fixture
async def empty(terminal, backup, postgres_url, spare_databases):  # noqa: ARG001 - made first, from SQLite
    """Point the terminal at an empty PostgreSQL database."""
    name = await spare_databases.take()
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    terminal.set(DATABASE_URL=url)
    engine = open_engine(url)
    yield engine
    await engine.dispose()
    assert await spare_databases.give_back(name)


async def rows_of(engine):
    async with engine.connect() as conn:
        read = {t.name: (await conn.execute(select(t))).all() for t in metadata.sorted_tables}
    return {name: sorted(map(repr, rows)) for name, rows in read.items()}


async def test_every_row_is_moved_and_the_office_can_go_on(terminal, file_engine, empty, backup):
    before = await rows_of(file_engine)
    ran = await terminal.run("db", "restore", backup)
    assert (ran.code, ran.err) == (0, "")
    assert await rows_of(empty) == before
    async with transaction(empty) as conn:  # the next numbers are free
        await Tasks(OLD).add(conn, [(TaskKind.HOME_VISIT, PERSON)], NOW)
        waiting = await Tasks(OLD).waiting(conn, 9)
        assert {task.kind for task in waiting} == {TaskKind.DEATH, TaskKind.HOME_VISIT}
        assert (await Receipts(OLD).find(conn, "R9")).revoked_at == NOW
    ran = await terminal.run("audit", "export")
    assert ran.code == 0


async def test_non_empty_database_is_left_unchanged(terminal, empty, backup):
    async with transaction(empty) as conn:
        await Tasks(OLD).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
    before = await rows_of(empty)
    ran = await terminal.run("db", "restore", backup)
    assert (ran.code, "not empty (tasks)" in ran.err) == (2, True)
    assert await rows_of(empty) == before


async def test_damaged_row_stops_the_restore_and_nothing_is_written(terminal, empty, backup):
    with closing(sqlite3.connect(backup)) as conn, conn:
        conn.execute("UPDATE certifications SET certified_at = 'yesterday'")
    before = await rows_of(empty)
    ran = await terminal.run("db", "restore", backup)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "certifications: the row with rowid 1 of the backup is damaged" in ran.err
    assert await rows_of(empty) == before


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        ("UPDATE certifications SET scores = 'rubbish' WHERE id = 2", "certifications: the row with rowid 2"),
        ("UPDATE captures SET attempts = 'rubbish'", "captures: the row with rowid 1"),
        ("UPDATE sessions SET version = 'rubbish'", "sessions: the row with rowid 1"),
    ],
    ids=["json", "number", "account"],
)
async def test_damaged_row_is_named_by_rowid_and_not_by_account(terminal, empty, backup, damage, place):
    before = await rows_of(empty)
    with closing(sqlite3.connect(backup)) as conn, conn:
        conn.execute(damage)
    ran = await terminal.run("db", "restore", backup)
    assert (ran.code, ran.err.count("\n"), place in ran.err) == (2, 1, True), ran.err
    assert await rows_of(empty) == before


async def test_missing_scores_stay_null(terminal, file_engine, empty, backup):
    counted = select(func.count()).where(captures.c.scores.is_(null()))
    async with file_engine.connect() as conn:
        without = (await conn.execute(counted)).scalar_one()
    assert without
    assert (await terminal.run("db", "restore", backup)).code == 0
    async with empty.connect() as conn:
        assert (await conn.execute(counted)).scalar_one() == without


@pytest.mark.usefixtures("empty")
async def test_backup_of_another_schema_is_refused(terminal, backup):
    with closing(sqlite3.connect(backup)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '0040'")
    ran = await terminal.run("db", "restore", backup)
    assert (ran.code, "run `db upgrade` on the SQLite database" in ran.err) == (2, True)


@pytest.mark.usefixtures("empty")
async def test_postgresql_dump_is_refused_and_pg_restore_named(terminal, tmp_path):
    (tmp_path / "before.dump").write_bytes(b"PGDMP")
    ran = await terminal.run("db", "restore", "before.dump")
    assert (ran.code, "pg_restore" in ran.err) == (2, True)
