"""Reads the messages of a live capture's socket, skipping frame acknowledgements."""

import asyncio


async def receive_message(ws, seconds=60):
    """Return the next message that is not an acknowledgement."""
    async with asyncio.timeout(seconds):
        while (said := await ws.receive_json())["type"] == "ack":
            pass
    return said
