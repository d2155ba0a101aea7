"""An office with a pass and two audit chains."""

import pytest

from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.database import transaction
from tests.support.programs.audited_office import NUMBER, VAULT, Office
from tests.support.storage.factories import NOW, certification
from tests.support.storage.passes import add_pass


@pytest.fixture
async def office(terminal, engine):
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False))
    passed = AuditEntry(Actor.CAPTURE, AuditAction.CAPTURE_PASSED, "s", f"certify employee ok {NUMBER} face")
    opened = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s")
    async with transaction(engine) as conn:
        await add_pass(conn, VAULT, certification(NUMBER))
        await Audit("captures-1", VAULT).append(conn, [passed], NOW)
        await Audit("conversation-1", VAULT).append(conn, [opened] * 3, NOW)
    office = Office(terminal, engine)
    assert await office.findings() == []
    return office
