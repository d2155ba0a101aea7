"""`python -m tests.bench.faces.crowd 10`: many live captures at once, and how late a hint is with them.

Each sends five frames a second. Everybody stands too far away, so that each scored frame brings a hint. The
bench uses the real WebSocket and the real models; the phones run in the same process, so their work is in the
figures too.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from bot.capture.live_queue import LiveQueue
from tests.support.captures.capture_service import capture_parts, capture_server
from tests.support.captures.live_socket import receive_message
from tests.support.faces.portrait_model import turned_portrait

FRAMES = 60
GAP = 0.2


def film_far_away(count):
    """Film a person who stands too far away, with a camera's noise."""
    random, small = np.random.default_rng(0), cv2.resize(turned_portrait(0.0), (100, 133))
    for _ in range(count):
        scene = random.integers(90, 98, (640, 480, 3), np.uint8)
        scene[200:333, 190:290] = small
        yield cv2.imencode(".jpg", scene)[1].tobytes()


async def capture(server, ticket, frames, late):
    """Send frames at the phone's pace and note how long each hint took, in seconds."""
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        for frame in frames:
            sent = time.perf_counter()
            await ws.send_bytes(frame)
            with suppress(TimeoutError):  # a frame that came a little early is skipped, without a hint
                await receive_message(ws, 0.6)
                late.append(time.perf_counter() - sent)
            await asyncio.sleep(max(0.0, GAP - (time.perf_counter() - sent)))


async def main(count):
    """Run the captures and print one line."""
    frames, late = list(film_far_away(FRAMES)), []
    with tempfile.TemporaryDirectory() as folder:
        async with (
            capture_parts(Path(folder)) as made,
            capture_server(replace(made, liveness="required"), queue=LiveQueue(count, 0)) as server,
        ):
            tickets = [await server.agreed_ticket(account=f"o_{number}") for number in range(count)]
            await asyncio.gather(*(capture(server, ticket, frames, late) for ticket in tickets))
    cuts = statistics.quantiles([1000 * seconds for seconds in late], n=20)
    told = f"{count} live captures, {len(late)} hints: median {cuts[9]:.0f} ms, 95 % under {cuts[18]:.0f} ms"
    sys.stdout.write(told + "\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
