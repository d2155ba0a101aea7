"""The running demo, its users and their photos."""

import asyncio
import gc
import io
import os
import subprocess
import time
import urllib.request
import warnings
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace

import aiohttp
import cv2
import numpy as np
import pytest
from aiohttp.web_app import _cached_build_middleware
from PIL import Image
from skimage import data

from bot.clock import system_clock
from bot.demo import demo as demo_module
from bot.demo.rehearsal import Rehearsals
from bot.demo.sample_people import SAMPLES, portrait_jpeg
from bot.server.http_server import listening as served
from bot.wiring.compose import service
from dialogs.flow.states.prompts import ID_TYPE_LABELS
from tests.acceptance.phone import Page, Phone, links
from tests.support.captures.capture_service import STRANGER, jpeg, portrait
from tests.support.programs.ports import free_port
from tests.support.programs.program import program_command
from tests.support.storage.migrated import migrated_sqlite


@dataclass(frozen=True, slots=True)
class Person:
    """A person, as they type their details."""

    name: str = field(repr=False)
    id_type: str
    number: str = field(repr=False)


EMPLOYEE, RESIDENT, TERMINATED, WITHOUT_PHOTO, DIFFERING = (
    Person(sample.typed.name, ID_TYPE_LABELS[sample.typed.id_type], sample.typed.number) for sample in SAMPLES
)
SCHEMES = {"employee": (EMPLOYEE, "企业职工"), "resident": (RESIDENT, "城乡居民")}


def relight(rgb, gain):
    """Return the picture relit, slightly rotated and cropped: another photo of the same person."""
    height, width = rgb.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 4, 1.03)
    turned = cv2.warpAffine(rgb, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.clip(turned.astype(np.float32) * gain, 0, 255).astype(np.uint8)


SELFIE = jpeg(relight(portrait(), 0.85))
DARK = jpeg(relight(portrait(), 0.08))
ASTRONAUT = data.astronaut()


def png_bytes(rgb):
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, "PNG")
    return file.getvalue()


def portrait_film(path, seconds=2, rate=10):
    """Record the person in front of the camera as MP4."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate, (640, 728))
    frame = cv2.cvtColor(cv2.resize(portrait(), (640, 728)), cv2.COLOR_RGB2BGR)
    for number in range(seconds * rate):
        writer.write(np.roll(frame, number % 5, axis=1))
    writer.release()
    return path.read_bytes()


@dataclass(frozen=True, slots=True)
class RunningDemo:
    """A demo that runs in its own process."""

    base: str
    folder: object
    log: object


@contextmanager
def demo_process(folder, liveness="basic", command=(), **settings):
    """Start the program as a visitor does, and wait until it answers.

    With LIVENESS=basic, so that tests need not act in front of a camera; tests of the live
    capture start it as shipped, with `required`. `command` replaces the fast way to start the program,
    `settings` are further environment variables, without prefix.
    """
    port, log = free_port(), folder / "log.txt"
    command = [
        *(command or program_command()),
        "demo",
        "--port",
        str(port),
        "--data-dir",
        str(folder / "data"),
    ]
    changed = {f"PENSION_BOT_{name}": value for name, value in {"LIVENESS": liveness, **settings}.items()}
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **changed}) as process,  # noqa: S603
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_ready(base, process)
            yield RunningDemo(base, folder / "data", log)
        finally:
            process.terminate()
        assert process.wait(60) == 0, "it did not end cleanly when asked to stop"


def wait_until_ready(base, process, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "the demo stopped"
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=1) as response:  # noqa: S310
                response.read()
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the demo did not start")


@asynccontextmanager
async def own_demo(folder, clock=system_clock, liveness="basic", front="", **changes):
    """Run the demo in this process with some settings changed; yield its address.

    A selfie is enough unless a test is about liveness. `front` is the address of a proxy before it, by
    which the platform and the phones reach the service.
    """
    _forget_demo_before()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    photo = demo_module._kept_portrait(folder)
    settings = replace(demo_module.demo_settings(folder, base, liveness), public_url=front or base)
    settings = replace(settings, **changes)
    database = folder / "demo.db"
    if not database.exists():
        database.write_bytes(migrated_sqlite())  # in a process of its own the demo migrates it
    await demo_module._migrate(settings)
    async with service(settings, clock=clock) as running:
        enrolment = demo_module.DemoEnrolment(running)
        await enrolment.load_samples(photo)
        simulator = demo_module._simulator(settings, front or base, photo, enrolment)
        simulator.rehearse = Rehearsals(running.captures, running.pool).rehearse
        running.app.add_subapp("/sim", simulator.app())
        async with listening(running.app, port):
            yield base


def _forget_demo_before():
    """Free what the previous test's demo has left behind.

    aiohttp remembers handlers that middlewares wrap, and with them whole applications. A connection that was
    accepted in a demo's last moment is nobody's to close: in a process of its own it ends with the process.
    """
    _cached_build_middleware.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@asynccontextmanager
async def listening(app, port):
    """Serve an application at a local port, with the server that the programs use.

    At the end nobody is accepted any more before the server closes: Python 3.11 forgets, unclosed, a
    connection whose transport it has yet to make then.
    """
    async with served(app, "127.0.0.1", port) as runner:
        yield runner
        await _accept_no_more(runner)


async def _accept_no_more(runner):
    for site in runner.sites:
        for listener in site._server.sockets:
            asyncio.get_running_loop().remove_reader(listener.fileno())
    for _ in range(2):  # one loop turn creates the transport, one notifies the protocol
        await asyncio.sleep(0)


async def walk_to_link(phone: Phone, person, scheme="企业职工"):
    """Walk 本人办理 to the link; return the capture page."""
    await walk_to_notice(phone, person, scheme)
    return open_link(phone, await phone.tap("确定"))


async def walk_to_notice(phone, person, scheme="企业职工"):
    """Walk 本人办理 up to the answer of the eligibility check; return that answer."""
    await phone.say(f"{scheme}认证")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    await phone.give_details(person)
    return await phone.tap("下一步")


def open_link(phone, text):
    """Return the capture page of the only link in the reply to 确定 or 重新识别."""
    (url,) = links(text)
    assert url.startswith(f"{phone.base}/h5/capture/")
    return Page(phone.http, url)


async def enrol(phone, name, photo):
    """Enrol a newcomer, as the panel next to the phone does."""
    async with phone.http.post(f"{phone.base}/sim/api/newcomer", json={"name": name}) as response:
        number = (await response.json())["id_number"]
    form = aiohttp.FormData({"name": name, "id_number": number})
    form.add_field("image", photo, filename="photo")
    async with phone.http.post(f"{phone.base}/sim/api/enrol", data=form) as response:
        assert (await response.json())["reason"] == ""
    return Person(name, "居民身份证", number)


async def certify_by_face(phone, person, scheme="企业职工"):
    """Certify from the first message to the face check; return the result message."""
    page = await walk_to_link(phone, person, scheme)
    await show_right_face(page)
    return await phone.customer_message()


async def show_right_face(page):
    """Consent on the page and show the face on file."""
    await page.agree()
    answer = await page.selfie(SELFIE)
    assert answer.outcome == "passed", answer


async def show_wrong_face(page):
    """Consent on the page and show somebody else's face."""
    await page.agree()
    answer = await page.selfie(STRANGER)
    assert (answer.outcome, answer.reason) == ("failed", "mismatch"), answer


async def enrol_newcomer(phone, name):
    """Enrol a newcomer with the portrait from which SELFIE is made."""
    return await enrol(phone, name, PORTRAIT)


PORTRAIT = portrait_jpeg()
