"""The registry's last word, after the face has passed, comes too late."""

import asyncio
from dataclasses import replace

from bot.capture.verdicts import recorder
from tests.support.captures.capture_service import PORTRAIT, capture_server


async def test_a_registry_that_is_slow_at_the_end_keeps_nobody_at_the_page(parts, monkeypatch):
    async def registry(_check):
        await asyncio.Event().wait()

    monkeypatch.setattr(recorder, "_RECHECK_SECONDS", 0.1)
    async with capture_server(replace(parts, look_up=registry)) as server:
        status, answer = await server.send(await server.agreed(), PORTRAIT)
    assert (status, answer["outcome"]) == (200, "passed")
