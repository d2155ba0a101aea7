"""Tells from a driver's error what keeps a database from working, for SQLite and PostgreSQL."""

import socket
import sqlite3

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolExhausted

from storage.errors import StatementFailed, StorageError, StorageUnavailable, Trouble

_SQLITE: dict[int, Trouble] = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
}
"""Primary result codes; https://sqlite.org/rescode.html."""

_SQLITE_STATEMENT = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_RANGE,
    }
)
"""The statement is wrong, and the database works."""

_POSTGRESQL: dict[str, Trouble] = {
    "25006": Trouble.READ_ONLY,  # read_only_sql_transaction
    "40001": Trouble.BUSY,  # serialization_failure
    "40P01": Trouble.BUSY,  # deadlock_detected
    "53100": Trouble.DISK_FULL,  # disk_full
    "53200": Trouble.BUSY,  # out_of_memory
    "53300": Trouble.BUSY,  # too_many_connections
    "55P03": Trouble.BUSY,  # lock_not_available, also after lock_timeout
    "57014": Trouble.BUSY,  # query_canceled, also after statement_timeout
}
"""SQLSTATE codes (PostgreSQL, appendix A)."""

_SQLITE_MEANINGS = {
    # Most often a folder that does not exist, or belongs to another account.
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened: look at the folder and its rights",
    sqlite3.SQLITE_NOTADB: "its file is no database, or damaged",
}
_POSTGRESQL_MEANINGS = {
    "28000": "the server refuses the account or its password",
    "28P01": "the server refuses the account or its password",
    "3D000": "the server has no database of this name",
    "42501": "the account has no right to do this",
}

_STATEMENT = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_POSTGRESQL_STATEMENT = ("0A", "21", "22", "23", "42")
"""Classes of SQLSTATE: unsupported, cardinality, data, integrity, syntax or access."""


def storage_error(error: Exception) -> StorageError:
    """Return this room's error for an error of SQLAlchemy, a driver or the system."""
    driver = _driver_error(error)
    kind = _kind(driver)
    if _is_of_statement(error, driver):
        return StatementFailed(kind)
    return StorageUnavailable(kind, _trouble(error, driver))


def _driver_error(error: Exception) -> BaseException:
    cause = error.orig if isinstance(error, DBAPIError) else None
    return (cause and cause.__cause__) or cause or error


def _kind(driver: BaseException) -> str:
    """Return the name of the driver's error, or its meaning if the name alone does not help."""
    if isinstance(driver, socket.gaierror):
        return "gaierror: the host's name has no address"
    meaning = _SQLITE_MEANINGS.get(_sqlite_code(driver) & 0xFF) or _POSTGRESQL_MEANINGS.get(_state(driver))
    return meaning or type(driver).__name__


def _sqlite_code(driver: BaseException) -> int:
    return int(getattr(driver, "sqlite_errorcode", 0) or 0)


def _state(driver: BaseException) -> str:
    return str(getattr(driver, "sqlstate", "") or "")


def _is_of_statement(error: Exception, driver: BaseException) -> bool:
    if isinstance(error, SQLAlchemyError) and not isinstance(error, DBAPIError | PoolExhausted):
        return True  # SQLAlchemy itself could not make or send it
    # asyncpg raises ValueError for a value that it cannot encode.
    is_refused = isinstance(error, _STATEMENT) or isinstance(driver, ValueError)
    of_sqlite = _sqlite_code(driver) & 0xFF in _SQLITE_STATEMENT
    return is_refused or of_sqlite or _state(driver)[:2] in _POSTGRESQL_STATEMENT


def _trouble(error: Exception, driver: BaseException) -> Trouble:
    if isinstance(error, PoolExhausted):
        return Trouble.BUSY
    code = _sqlite_code(driver)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # the write-ahead log's shared memory file could not grow
        return Trouble.DISK_FULL
    return _SQLITE.get(code & 0xFF) or _POSTGRESQL.get(_state(driver)) or Trouble.AWAY
