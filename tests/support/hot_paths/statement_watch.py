"""Records each statement that an engine runs: its time, and where its plan reads or sorts many rows."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import pairwise
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, event

from storage.database import Connection as Connected
from storage.database import Engine, connect

MANY = 2_000
"""Rows; a statement that reads or sorts this many for one result is reported."""
_AGAIN = 200_000
"""Rows; a statement that returns more is not run again by its generic plan."""
_SHOWN = 100
_EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
_EXPLAIN = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "
_LISTS = re.compile(
    r"SELECT (?!count|max|sum)[^()]*? FROM|RETURNING .*|\((?:\$\d+(?:::[\w\[\] ]+)?(?:, )?)+\)"
)


@dataclass(slots=True)
class SeenStatement:
    """A statement, how often it ran, its slowest run in seconds, and what it reads.

    `generic`: seconds by the plan that PostgreSQL makes without the values, which it may keep.
    """

    words: str
    times: int = 0
    seconds: float = 0.0
    generic: float = 0.0
    reads: set[str] = field(default_factory=set)


class StatementWatch:
    """The statements of one action, by their text."""

    def __init__(self) -> None:
        self.seen: dict[str, SeenStatement] = {}

    def note(self, statement: str, seconds: float, reads: set[str], generic: float = 0.0) -> None:
        """Keep the slowest run of a statement."""
        words = shorten(statement)
        one = self.seen.setdefault(words, SeenStatement(words))
        one.times += 1
        one.seconds, one.generic = max(one.seconds, seconds), max(one.generic, generic)
        one.reads |= reads


def shorten(statement: str) -> str:
    """Return a statement without its lists of columns and values."""
    words = re.sub(r"\s+", " ", statement)
    words = re.sub(r"::[A-Z]+(\([0-9, ]+\))?( WITH TIME ZONE)?(\[\])?", "", words)
    words = re.sub(r"x?'[^']*'|\$\d+|\b\d{2,}\b", "?", words)
    words = re.sub(r"\?(, \?)+", "?", words)
    words = _LISTS.sub(lambda found: "SELECT … FROM" if found.group().startswith("SELECT") else "", words)
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN // 2]} … {words[-_SHOWN // 2 :]}"


async def watch_statements(
    engine: Engine, act: Callable[[Connected], Awaitable[object]]
) -> Sequence[SeenStatement]:
    """Run an action, roll it back, and return its statements."""
    async with _watched(engine) as watch, connect(engine) as conn:  # an act may choose its transaction
        await act(conn)
    return list(watch.seen.values())


@asynccontextmanager
async def _watched(engine: Engine) -> AsyncIterator[StatementWatch]:
    """Watch the statements of a block; those of SQLite are explained at its end."""
    watch = StatementWatch()
    kind = _watched_sqlite if engine.dialect.name == "sqlite" else _watched_postgres
    async with kind(engine, watch):
        yield watch


@asynccontextmanager
async def _watched_postgres(engine: Engine, watch: StatementWatch) -> AsyncIterator[None]:
    inside: list[bool] = []

    def before(conn: Connection, _cursor: Any, statement: str, bound: Any, _ctx: Any, many: bool) -> None:  # noqa: FBT001 - SQLAlchemy's signature
        """Run a statement twice for its plans, and roll both back."""
        if inside or not statement.startswith(_EXPLAINED):
            return
        inside.append(True)
        try:
            watch.note(
                statement,
                *_by_postgres(conn, statement, bound[0] if many and isinstance(bound, list) else bound),
            )
        finally:
            inside.clear()

    event.listen(engine.sync_engine, "before_cursor_execute", before)
    yield
    event.remove(engine.sync_engine, "before_cursor_execute", before)


def _by_postgres(conn: Connection, statement: str, bound: Any) -> tuple[float, set[str], float]:
    conn.exec_driver_sql("SAVEPOINT before_plan")
    found = conn.exec_driver_sql(_EXPLAIN + statement, bound).scalar_one()
    conn.exec_driver_sql("ROLLBACK TO before_plan")
    (plan,) = json.loads(found) if isinstance(found, str) else found
    generic = 0.0
    if _rows(plan["Plan"]) < _AGAIN:
        conn.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        generic = min(_run(conn, statement, bound) for _ in range(2))  # the first one plans
    conn.exec_driver_sql("ROLLBACK TO before_plan")
    return plan["Execution Time"] / 1000, set(_reads(plan["Plan"])), generic


def _run(conn: Connection, statement: str, bound: Any) -> float:
    conn.exec_driver_sql("SAVEPOINT before_run")
    began = perf_counter()
    result = conn.exec_driver_sql(statement, bound)
    if result.returns_rows:
        result.all()
    taken = perf_counter() - began
    conn.exec_driver_sql("ROLLBACK TO before_run")
    return taken


def _rows(node: Mapping[str, Any]) -> float:
    return float(node["Actual Rows"] * node["Actual Loops"])


def _reads(node: Mapping[str, Any]) -> Iterator[str]:
    """Name the nodes of a plan that read or sort many rows."""
    removed = sum(count for name, count in node.items() if name.startswith("Rows Removed by"))
    rows = (node["Actual Rows"] + removed) * node["Actual Loops"]
    if rows >= MANY and ("Relation Name" in node or node["Node Type"] in {"Sort", "Incremental Sort"}):
        of = node.get("Relation Name", "")
        yield f"{node['Node Type']} {of} {rows:,.0f}".replace("  ", " ")
    for below in node.get("Plans", ()):
        yield from _reads(below)


@asynccontextmanager
async def _watched_sqlite(engine: Engine, watch: StatementWatch) -> AsyncIterator[None]:
    ran: list[tuple[str, float]] = []

    def trace(driver: Any) -> Any:
        """Note when each statement begins; it ends when the next one begins."""
        return driver.set_trace_callback(lambda statement: ran.append((statement, perf_counter())))

    def connected(connection: Any, *_: Any) -> None:
        connection.run_async(trace)

    await engine.dispose()
    event.listen(engine.sync_engine, "connect", connected)
    yield
    event.remove(engine.sync_engine, "connect", connected)
    await engine.dispose()
    ran.append(("", perf_counter()))
    await asyncio.to_thread(_explain, str(engine.url.database), ran, watch)


def _explain(file: str, ran: Sequence[tuple[str, float]], watch: StatementWatch) -> None:
    with closing(sqlite3.connect(file)) as conn:
        large = set(_large(conn))
        for (statement, began), (_, ended) in pairwise(ran):
            if statement.startswith(_EXPLAINED):
                watch.note(statement, ended - began, set(_scans(conn, statement, large)))


def _scans(conn: sqlite3.Connection, statement: str, large: set[str]) -> Iterator[str]:
    """Name the scans of large tables; without a condition a limit ends them."""
    if "WHERE" in statement or "LIMIT" not in statement:
        plan = conn.execute(f"EXPLAIN QUERY PLAN {statement}")
        yield from (row[3] for row in plan if _is_long(row[3], large))


def _large(conn: sqlite3.Connection) -> Iterator[str]:
    for (table,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        rows = f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {MANY})"  # noqa: S608 - a table's name
        if conn.execute(rows).fetchone()[0] == MANY:
            yield table


def _is_long(line: str, large: set[str]) -> bool:
    """Return whether a line of SQLite's plan reads a large table to its end, not by a partial index."""
    read = re.match(r"SCAN (\w+)(?! USING INDEX ix_)", line) or re.match(r"SEARCH (\w+) .*\(rowid>\?\)", line)
    return bool(read and read.group(1) in large)
