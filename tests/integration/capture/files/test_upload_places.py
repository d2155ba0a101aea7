"""Upload places are few: nobody holds one for long, or two at once."""

import asyncio
from dataclasses import replace

import pytest

from bot.h5 import capture_routes, uploads
from bot.h5.uploads import read_upload
from dialogs.values import Identity, IdType
from tests.support.captures.capture_service import PORTRAIT, REQUEST


@pytest.fixture
def readings(monkeypatch):
    """Give a queue that receives each upload's kind once it has a place."""
    begun = asyncio.Queue()

    async def read(request, kind):
        begun.put_nowait(kind)
        return await read_upload(request, kind)

    monkeypatch.setattr(capture_routes, "read_upload", read)
    return begun


async def test_upload_is_answered_busy_while_all_places_are_taken(server, readings, monkeypatch):
    monkeypatch.setattr(capture_routes, "_PLACE_SECONDS", 0.5)
    ticket, go_on = await server.agreed_ticket(), asyncio.Event()
    others = [await server.agreed_ticket(account=f"o_{number}") for number in range(16)]
    waiting = [asyncio.create_task(slow_upload(server, other, go_on)) for other in others]
    for _ in others:
        await readings.get()
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    go_on.set()
    assert set(await asyncio.gather(*waiting)) == {415}
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def slow_upload(server, ticket, go_on):
    """Hold a place until told to go on; gives the status."""

    async def slow():
        yield b"--b\r\n"
        await go_on.wait()
        yield b"--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    address = f"/h5/capture/{ticket}/selfie"
    async with server.client.post(address, data=slow(), headers=headers) as response:
        return response.status


async def test_ticket_holds_at_most_one_upload_place(server, readings):
    ticket, go_on = await server.agreed_ticket(), asyncio.Event()
    waiting = asyncio.create_task(slow_upload(server, ticket, go_on))
    await readings.get()
    for _ in range(20):
        status, answer = await server.send(ticket, PORTRAIT)
        assert (status, answer["outcome"], answer["reason"]) == (429, "retry", "too_fast")
    other = await server.agreed_ticket(account="o_other")
    assert (await server.send(other, PORTRAIT))[1]["outcome"] == "passed"
    go_on.set()
    assert await waiting == 415
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_account_holds_at_most_one_upload_place_across_its_links(server, readings):
    ticket, go_on = await server.agreed_ticket(), asyncio.Event()
    relative = replace(REQUEST, subject=Identity("陈桂珍", IdType.RESIDENT_ID, "440103195001010147"))
    second = await server.agreed_ticket(relative)
    waiting = asyncio.create_task(slow_upload(server, ticket, go_on))
    await readings.get()
    assert await slow_upload(server, second, go_on) == 429
    go_on.set()
    assert await waiting == 415


async def test_stalling_upload_loses_its_place_and_costs_no_attempt(server, monkeypatch):
    monkeypatch.setattr(uploads, "_GRACE_SECONDS", 0.3)
    ticket = await server.agreed_ticket()
    assert await paced_upload(server, ticket, [PART, b"\xff"]) == 503
    monkeypatch.undo()
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_upload_over_slow_connection_is_read_to_the_end(server, monkeypatch):
    monkeypatch.setattr(uploads, "_GRACE_SECONDS", 3)
    pieces = [PART, *[bytes(8192)] * 35, b"\r\n--b--\r\n"]
    assert await paced_upload(server, await server.agreed_ticket(), pieces) == 415


PART = b'--b\r\nContent-Disposition: form-data; name="image"; filename="x"\r\n\r\n'


async def paced_upload(server, ticket, pieces):
    """Send a piece each tenth of a second, and never end without the last boundary; gives the status."""

    async def sent():
        for piece in pieces:
            yield piece
            await asyncio.sleep(0.1)
        if not pieces[-1].endswith(b"--b--\r\n"):
            await asyncio.sleep(60)

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    address = f"/h5/capture/{ticket}/selfie"
    async with server.client.post(address, data=sent(), headers=headers) as response:
        return response.status


async def test_selfie_is_refused_unread_where_liveness_is_required(live_server):
    ticket, go_on = await live_server.agreed_ticket(), asyncio.Event()
    assert await asyncio.wait_for(slow_upload(live_server, ticket, go_on), 60) == 200
    assert not go_on.is_set()
    _, answer = await live_server.send(ticket, PORTRAIT)
    assert (answer["outcome"], answer["reason"]) == ("retry", "not_live")
