"""An operator's terminal on a database that somebody else also writes to."""

from datetime import timedelta

from sqlalchemy import select

from storage.audit_trail.heads import sign_heads
from storage.database import transaction
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW

VAULT = Vault.from_setting(KEY)
NUMBER = "8F3K-27QX"
TODAY = NOW.date()
WHOLE = "the audit chains are whole, and the records fit them\n"


class Office:
    """An operator's terminal, and its database for writing past the program."""

    def __init__(self, terminal, engine):
        self.terminal = terminal
        self.engine = engine

    async def run(self, *words):
        return await self.terminal.run(*words)

    async def findings(self, *words):
        ran = await self.run("audit", "verify", *words)
        if ran.code == 0:
            assert ran.out == WHOLE
            return []
        assert (ran.code, ran.out != "") == (1, True)
        return ran.out.splitlines()

    async def write(self, *statements):
        async with transaction(self.engine) as conn:
            for statement in statements:
                await conn.execute(statement)

    async def sign(self, days=0):
        async with transaction(self.engine) as conn:
            return await sign_heads(conn, VAULT, TODAY + timedelta(days=days))

    async def export(self, folder):
        file = folder / "trail.jsonl"
        file.write_text((await self.run("audit", "export")).out, encoding="utf-8")
        return str(file)

    async def rows(self, table):
        async with self.engine.connect() as conn:
            return [dict(row) for row in (await conn.execute(select(table))).mappings()]
