"""SQLite's one write lock, which processes take in turn, and the bound of its write-ahead log."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from threading import Event

BEGIN = "BEGIN IMMEDIATE"
"""Takes the write lock at once, so that no transaction fails half way for lack of it."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.0003, 0.002
"""Seconds between two tries to take the lock, which a batch of messages holds for some milliseconds."""

LOG_BYTES = 4 * 1024 * 1024
"""Length of the write-ahead log, SQLite's own 1000 pages, from which it is restarted."""

_RESTART, _LONGEST_RESTART = 50, 1000
"""Milliseconds to wait for readers before the log is restarted: more for a longer log."""


class WriteLock:
    """The write lock, for one connection; its methods block, and must run in the connection's thread.

    `timeout` is the number of seconds to wait for it, and for any other lock of SQLite.
    """

    def __init__(self, connection: sqlite3.Connection, timeout: float) -> None:
        self._connection, self._timeout = connection, timeout
        file = connection.execute("PRAGMA database_list").fetchone()[2]  # behind a link: the log is there
        self._log, self._longest = Path(f"{file}-wal"), LOG_BYTES
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        self._wait_in_sqlite(timeout * 1000)

    def begin(self, given_up: Event) -> None:
        """Begin a transaction that writes; raises sqlite3.OperationalError if the lock stays taken.

        Once `given_up` is set, it raises the same, and nothing begins, since nobody would end it. SQLite's
        own wait soon tries the lock only every tenth of a second, and finds it free by chance.
        """
        self._bound_log()
        began = time.monotonic()
        self._wait_in_sqlite(0)
        try:
            while not given_up.is_set():
                if self._took(or_raise=(waited := time.monotonic() - began) >= self._timeout):
                    return
                time.sleep(min(_FIRST_PAUSE + waited / 64, _LONGEST_PAUSE))
            raise _given_up()
        finally:
            self._wait_in_sqlite(self._timeout * 1000)

    def give_back(self) -> None:
        """Undo what has begun for a caller that has given up meanwhile."""
        if self._connection.in_transaction:
            self._connection.rollback()

    def _took(self, *, or_raise: bool) -> bool:
        try:
            self._connection.execute(BEGIN)
        except sqlite3.OperationalError as error:
            if or_raise or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _bound_log(self) -> None:
        """Restart the log if it is long.

        SQLite does so after a commit that no other follows. With two processes another one always follows,
        and a log whose last pages are not in the database cannot restart. If a reader still needs the old
        pages, the log may grow to twice its length before the next try.
        """
        length = self._log_length()
        if length > self._longest:
            self._wait_in_sqlite(min(_RESTART * length / LOG_BYTES, _LONGEST_RESTART))
            # A reader that comes during the first try sees the entire log; the second try waits only for it.
            is_short = self._began_anew() or self._began_anew()
            self._longest = LOG_BYTES if is_short else 2 * length

    def _log_length(self) -> int:
        with suppress(OSError):
            return self._log.stat().st_size  # no open file: closing one would release SQLite's locks
        return 0

    def _began_anew(self) -> bool:
        with suppress(sqlite3.OperationalError):  # the next write reports a full disk
            return bool(self._connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()[0] == 0)
        return False

    def _wait_in_sqlite(self, milliseconds: float) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {milliseconds:.0f}")


def _given_up() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("the wait for the write lock was given up")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY  # somebody else has it: the database works
    return error
