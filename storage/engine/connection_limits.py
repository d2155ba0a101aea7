"""Bounds what an engine waits for, and reads the options of a PostgreSQL address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import URL, Connection, text

from storage.errors import BadAddress

_CONNECT = 5.0
"""Seconds to open a connection."""

_GRACE = 2.0
"""Seconds after the server's own limit at which the client gives up on a statement: the server hangs."""

_OF_LIBPQ = frozenset(
    {
        "application_name",
        "passfile",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslpassword",
        "sslrootcert",
        "target_session_attrs",
    }
)
"""Options that asyncpg reads from its own form of address, with libpq's meaning."""

_OF_DRIVER = frozenset({"host", "port", "ssl", "prepared_statement_cache_size"})
_SETTINGS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
_SET_LOCAL = text("SELECT " + ", ".join(f"set_config('{name}', :{name}, true)" for name in _SETTINGS))


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Limits of an engine, in seconds; 0 for none.

    `lock_timeout` also bounds the wait for SQLite's one writer. `behind_pgbouncer`: the pooler gives each
    transaction another server connection, so nothing may be kept on one. `idle_timeout` ends a transaction
    that no longer sends statements: its machine is gone, and its locks would block the others until the
    network gives up the connection, which takes two hours.
    """

    pool_size: int = 10
    pool_timeout: float = 30.0
    statement_timeout: float = 0.0
    lock_timeout: float = 20.0
    behind_pgbouncer: bool = False
    idle_timeout: float = 0.0

    def set_local(self, conn: Connection) -> None:
        """Set the limits for the transaction that begins."""
        conn.execute(_SET_LOCAL, self.settings())

    def settings(self) -> dict[str, str]:
        """Return the limits as settings of PostgreSQL."""
        seconds = (self.statement_timeout, self.lock_timeout, self.idle_timeout)
        return {name: str(round(one * 1000)) for name, one in zip(_SETTINGS, seconds, strict=True)}


def postgresql_options(url: URL, limits: ConnectionLimits) -> tuple[URL, dict[str, Any]]:
    """Return the address without libpq's options, and the options of its engine; raises BadAddress."""
    unknown = sorted(url.query.keys() - _OF_LIBPQ - _OF_DRIVER)
    if unknown:
        message = f"DATABASE_URL has an option that is not known: {', '.join(unknown)}"
        raise BadAddress(message)
    given = {name: url.query[name] for name in sorted(_OF_LIBPQ & url.query.keys())}
    arguments: dict[str, Any] = {"timeout": _CONNECT, **_timeouts(limits)}
    if given:
        arguments["dsn"] = f"postgresql:///?{urlencode(given, doseq=True)}"
    options = {
        "pool_size": limits.pool_size,
        "max_overflow": 0,
        "pool_timeout": limits.pool_timeout,
        "connect_args": arguments,
    }
    return url.difference_update_query(_OF_LIBPQ), options


def _timeouts(limits: ConnectionLimits) -> dict[str, Any]:
    statement = limits.statement_timeout
    client = {"command_timeout": statement + _GRACE} if statement else {}
    if limits.behind_pgbouncer:
        return {
            **client,
            "statement_cache_size": 0,
            "prepared_statement_cache_size": 0,
            "prepared_statement_name_func": lambda: f"pension_bot_{uuid4().hex}",
        }
    return {**client, "server_settings": limits.settings()}
