"""A photo that crashes the decoding process costs the person no attempt and affects nobody else."""

import asyncio
import os
import signal
import threading
from dataclasses import replace

import pytest

from bot.capture.face_pool import FacePool
from face import Checker, ChildDecoder, DecoderEnd
from tests.support.captures.capture_service import PORTRAIT, capture_server, shared_checker


@pytest.fixture
def ends():
    return []


@pytest.fixture
def decoder(ends):
    made = ChildDecoder(ends.append, still_seconds=60.0)
    yield made
    made.close()


@pytest.fixture
async def server(parts, decoder):
    own = shared_checker()
    pool = FacePool(Checker(own._pack, own.threshold, decoder=decoder))
    async with capture_server(replace(parts, pool=pool)) as server:
        yield server
    await pool.close()


async def test_decoder_crash_is_answered_with_retry_and_next_photo_passes(
    server, decoder, ends, caplog, monkeypatch
):
    ticket = await server.agreed_ticket()
    await asyncio.to_thread(decoder.start)
    (child,) = decoder._all
    sent, ask = threading.Event(), type(child)._asked
    monkeypatch.setattr(type(child), "_asked", lambda *given: (ask(*given), sent.set())[0])
    os.kill(child._process.pid, signal.SIGSTOP)
    crashing = asyncio.create_task(server.send(ticket, PORTRAIT))
    assert await asyncio.to_thread(sent.wait, 60)
    os.kill(child._process.pid, signal.SIGKILL)
    status, answer = await crashing
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert "照片打不开" in answer["message"]
    assert ends == [DecoderEnd.CRASHED]
    assert caplog.messages == ["a decoding process ended over a file (crashed) and is replaced"]
    assert not server.conversation.events
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (200, "passed")
