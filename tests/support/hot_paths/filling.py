"""Fills a database by SQL: rows of a million people, whose sealed values no key can open."""

import re
from collections.abc import Mapping

from sqlalchemy import text

from dialogs.local_time import local_date
from storage.database import Connection, Engine, transaction
from tests.support.hot_paths.tables import TABLES
from tests.support.storage.factories import NOW

_NUMBERS = {
    "sqlite": "WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < {rows})",
    "postgresql": "WITH one(n) AS (SELECT * FROM generate_series(1, {rows}))",
}
_WORDS = {
    "sqlite": {
        "blob": "zeroblob({})",
        "hash": "CAST(printf('%032d', {}) AS BLOB)",
        "hours": "datetime('{now}', printf('%+d seconds', -3600 * ({})))",
        "days": "date('{day}', printf('%+d days', {}))",
        "json": "'{}'",
        "false": "0",
    },
    "postgresql": {
        "blob": "decode(repeat('00', {}), 'hex')",
        "hash": "convert_to(lpad(({})::text, 32, '0'), 'UTF8')",
        "hours": "(timestamptz '{now}+00' - interval '1 hour' * ({}))",
        "days": "(date '{day}' + ({}))",
        "json": "'{}'::json",
        "false": "false",
    },
}


async def fill(engine: Engine, people: int) -> None:
    """Write the rows as they are after a year; the rows of `tests.support.storage.filled_database` stay."""
    for table, share, columns in TABLES:
        async with transaction(engine) as conn:
            await conn.exec_driver_sql(_statement(conn, table, round(people * share), columns))
    if engine.dialect.name == "postgresql":  # as autovacuum does; on SQLite the service takes no statistics
        async with engine.connect() as conn:
            plain = await conn.execution_options(isolation_level="AUTOCOMMIT")
            await plain.execute(text("VACUUM ANALYZE"))


def _statement(conn: Connection, table: str, rows: int, columns: Mapping[str, str]) -> str:
    """Return the INSERT of a table's rows, in a database's dialect."""
    dialect, day = conn.dialect.name, local_date(NOW)
    words = _WORDS[dialect] | {"rows": str(rows)}
    values = ", ".join(_spelled(value, words) for value in columns.values())
    held = values.replace("{now}", f"{NOW:%Y-%m-%d %H:%M:%S}").replace("{day}", day.isoformat())
    into, numbers = f"INSERT INTO {table} ({', '.join(columns)})", _NUMBERS[dialect].format(rows=rows)
    return f"{into} {numbers} SELECT {held} FROM one"  # noqa: S608 - text of this folder


def _spelled(value: str, words: Mapping[str, str]) -> str:
    """Replace `{name:x}` and `{name}` by a database's own words."""
    counted = value.replace("{rows}", words["rows"])
    spelled = re.sub(r"\{(\w+):([^}]*)\}", lambda found: words[found[1]].replace("{}", found[2]), counted)
    return re.sub(r"\{(json|false)\}", lambda found: words[found[1]], spelled)
