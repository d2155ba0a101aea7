"""Captures of people to whom the office granted a passive check, compared with everybody else's."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import cv2
import pytest

from bot.capture.tickets.ticket import ticket_hash
from dialogs.values import CaptureOutcome, Identity, IdType
from face import Action
from face.liveness.challenge import with_actions
from storage.database import transaction
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from tests.integration.capture.live.test_live_capture import Phone
from tests.support.captures.capture_service import (
    NOON,
    NUMBER,
    PORTRAIT,
    REQUEST,
    STRANGER,
    capture_server,
    portrait,
)
from tests.support.faces.head_model import seeded_random

LAST_DAY = date(2026, 11, 30)
OTHER = Identity("欧阳桂兰", IdType.RESIDENT_ID, "11010519491231002X")


@pytest.fixture
def server(live_server):
    return live_server


async def grant(server, person=REQUEST.subject, until=LAST_DAY):
    given = Exemption(ExemptionKind.PASSIVE, person, until, "卧床", NOON)
    async with transaction(server.parts.engine) as conn:
        await Exemptions(server.parts.vault).give(conn, given)


async def revoke(server):
    async with transaction(server.parts.engine) as conn:
        assert await Exemptions(server.parts.vault).revoke(conn, IdType.RESIDENT_ID, NUMBER, NOON)


async def page(server, ticket):
    async with server.client.get(f"/h5/capture/{ticket}") as response:
        return await response.text()


async def audited(server):
    async with server.parts.engine.connect() as conn:
        rows = await conn.exec_driver_sql("SELECT action, detail FROM audit ORDER BY id")
        return [(row.action, row.detail.split()) for row in rows if row.action.startswith("capture.")]


def clip(folder):
    """Film the portrait, which does not move."""
    path = folder / "clip.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (640, 728))
    frame = cv2.resize(cv2.cvtColor(portrait(), cv2.COLOR_RGB2BGR), (640, 728))
    for _ in range(15):
        writer.write(frame)
    writer.release()
    return path.read_bytes()


async def test_photo_passes_with_a_grant_and_is_recorded_as_assisted(server):
    await grant(server)
    ticket = await server.agreed_ticket()
    assert 'data-liveness="assisted"' in await page(server, ticket)
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (200, "passed")
    [(_, event)] = server.conversation.events
    assert (event.outcome, event.certification.channel) == (CaptureOutcome.PASSED, "assisted")
    [(action, detail)] = await audited(server)
    assert (action, detail[-1]) == ("capture.passed", "assisted")


async def test_video_without_movements_passes_with_a_grant(server, tmp_path):
    await grant(server)
    _, answer = await server.send(await server.agreed_ticket(), clip(tmp_path), "video")
    assert answer["outcome"] == "passed"
    assert server.conversation.events[0][1].certification.channel == "assisted"


async def test_stranger_fails_despite_a_grant(server):
    await grant(server)
    _, answer = await server.send(await server.agreed_ticket(), STRANGER)
    assert (answer["outcome"], answer["reason"]) == ("failed", "mismatch")
    assert [detail[-1] for _, detail in await audited(server)] == ["assisted"]


@pytest.mark.parametrize(
    "person",
    [OTHER, replace(REQUEST.subject, id_type=IdType.PASSPORT)],
    ids=["other number", "other ID type"],
)
async def test_grant_of_another_person_does_not_apply(server, person):
    await grant(server, person)
    ticket = await server.agreed_ticket()
    assert 'data-liveness="required"' in await page(server, ticket)
    assert (await server.send(ticket, PORTRAIT))[1]["reason"] == "not_live"


async def test_grant_ends_at_midnight_in_shanghai_after_its_last_day(server):
    await grant(server, until=date(2026, 11, 23))
    server.clock.now = NOON + timedelta(hours=11, minutes=55)
    ticket = await server.agreed_ticket()
    assert 'data-liveness="assisted"' in await page(server, ticket)
    server.clock.now += timedelta(minutes=6)
    assert 'data-liveness="required"' in await page(server, ticket)
    assert (await server.send(ticket, PORTRAIT))[1]["reason"] == "not_live"


async def test_revoked_grant_no_longer_applies_to_an_open_page(server, tmp_path):
    await grant(server)
    ticket = await server.agreed_ticket()
    assert 'data-liveness="assisted"' in await page(server, ticket)
    await revoke(server)
    assert (await server.send(ticket, PORTRAIT))[1]["reason"] == "not_live"
    _, answer = await server.send(ticket, clip(tmp_path), "video")
    assert answer["outcome"] != "passed"


async def test_live_capture_despite_a_grant_is_recorded_as_face(server):
    await grant(server)
    ticket = await server.agreed_ticket()
    asked = with_actions((Action.TURN_LEFT, Action.LOOK_DOWN), seeded_random(1))
    async with transaction(server.parts.engine) as conn:
        await server.parts.captures.set_challenge(conn, ticket_hash(ticket), asked.to_json())
    result, _ = await asyncio.wait_for(Phone(server, ticket).live(), 60)
    assert result["outcome"] == "passed"
    assert server.conversation.events[0][1].certification.channel == "face"


async def test_grant_changes_nothing_where_a_photo_is_enough_for_all(parts):
    async with capture_server(parts) as server:
        await grant(server)
        await server.send(await server.agreed_ticket(), PORTRAIT)
        assert server.conversation.events[0][1].certification.channel == "face"
