"""Many sockets of one ticket at one instant: an impatient thumb, or somebody who looks for another try."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import WSMsgType

from bot.capture.live import captures as live_captures
from bot.capture.live.challenges import MOST_STARTS, LiveSession
from bot.capture.service import CaptureService
from face import LiveCheck
from tests.integration.capture.test_live_capture import guided, starts

MANY = 12
REPLACED = 4409


@pytest.fixture
async def house(parts, monkeypatch):
    monkeypatch.setattr(live_captures, "LAST_MOMENTS", 0.3)
    async with guided(parts) as house:
        yield house


async def open_many(stack, ticket, *houses):
    """Open sockets of a ticket at one instant, at each service in turn."""

    async def one(number):
        client = houses[number % len(houses)].client
        return await stack.enter_async_context(client.ws_connect(f"/h5/capture/{ticket}/live"))

    return await asyncio.gather(*map(one, range(MANY)))


async def first_or_last(ws):
    """Listen until the socket is closed, or for some seconds; gives the words and the closing code."""
    heard = []
    try:
        async with asyncio.timeout(3):
            while (message := await ws.receive()).type is WSMsgType.TEXT:
                heard.append(message.json())
    except TimeoutError:
        return heard, None
    return heard, message.data


async def test_of_many_sockets_at_once_the_newest_goes_on_and_no_other_costs_a_start(house):
    ticket = await house.agreed()
    async with AsyncExitStack() as stack:
        ends = await asyncio.gather(*map(first_or_last, await open_many(stack, ticket, house)))
        codes = [code for _, code in ends]
        assert (codes.count(REPLACED), codes.count(None)) == (MANY - 1, 1)
        [words] = [heard for heard, code in ends if code is None]
        assert [said["type"] for said in words] == ["prompt"]
        assert await starts(house, ticket) == 1
    assert (await house.stored(ticket)).finished_at is None


async def test_of_services_started_apart_each_leaves_one_socket_and_no_other_costs_a_start(house):
    ticket = await house.agreed()
    async with guided(house.parts) as apart, AsyncExitStack() as stack:
        ends = await asyncio.gather(*map(first_or_last, await open_many(stack, ticket, house, apart)))
        codes = [code for _, code in ends]
        assert (codes.count(REPLACED), codes.count(None)) == (MANY - 2, 2)
        assert await starts(house, ticket) == 2
    assert (await house.stored(ticket)).finished_at is None


async def test_many_starts_at_once_are_no_more_than_three_looks_at_the_challenge(house, monkeypatch):
    monkeypatch.setattr(LiveCheck, "begun", True)  # as if each had asked for the first movement
    ticket = await house.agreed()
    services = [CaptureService(house.parts) for _ in range(MANY)]
    begun = await asyncio.gather(*(one.begin_live(ticket, 0.0) for one in services))
    assert sum(isinstance(one, LiveSession) for one in begun) == MOST_STARTS
    assert (await house.stored(ticket)).outcome == "failed"
    assert not isinstance(await services[0].begin_live(ticket, 9.0), LiveSession)
