"""Times of an engine's statements."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine


def on_statement(engine: AsyncEngine, took: Callable[[float], None]) -> None:
    """Call `took` with the seconds of each statement that succeeds, waits for the driver included."""

    def before(conn: Connection, *_: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
        """Note the moment; SQLAlchemy's event `before_cursor_execute`."""
        conn.info["statement_began"] = time.perf_counter()

    def after(conn: Connection, *_: Any) -> None:  # noqa: ANN401 - as above
        """Report the seconds since; SQLAlchemy's event `after_cursor_execute`."""
        took(time.perf_counter() - conn.info["statement_began"])

    event.listen(engine.sync_engine, "before_cursor_execute", before)
    event.listen(engine.sync_engine, "after_cursor_execute", after)
