"""Many simultaneous sockets of one ticket: impatient taps, or somebody fishing for another attempt."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiohttp import WSMsgType

from bot.capture.live import captures as live_captures
from bot.capture.live.challenges import MOST_INTERRUPTIONS, MOST_STARTS, LiveSession
from bot.capture.service import CaptureService
from bot.capture.tickets.ticket import ticket_hash
from face import LiveCheck
from storage.database import transaction
from storage.records.captures import Captures
from tests.integration.capture.live.test_live_capture import guided, starts

MANY = 12
REPLACED = 4409


@pytest.fixture
async def server(parts, monkeypatch):
    monkeypatch.setattr(live_captures, "PREVIOUS_CONNECTION_SECONDS", 0.3)
    async with guided(parts) as server:
        yield server


class Listener:
    """One socket, what it hears, and the code with which it is closed."""

    def __init__(self, ws):
        self.words, self.prompted = [], asyncio.Event()
        self.closed = asyncio.create_task(self._until_closed(ws))

    async def _until_closed(self, ws):
        while (message := await ws.receive()).type is WSMsgType.TEXT:
            self.words.append(message.json()["type"])
            self.prompted.set()
        return message.data


@asynccontextmanager
async def many_at_once(ticket, *servers):
    """Open sockets of a ticket at one instant, at each service in turn."""

    async def one(stack, number):
        client = servers[number % len(servers)].client
        return Listener(await stack.enter_async_context(client.ws_connect(f"/h5/capture/{ticket}/live")))

    async with AsyncExitStack() as stack:
        yield await asyncio.gather(*(one(stack, number) for number in range(MANY)))


async def ends_of_all_but(left, sockets):
    """Wait until so many are left and prompted; gives the closing codes of the others, and those left."""
    pending = {one.closed for one in sockets}
    async with asyncio.timeout(60):
        while len(pending) > left:
            _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        open_ones = [one for one in sockets if one.closed in pending]
        for one in open_ones:
            await one.prompted.wait()
    return [one.closed.result() for one in sockets if one.closed not in pending], open_ones


async def until_starts(server, ticket, count):
    """Wait until the connections that are over have given their starts back."""
    async with asyncio.timeout(60):
        while await starts(server, ticket) != count:  # noqa: ASYNC110 - the service has yet to see the ends
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("retries", [0, 1])
async def test_newest_of_simultaneous_sockets_continues_and_others_cost_no_start(server, retries):
    ticket = await server.agreed_ticket()
    async with transaction(server.parts.engine) as conn:
        for _ in range(retries):  # a dark picture, or a call in between
            await Captures(server.parts.vault).count_retry(conn, ticket_hash(ticket))
    async with many_at_once(ticket, server) as sockets:
        codes, [winner] = await ends_of_all_but(1, sockets)
        assert codes == [REPLACED] * (MANY - 1)
        await until_starts(server, ticket, 1)
        assert winner.words == ["prompt"]
    await until_starts(server, ticket, 0)
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_separate_services_each_keep_one_socket_and_others_cost_no_start(server):
    ticket = await server.agreed_ticket()
    async with guided(server.parts) as apart, many_at_once(ticket, server, apart) as sockets:
        codes, winners = await ends_of_all_but(2, sockets)
        assert codes == [REPLACED] * (MANY - 2)
        await until_starts(server, ticket, 2)
        assert [one.words for one in winners] == [["prompt"], ["prompt"]]
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_network_change_counts_as_lost_connection_not_as_hang_up(server, monkeypatch):
    """The phone reconnects before the service has noticed that the previous connection ended."""
    monkeypatch.setattr(LiveCheck, "begun", True)  # as if each connection had asked for the first movement
    ticket, address = await server.agreed_ticket(), "/h5/capture/{}/live"
    async with AsyncExitStack() as stack:
        sockets = []
        for _ in range(MOST_INTERRUPTIONS + 2):
            connected = server.client.ws_connect(address.format(ticket))
            sockets.append(Listener(await stack.enter_async_context(connected)))
            await sockets[-1].prompted.wait()
        codes, _ = await ends_of_all_but(1, sockets)
        assert codes == [REPLACED] * (MOST_INTERRUPTIONS + 1)
        await until_starts(server, ticket, 2)
    assert (await server.stored_capture(ticket)).retries == MOST_INTERRUPTIONS + 1


async def test_returned_start_goes_to_a_waiting_connection(server, monkeypatch):
    """Nine connections, three at a time, begin and break off before any movement: none fails the ticket."""
    monkeypatch.setattr(live_captures, "PREVIOUS_CONNECTION_SECONDS", 2.0)
    ticket = await server.agreed_ticket()

    async def comes_and_goes():
        service = CaptureService(server.parts)
        begun = await service.begin_live(ticket, 0.0)
        if isinstance(begun, LiveSession):
            await service.give_back(begun)
        return begun

    ends = await asyncio.gather(*(comes_and_goes() for _ in range(9)))
    assert [type(one) for one in ends] == [LiveSession] * 9
    assert await starts(server, ticket) == 0


async def test_start_ended_for_two_reasons_is_given_back_once(server, monkeypatch):
    """The camera is lost at the moment the service stops: neither alone costs a start."""
    monkeypatch.setattr(LiveCheck, "begun", True)
    ticket, service = await server.agreed_ticket(), CaptureService(server.parts)
    await service.begin_live(ticket, 0.0)
    lost = await service.begin_live(ticket, 0.0)
    await service.interrupt(lost)
    await service.give_back(lost)
    assert await starts(server, ticket) == 1


async def test_simultaneous_starts_show_the_challenge_at_most_three_times(server, monkeypatch):
    monkeypatch.setattr(LiveCheck, "begun", True)  # as if each connection had asked for the first movement
    ticket = await server.agreed_ticket()
    services = [CaptureService(server.parts) for _ in range(MANY)]
    begun = await asyncio.gather(*(one.begin_live(ticket, 0.0) for one in services))
    assert sum(isinstance(one, LiveSession) for one in begun) == MOST_STARTS
    assert (await server.stored_capture(ticket)).outcome == "failed"
    assert not isinstance(await services[0].begin_live(ticket, 9.0), LiveSession)
