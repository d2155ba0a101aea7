"""A real person in a real Chromium: the camera is a canvas that plays prompted movements from a clip.

`python -m tests.browser.real_clip CLIP [TRIES [BITS]]` prints what each try came to; the last one stays still
and must fail. The clip is of a person who turns the head to both sides, up and down. With BITS, so many bits
a second go up, each packet 0.3 s late.
"""

import asyncio
import base64
import json
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import cv2

from dialogs.values import IdType
from face.attack.clips import read_clip
from face.attack.footage import footage_of
from storage.database import transaction
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from tests.browser.capture.test_live_page import address_of, ended, page
from tests.support.captures.capture_service import NOON, NUMBER, capture_parts, capture_server, shared_checker
from tests.support.captures.slow_connection import slow_connection

CAMERA = """
const films = FILMS, follows = FOLLOWS;
const loaded = {};
for (const name in films) loaded[name] = films[name].map((text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), picture = new Image();
  picture.src = URL.createObjectURL(new Blob([bytes]));
  return picture;
});
const canvas = document.createElement("canvas");
canvas.width = canvas.height = 480;
const paint = canvas.getContext("2d");
let asked = "centre", action = "centre", place = 0, beat = 0;
setInterval(() => {
  const now = document.getElementById("card-live")?.dataset.action || "centre";
  if (now !== asked) { asked = now; setTimeout(() => { if (asked !== "centre") action = asked; }, 700); }
  const frames = loaded[action] || [], length = action === "closer" ? 8 : frames.length;
  if (beat % 2 === 0) place = Math.max(0, Math.min(length - 1, place + (asked === action ? 1 : -1)));
  const rests = loaded.centre, rest = rests[Math.floor(beat / 3) % rests.length];
  const still = action === "centre" || action === "closer" || place === 0 || !follows;
  const zoom = action === "closer" && follows ? 1 + 0.06 * place : 1;
  beat += 1;
  paint.drawImage(still ? rest : frames[place], 240 - 240 * zoom, 240 - 240 * zoom, 480 * zoom, 480 * zoom);
  for (let dot = 0; dot < 150; dot++) {
    paint.fillStyle = `rgba(${Math.random() * 255},99,99,.12)`;
    paint.fillRect(Math.random() * 480, Math.random() * 480, 3, 3);
  }
}, 60);
navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
"""


def script(footage, *, follows):
    """Return the script that replaces the camera by the clip."""
    films = {action.value: frames for action, frames in footage.moves.items()} | {"centre": footage.rests[:3]}
    texts = {
        name: [
            base64.b64encode(cv2.imencode(".jpg", frame.picture)[1].tobytes()).decode() for frame in frames
        ]
        for name, frames in films.items()
    }
    return CAMERA.replace("FILMS", json.dumps(texts)).replace("FOLLOWS", json.dumps(follows))


@asynccontextmanager
async def service(folder, footage):
    """Run a service in which the person of the clip is enrolled."""
    async with capture_parts(folder) as parts:
        sealed = footage.template.astype("<f4").tobytes()
        async with transaction(parts.engine) as conn:
            pack = parts.pool.checker.pack_name
            await Enrolments(parts.vault).put(
                conn, EnrolmentTemplate(IdType.RESIDENT_ID, NUMBER, pack, sealed, "test"), NOON
            )
        async with capture_server(replace(parts, liveness="required")) as server:
            yield server


async def tried(footage, *, follows, bits=None):
    """Go through the page once; return the outcome, the words and the seconds."""

    def walk(address):
        began = time.monotonic()
        with page(address, script(footage, follows=follows)) as driver:
            return *ended(driver), time.monotonic() - began

    with tempfile.TemporaryDirectory() as name:
        async with service(Path(name), footage) as server:
            address = address_of(server, await server.ticket())
            if bits is None:
                return await asyncio.to_thread(walk, address)
            async with slow_connection(server.client.port, bits) as connection:
                return await asyncio.to_thread(walk, connection.address(address))


def main():
    """Try the clip named on the command line."""
    clip, tries, bits = (*sys.argv[1:], *("3", "0")[len(sys.argv) - 2 :])
    film, tries, bits = read_clip(Path(clip)), int(tries), int(bits)
    footage = footage_of(shared_checker()._pack, film)
    for number in range(tries + 1):
        follows = number < tries
        outcome, words, seconds = asyncio.run(tried(footage, follows=follows, bits=bits or None))
        who = f"follows, try {number + 1}" if follows else "stays still"
        sys.stdout.write(f"{who}: {outcome}  {seconds:.0f} s  {words[:60]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
