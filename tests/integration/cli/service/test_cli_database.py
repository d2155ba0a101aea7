"""`db backup` and `db restore` of a real file, while it is in use and afterwards."""

import asyncio
import sqlite3
import stat
from contextlib import closing

import pytest
from sqlalchemy import make_url, text

from storage.database import open_engine, transaction
from storage.records.certifications import Certifications, PassOrigin
from storage.records.receipts import ExportStart, PassScope, Receipts
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import MINUTE, NOW, OTHER_TICKET, TICKET, certification

pytest_plugins = ["tests.support.programs.command_line", "tests.support.storage.databases"]

PASSES = Certifications(Vault.from_setting(KEY))


@pytest.fixture
async def serving(file_engine):
    """Simulate a running service: an engine that keeps its connections."""
    async with transaction(file_engine) as conn:
        await PASSES.add(conn, certification(), PassOrigin(TICKET, "a"), NOW)
    return file_engine


async def add_late_pass(engine):
    async with transaction(engine) as conn:
        await PASSES.add(
            conn, certification("R2", certified_at=NOW + MINUTE), PassOrigin(OTHER_TICKET, "a"), NOW
        )


async def receipts(path):
    engine = open_engine(f"sqlite+aiosqlite:///{path}")
    async with engine.connect() as conn:
        exported = Receipts(PASSES.vault).changed(conn, ExportStart(NOW), PassScope.ALL)
        found = [one.certification.receipt async for one in exported]
    await engine.dispose()
    return found


async def test_backup_is_private_and_leaves_out_uncommitted_rows(terminal, serving, tmp_path):
    async with transaction(serving) as conn:  # a transaction under way, not yet committed
        await PASSES.add(conn, certification("R2"), PassOrigin(OTHER_TICKET, "a"), NOW)
        ran = await terminal.run("db", "backup", "copy.db")
    assert (ran.code, ran.err) == (0, "")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert await receipts(tmp_path / "copy.db") == ["R1"]
    assert await receipts(tmp_path / "live.db") == ["R1", "R2"]


async def test_backups_during_writes_are_consistent(terminal, serving, tmp_path):
    async def write():
        for n in range(30):
            async with transaction(serving) as conn:
                await conn.execute(
                    text("INSERT INTO consents VALUES (:n,'a','k','1',:at)"), {"n": n, "at": str(NOW)}
                )
                await conn.execute(
                    text("INSERT INTO consents VALUES (:n,'b','k','1',:at)"), {"n": n + 99, "at": str(NOW)}
                )

    writing = asyncio.create_task(write())
    ran = [await terminal.run("db", "backup", f"copy{n}.db") for n in range(3)]
    await writing
    assert [one.code for one in ran] == [0, 0, 0]
    for n in range(3):
        with closing(sqlite3.connect(tmp_path / f"copy{n}.db")) as conn:
            assert conn.execute("SELECT count(*) % 2 FROM consents").fetchone() == (0,)


@pytest.mark.usefixtures("serving")
async def test_existing_backup_is_never_overwritten(terminal, tmp_path):
    (tmp_path / "copy.db").write_text("precious")
    ran = await terminal.run("db", "backup", "copy.db")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert (tmp_path / "copy.db").read_text() == "precious"
    assert (await terminal.run("db", "backup", "nowhere/copy.db")).code == 2


async def test_backup_is_restored_if_the_database_is_missing(terminal, serving, tmp_path):
    await terminal.run("db", "backup", "copy.db")
    await serving.dispose()
    (tmp_path / "live.db").unlink()
    ran = await terminal.run("db", "restore", "copy.db")
    assert (ran.code, ran.out) == (0, "restored\n")
    assert await receipts(tmp_path / "live.db") == ["R1"]


async def test_restore_is_refused_while_the_database_is_in_use(terminal, serving, tmp_path):
    await terminal.run("db", "backup", "copy.db")
    async with transaction(serving) as conn:
        await conn.execute(text("DELETE FROM certifications"))
    ran = await terminal.run("db", "restore", "copy.db")  # the service is idle, but connected
    assert ran.code == 2
    assert "in use" in ran.err
    await serving.dispose()
    assert (await terminal.run("db", "restore", "copy.db")).code == 0
    assert await receipts(tmp_path / "live.db") == ["R1"]


async def test_restore_over_later_records_is_refused(terminal, serving, tmp_path):
    await terminal.run("db", "backup", "copy.db")
    await add_late_pass(serving)
    await serving.dispose()
    ran = await terminal.run("db", "restore", "copy.db")
    assert ran.code == 2
    assert "later records" in ran.err
    assert await receipts(tmp_path / "live.db") == ["R1", "R2"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (
            "UPDATE alembic_version SET version_num = '9'; UPDATE schema_window SET oldest_program = '9'",
            "newer pension-bot",
        ),
        ("DROP TABLE alembic_version", "not one of pension-bot's"),
    ],
)
async def test_backup_of_another_program_or_newer_version_is_refused(
    terminal, serving, tmp_path, harm, words
):
    await terminal.run("db", "backup", "copy.db")
    await serving.dispose()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as conn, conn:
        conn.executescript(harm)
    ran = await terminal.run("db", "restore", "copy.db")
    assert ran.code == 2
    assert words in ran.err
    assert await receipts(tmp_path / "live.db") == ["R1"]


async def test_damaged_or_missing_backup_is_refused(terminal, serving, tmp_path):
    await terminal.run("db", "backup", "copy.db")
    await serving.dispose()
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.db").write_text("no database at all, but a long enough text to look at")
    for name in ("cut.db", "text.db", "absent.db"):
        ran = await terminal.run("db", "restore", name)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert await receipts(tmp_path / "live.db") == ["R1"]


@pytest.mark.parametrize("action", ["backup", "restore"])
async def test_backup_and_restore_of_postgresql_name_its_own_tools(terminal, action):
    terminal.set(DATABASE_URL="postgresql+asyncpg://user:secret@db.example/pension")
    ran = await terminal.run("db", action, "copy.db")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "pg_dump" in ran.err
    assert "secret" not in ran.err


async def test_backup_without_a_database_is_refused_and_creates_nothing(terminal, tmp_path):
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    assert (await terminal.run("db", "backup", "copy.db")).code == 2
    assert list(tmp_path.iterdir()) == []


async def test_database_files_are_readable_only_by_their_owner(terminal, tmp_path):
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    assert (await terminal.run("db", "upgrade")).code == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("new.db*")}
    assert set(modes.values()) == {0o600}


async def test_missing_database_folder_is_reported_without_its_path(terminal, tmp_path):
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'new.db'}")
    ran = await terminal.run("db", "upgrade")
    assert (ran.code, "its file cannot be opened: look at the folder and its rights" in ran.err) == (3, True)
    assert "nowhere" not in ran.err


async def test_unresolvable_database_host_is_reported_without_the_password(terminal):
    terminal.set(DATABASE_URL="postgresql+asyncpg://user:secret@nowhere.invalid/pension")
    ran = await terminal.run("db", "upgrade")
    assert (ran.code, "the host's name has no address" in ran.err) == (3, True)
    assert "secret" not in ran.err


@pytest.mark.parametrize(
    ("part", "code", "why"),
    [
        ({"database": "nowhere"}, 3, "the server has no database of this name"),
        ({"username": "nobody"}, 3, "the server refuses the account or its password"),
        ({"username": "weak"}, 2, "the account has no right to do this"),
    ],
)
async def test_address_that_the_server_refuses_is_reported_with_the_reason(
    terminal, postgres_url, part, code, why
):
    engine = open_engine(postgres_url)
    async with transaction(engine) as conn:
        await conn.execute(text("DROP ROLE IF EXISTS weak"))
        await conn.execute(text("CREATE ROLE weak LOGIN"))
    await engine.dispose()
    terminal.set(DATABASE_URL=make_url(postgres_url).set(**part).render_as_string(hide_password=False))
    ran = await terminal.run("db", "upgrade")
    assert (ran.code, why in ran.err, part.popitem()[1] in ran.err) == (code, True, False)


async def test_file_that_is_no_database_is_reported_as_one(terminal, tmp_path):
    (tmp_path / "people.csv").write_text("scheme,name\n" * 100)
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'people.csv'}")
    ran = await terminal.run("stats")
    assert (ran.code, "its file is no database, or damaged" in ran.err) == (3, True)
