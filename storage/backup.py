"""Backs up the SQLite database while it serves, and restores a backup with checks.

PostgreSQL has its own tools for this; these functions are for a database that is one file. They block: call
them off the event loop.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy import make_url

from storage.errors import BackupRefused
from storage.schema.version import SchemaFit, schema_fit

_RECORDED = (
    ("inbox", "claimed_at"),
    ("sessions", "updated_at"),
    ("outbox", "created_at"),
    ("captures", "created_at"),
    ("certifications", "certified_at"),
    ("consents", "agreed_at"),
    ("audit", "at"),
    ("beneficiaries", "updated_at"),
    ("templates", "enrolled_at"),
)
"""The creation times of each table's rows: the newest one dates a database."""


def sqlite_path(url: str) -> Path:
    """Return the file of a SQLite `DATABASE_URL`; raises BackupRefused for any other database."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite":
        _refuse("this database is PostgreSQL: use pg_dump and pg_restore")
    if not parts.database or parts.database == ":memory:":
        _refuse("this database is not a file")
    return Path(parts.database)


def back_up(url: str, target: Path) -> int:
    """Copy the database as it stands at one moment, and check the copy; returns its size in bytes.

    The copy appears under its name only when it is complete, and is readable only by its owner. Raises
    BackupRefused.
    """
    source = sqlite_path(url)
    if not source.is_file():
        _refuse("there is no database yet: run `pension-bot db upgrade`")
    if target.exists():
        _refuse("the backup file exists already; it is not overwritten")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        part.touch(0o600, exist_ok=False)
        _copy_and_check(source, part)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def restore(url: str, backup: Path) -> bool:
    """Replace the database by a backup; True if its schema is older and needs `db upgrade`.

    Raises BackupRefused, with the database untouched, if the file is not a backup, is damaged or was made by
    a newer program, if the database is in use, or if it holds later records than the backup: a pass that a
    pensioner has been told of must not vanish by mistake.
    """
    target = sqlite_path(url)
    with _reading(backup) as source:
        fit = _usable_fit(source)
        with _alone(target) as conn:
            if _newest(conn) > _newest(source):
                _refuse("the database holds later records than the backup: move its file away first")
            source.backup(conn)
    return fit is SchemaFit.OLDER


def checked_fit(backup: Path) -> SchemaFit:
    """Return how a backup's schema fits; raises BackupRefused for a damaged one, or a newer program's."""
    with _reading(backup) as source:
        return _usable_fit(source)


def read_only(file: Path) -> sqlite3.Connection:
    """Open a SQLite file for reading, in whichever thread uses it."""
    return sqlite3.connect(file.absolute().as_uri() + "?mode=ro", uri=True, check_same_thread=False)


def _copy_and_check(source: Path, part: Path) -> None:
    try:
        with closing(read_only(source)) as conn:
            conn.execute("VACUUM INTO ?", (str(part),))
        with _reading(part) as copy:
            _usable_fit(copy)
    except sqlite3.Error as error:
        _refuse(f"the database could not be copied: {error.sqlite_errorname}")
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _opened(backup: Path) -> closing[sqlite3.Connection]:
    try:
        return closing(read_only(backup))
    except sqlite3.Error:
        _refuse("the backup file is damaged or no database")


@contextmanager
def _reading(backup: Path) -> Iterator[sqlite3.Connection]:
    """Open a complete, undamaged SQLite file for reading."""
    if not backup.is_file():
        _refuse("there is no such backup file")
    with _opened(backup) as conn:
        try:
            sound = conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            _refuse("the backup file is damaged or no database")
        yield conn


def _usable_fit(source: sqlite3.Connection) -> SchemaFit:
    """Return how the backup's schema fits; a schema that this program may not use is a newer program's."""
    revision = _single(source, "SELECT version_num FROM alembic_version")
    if revision is None:
        _refuse("the backup file is not one of pension-bot's")
    fit = schema_fit(revision, _single(source, "SELECT oldest_program FROM schema_window"))
    if fit is SchemaFit.TOO_NEW:
        _refuse("the backup was made by a newer pension-bot")
    return fit


def _single(source: sqlite3.Connection, statement: str) -> str | None:
    """Return the one value of a statement; None if there is no such table, or no row."""
    try:
        row = source.execute(statement).fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if row is None else str(row[0])


@contextmanager
def _alone(target: Path) -> Iterator[sqlite3.Connection]:
    """Open the database with exclusive access until the block ends.

    To leave the write-ahead log SQLite needs the file to itself, which it refuses while any other connection
    is open, busy or idle.
    """
    with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as conn:
        try:
            conn.execute("PRAGMA locking_mode = EXCLUSIVE")
            conn.execute("PRAGMA journal_mode = DELETE").fetchone()
            conn.execute("BEGIN EXCLUSIVE")
            conn.execute("COMMIT")
        except sqlite3.OperationalError:
            _refuse("the database is in use: stop every serve and worker first")
        except sqlite3.DatabaseError:
            _refuse("the file in the database's place is damaged: move it away first")
        yield conn


def _newest(conn: sqlite3.Connection) -> str:
    """Return the time of the newest record, as SQLite stores it (such texts compare as times do), or ""."""
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    times = [
        conn.execute(f"SELECT max({column}) FROM {table}").fetchone()[0]  # noqa: S608 (names of ours)
        for table, column in _RECORDED
        if table in tables
    ]
    return max((time for time in times if time), default="")


def _refuse(message: str) -> NoReturn:
    raise BackupRefused(message)
