"""An office whose audit trail is eleven years old: a pass revoked then, and a chain that continues."""

import asyncio
import json
from datetime import timedelta

from sqlalchemy import select

from bot.background.trail_cut import TrailCut
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.audit_trail.comparison import findings
from storage.audit_trail.cutting import TrailCutting
from storage.audit_trail.heads import sign_heads
from storage.database import connect, transaction
from storage.records.receipts import Receipts
from storage.schema.office import audit, audit_cuts
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW, certification
from tests.support.storage.passes import add_pass

OLD = NOW - timedelta(days=11 * 366)
RECEIPT = "8F3K-27QX"
OPENED = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s")
PASSED = AuditEntry(Actor.CAPTURE, AuditAction.CAPTURE_PASSED, "s", f"certify employee ok {RECEIPT} face")
REVOKED = AuditEntry(Actor.OPERATOR, AuditAction.RECEIPT_REVOKED, RECEIPT)


class Trail:
    """An office whose trail is eleven years old."""

    def __init__(self, engine, vault):
        self.engine = engine
        self.vault = vault

    async def write(self, writer, *entries, at=NOW):
        async with transaction(self.engine) as conn:
            await Audit(writer, self.vault).append(conn, entries, at)

    async def sign(self, day):
        async with transaction(self.engine) as conn:
            assert await sign_heads(conn, self.vault, day.date())

    def cut(self, years=10, now=NOW):
        return TrailCut(self.engine, TrailCutting(self.vault, Actor.WORKER), years, lambda: now)

    async def run(self, **chosen):
        done = await self.cut(**chosen).run(asyncio.Event())
        return done.gone, done.carried

    async def findings(self):
        async with connect(self.engine) as conn:
            return [one async for one in findings(conn, self.vault)]

    async def serials(self, writer):
        async with connect(self.engine) as conn:
            chosen = select(audit.c.serial).where(audit.c.writer == writer).order_by(audit.c.serial)
            return list((await conn.execute(chosen)).scalars())

    async def execute(self, *statements):
        async with transaction(self.engine) as conn:
            for statement in statements:
                await conn.execute(statement)

    async def cut_statements(self):
        async with connect(self.engine) as conn:
            rows = (await conn.execute(select(audit_cuts).order_by(audit_cuts.c.writer))).all()
        return {row.writer: json.loads(row.statement) for row in rows}


async def old_trail(engine):
    """Return a pass that was revoked eleven years ago, and a chain that continues until today."""
    vault = Vault.from_setting(KEY)
    trail = Trail(engine, vault)
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(RECEIPT), recorded_at=OLD)
        await Receipts(vault).revoke(conn, RECEIPT, "why", OLD)
    await trail.write("captures-1", OPENED, PASSED, OPENED, at=OLD)
    await trail.write("operator", REVOKED, OPENED, OPENED, OPENED, at=OLD)
    await trail.sign(OLD)
    await trail.write("operator", OPENED, OPENED)
    await trail.sign(NOW)
    assert await trail.findings() == []
    return trail
