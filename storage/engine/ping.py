"""Checks that PostgreSQL still answers on a connection before it is used again."""

from typing import Any

import asyncpg
from sqlalchemy.exc import DisconnectionError

PING = 3.0
"""Seconds for an answer: as long as a request waits for a free connection or a lock by default."""


def ping(adapted: Any, *_of_pool: object) -> None:  # noqa: ANN401 - SQLAlchemy's connection has no public type
    """Ask for a constant, in one round trip that a pooler passes on too; a listener for `checkout`.

    A connection that is closed is replaced by a new one. A server that does not answer is given up after
    `PING` seconds, with a TimeoutError: a new connection would have to wait as well. SQLAlchemy's own check
    (`pool_pre_ping`) takes three round trips, and waits for a hanging server as for any statement.
    """
    try:
        adapted.run_async(lambda connection: connection.execute("SELECT 1", timeout=PING))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError) as error:
        raise DisconnectionError from error
