"""A start on the newest schema does not import Alembic, which takes longer than opening the database."""

import subprocess
import sys

from tests.support.storage.migrated import migrated_sqlite, sqlite_url

_SCRIPT = """
import asyncio, sys
from storage.database import fit_of, open_engine, upgrade

async def start(url):
    engine = open_engine(url)
    print(await upgrade(engine), await fit_of(engine), "alembic" in sys.modules)
    await engine.dispose()

asyncio.run(start(sys.argv[1]))
"""


def test_newest_schema_is_recognised_without_importing_alembic(tmp_path):
    path = tmp_path / "pension-bot.db"
    path.write_bytes(migrated_sqlite())
    command = [sys.executable, "-c", _SCRIPT, sqlite_url(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (ours)
    assert ran.stdout.split() == ["SchemaFit.CURRENT", "SchemaFit.CURRENT", "False"]
