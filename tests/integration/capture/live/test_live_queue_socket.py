"""The queue before the live capture, and what happens to open captures when the service stops."""

import asyncio
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import WSCloseCode

from bot.capture.live_queue import LiveQueue
from bot.capture.service import CaptureService
from bot.capture.tickets import open_tickets
from bot.capture.tickets.ticket import ticket_hash
from bot.capture.turn_serials import MachineTurnSerials
from bot.h5.live import ended_links, websocket
from face import Action
from storage.database import transaction
from tests.integration.capture.live.test_live_capture import Phone, chance, starts
from tests.support.captures.capture_service import capture_parts, capture_server
from tests.support.captures.live_socket import receive_message
from tests.support.captures.queue_process import QueueProcess


@asynccontextmanager
async def server_with_queue(folder, places, waiting, serials=None):
    async with capture_parts(folder) as parts:
        drawing = chance(Action.TURN_LEFT, Action.LOOK_DOWN)
        required = replace(parts, liveness="required", random=drawing)
        async with capture_server(required, queue=LiveQueue(places, waiting, serials)) as server:
            yield server


@pytest.fixture
async def server(tmp_path):
    async with server_with_queue(tmp_path, places=1, waiting=2) as made:
        yield made


def tickets(server, count):
    """Open a link for each of some accounts: a new link ends the same account's earlier one."""
    return asyncio.gather(*(server.agreed_ticket(account=f"o_{number}") for number in range(count)))


def live(server, ticket):
    return server.client.ws_connect(f"/h5/capture/{ticket}/live")


async def heard(ws):
    return await receive_message(ws)


@asynccontextmanager
async def in_queue(server, *tickets):
    """Connect each ticket once the previous one got a message; gives sockets and their first messages."""
    async with AsyncExitStack() as stack:
        came = []
        for ticket in tickets:
            ws = await stack.enter_async_context(live(server, ticket))
            came.append((ws, await heard(ws)))
        yield came


async def test_capture_over_the_limit_is_told_its_place_and_moves_up(server):
    one, two, three = await tickets(server, 3)
    async with in_queue(server, one, two, three) as ((first, told), (second, place), (third, behind)):
        assert told["type"] == "prompt"
        assert (place, behind) == ({"type": "queue", "place": 1}, {"type": "queue", "place": 2})
        await first.close()
        assert (await heard(second))["type"] == "prompt"
        assert await heard(third) == {"type": "queue", "place": 1}


async def test_link_opened_at_another_process_ends_its_older_connections(tmp_path):
    with tempfile.TemporaryFile() as file:
        async with server_with_queue(tmp_path, 1, 2, MachineTurnSerials(file.fileno())) as server:
            links = await tickets(server, 2)
            async with in_queue(server, *links) as ((inside, _), (waiting, _)):
                other = QueueProcess(file.fileno(), (1, 2), [ticket_hash(link) for link in links])
                assert other.joined == ["0", "1"]
                codes = [(await ws.receive(timeout=60)).data for ws in (inside, waiting)]
            other.kill()
    assert codes == [4409, 4409]


async def test_waiting_costs_no_start_and_frames_sent_meanwhile_are_ignored(server):
    inside, waiting = await tickets(server, 2)
    async with live(server, inside) as first:
        await heard(first)
        for _ in range(4):
            async with live(server, waiting) as ws:
                assert (await heard(ws))["place"] == 1
                await ws.send_bytes(b"no picture")
    assert await starts(server, waiting) == 0


async def test_ended_link_leaves_the_queue_soon_and_the_next_one_moves_up(server, monkeypatch):
    monkeypatch.setattr(ended_links, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(websocket, "_ANSWER_SECONDS", 0.05)
    inside, waiting, behind = await tickets(server, 3)
    async with in_queue(server, inside, waiting, behind) as (_, (second, _), (third, _)):
        async with transaction(server.parts.engine) as conn:
            await server.parts.captures.end_of(conn, ["o_1"], [], server.clock())
        result = await receive_message(second)
        assert (result["type"], result["outcome"], result["reason"]) == ("result", "closed", "used")
        assert (await second.receive()).data == 1000
        assert await heard(third) == {"type": "queue", "place": 1}


async def test_link_expiring_in_the_queue_is_told_so(server, monkeypatch):
    monkeypatch.setattr(ended_links, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(websocket, "_ANSWER_SECONDS", 0.05)
    inside, waiting = await tickets(server, 2)
    async with in_queue(server, inside, waiting) as ((first, _), (second, _)):
        server.clock.now += timedelta(hours=1)
        assert (await receive_message(second))["reason"] == "expired"
        with pytest.raises(TimeoutError):  # a check that began in time goes on
            await receive_message(first, seconds=0.5)


async def test_fifty_open_captures_share_one_lookup(server, monkeypatch):
    monkeypatch.setattr(ended_links, "POLL_SECONDS", 0.2)
    asked = []

    async def counted(_conn, keys, *_):
        asked.append(len(keys))
        return keys[1:]

    monkeypatch.setattr(open_tickets, "still_open", counted)
    keys = dict.fromkeys(bytes([number]) for number in range(50))
    links = ended_links.EndedLinks(CaptureService(server.parts), keys)
    found = await asyncio.gather(*map(links.may_have_ended, keys))
    assert found == [True] + [False] * 49
    assert set(asked) == {50}
    assert len(asked) <= 2  # two if the poll came while the fifty began to wait


async def test_full_queue_answers_busy_and_costs_no_attempt(server):
    one, two, three, four = await tickets(server, 4)
    async with in_queue(server, one, two, three), live(server, four) as ws:
        told = await heard(ws)
        assert (told["outcome"], told["reason"]) == ("unavailable", "busy")
    assert (await server.stored_capture(four)).finished_at is None


async def test_ticket_without_consent_is_refused_instead_of_queued(server):
    async with live(server, await server.agreed_ticket()) as first:
        await heard(first)
        result, code = await Phone(server, await server.ticket(account="o_other")).live()
        assert (result["reason"], code) == ("no_consent", 4403)


async def test_second_connection_of_a_ticket_replaces_the_first(server):
    ticket, waiting = await tickets(server, 2)
    async with in_queue(server, ticket, waiting) as ((older, _), (other, _)):
        async with live(server, ticket) as newer:
            assert (await heard(newer))["type"] == "prompt"
            assert (await older.receive()).data == 4409
        assert (await heard(other))["type"] == "prompt"


async def test_stopping_service_closes_all_captures_and_gives_the_start_back(tmp_path):
    async with server_with_queue(tmp_path, places=1, waiting=1) as server:
        inside, waiting = await tickets(server, 2)
        async with in_queue(server, inside, waiting) as ((first, _), (second, _)):
            stopping = asyncio.create_task(server.client.server.app.shutdown())
            for ws in (first, second):
                assert (await asyncio.wait_for(ws.receive(), 60)).data == WSCloseCode.GOING_AWAY
            await asyncio.wait_for(stopping, 60)
            await asyncio.sleep(0.2)
            assert await starts(server, inside) == 0


async def test_separate_services_have_own_queues_and_a_ticket_gets_one_verdict(tmp_path):
    own, theirs = (LiveQueue(places=1, waiting=0) for _ in range(2))
    async with capture_parts(tmp_path) as parts:
        random = chance(Action.TURN_LEFT, Action.LOOK_DOWN)
        required = replace(parts, liveness="required", random=random)
        async with (
            capture_server(required, queue=own) as server,
            capture_server(required, queue=theirs) as apart,
        ):
            ticket, other = await tickets(server, 2)
            results = await asyncio.gather(*(Phone(one, ticket).live() for one in (server, apart)))
            assert sorted(result["outcome"] for result, _ in results) == ["closed", "passed"]
            assert await starts(server, ticket) == 2
            assert len(server.conversation.events) == 1
            async with live(server, other) as ws:
                assert (await heard(ws))["type"] == "prompt"
