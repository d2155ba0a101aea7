"""今天可以再试 is refused once a face has failed too often for it to be a mistake."""

import hashlib
from datetime import timedelta

from dialogs.rules.failure_limit import MOST_CLEARED
from dialogs.values import CaptureOutcome, CaptureReason
from storage.database import transaction
from storage.records.captures import Captures
from tests.support.console.people import open_case
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import REQUEST

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def fail(office, times):
    captures, now = Captures(office.parts.vault), office.clock.now
    async with transaction(office.parts.engine) as conn:
        for number in range(times):
            key = hashlib.sha256(f"{now} {number}".encode()).digest()
            await captures.open(conn, key, "anna", REQUEST, now, now + timedelta(minutes=30))
            await captures.finish(conn, key, CaptureOutcome.FAILED, CaptureReason.MISMATCH, now)


async def told(desk):
    return (await desk.get((await desk.post(f"{await open_case(desk)}/forgive")).location)).words


async def test_fifteen_failures_in_a_day_cannot_be_forgiven(office):
    desk = await office.sign_in()
    await fail(office, MOST_CLEARED - 2)  # one more is in their history
    assert "已办理" in await told(desk)
    office.clock.advance(seconds=1)
    await fail(office, 1)
    assert "今天失败的次数太多，不能再放行" in await told(desk)
    assert len(await office.audit_entries("tries.forgiven")) == 1
    assert ("console:li", "console.refused", "tried_out forgive") in await office.audit_entries(
        "console.refused"
    )
