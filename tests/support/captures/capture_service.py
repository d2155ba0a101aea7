"""A capture service over HTTP with one person enrolled, for tests of captures."""

import functools
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import cv2
import insightface
from aiohttp import web
from aiohttp.test_utils import TestClient
from skimage import data

from bot.capture.face_pool import FacePool
from bot.capture.parts import CaptureParts
from bot.capture.service import CaptureService
from bot.capture.throttle import Throttle
from bot.capture.tickets.ticket import new_ticket, ticket_hash
from bot.h5.capture_routes import add_pages
from bot.h5.live.websocket import LiveSocket
from bot.h5.voice.recordings import add_recordings
from dialogs.ports import Found
from dialogs.rules.link_life import ticket_life
from dialogs.values import (
    Beneficiary,
    BenefitStatus,
    CaptureRequest,
    Identity,
    IdType,
    Manner,
    Purpose,
    Scheme,
)
from face import Checker, load_pack
from messages.language.codes import Language
from storage.database import open_engine, transaction
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.sealing.vault import Vault
from tests.support.manual_clock import ManualClock
from tests.support.programs.served_app import ServedApp
from tests.support.storage.migrated import migrated_sqlite, sqlite_url

ACCOUNT = "o_account_of_the_test"
NAME, NUMBER = "陈建国", "440103195001010120"
REQUEST = CaptureRequest(
    Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, Identity(NAME, IdType.RESIDENT_ID, NUMBER), "440100"
)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def jpeg(rgb):
    return cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1].tobytes()


@functools.cache
def portrait():
    """Return the astronaut, near and centred, as on a phone held at arm's length."""
    return cv2.resize(data.astronaut()[0:330, 80:370], (870, 990), interpolation=cv2.INTER_CUBIC)


def stranger(rows, columns):
    """Return another person: a face from insightface's group photo."""
    folder = Path(insightface.__file__).parent / "data" / "images"
    face = cv2.imread(str(folder / "t1.jpg"))[rows, columns]
    scale = 600 / face.shape[1]
    size = (600, round(scale * face.shape[0]))
    return cv2.imencode(".jpg", cv2.resize(face, size, interpolation=cv2.INTER_CUBIC))[1].tobytes()


PORTRAIT = jpeg(portrait())
STRANGER = stranger(slice(235, 450), slice(420, 610))
ANOTHER = stranger(slice(203, 463), slice(0, 241))
"""Looks as straight ahead as the portrait, and gives a better 3D head."""


class RecordingConversation:
    """Stands in for the conversation and records the events that a capture passes to the dialog."""

    def __init__(self):
        self.events = []
        self.broken = False

    async def feed(self, _conn, account, event):
        if self.broken:
            raise OSError("陈建国")  # noqa: EM101 (a text that must not reach the log)
        self.events.append((account, event))


@dataclass
class CaptureServer:
    """A capture service behind HTTP, with the people and tickets of a test."""

    parts: CaptureParts
    clock: ManualClock
    conversation: RecordingConversation
    client: TestClient

    async def ticket(self, request=REQUEST, account=ACCOUNT, *, handed_over=False, language=Language.CHINESE):
        ticket, stored = new_ticket()
        async with transaction(self.parts.engine) as conn:
            now = self.clock()
            ends = now + ticket_life(handed_over=handed_over)
            captures = self.parts.captures
            kind = {"handed_over": handed_over, "language": language}
            await captures.open(conn, stored, account, request, now, ends, **kind)
        return ticket

    async def agreed_ticket(self, request=REQUEST, account=ACCOUNT):
        ticket = await self.ticket(request, account)
        status, _ = await self.consent(ticket, {"agree": True})
        assert status == 200
        return ticket

    async def consent(self, ticket, body):
        return await self.post(f"/h5/capture/{ticket}/consent", json=body)

    async def send(self, ticket, content, field_name="image"):
        form = aiohttp.FormData()
        form.add_field(field_name, io.BytesIO(content), filename="x")
        address = "selfie" if field_name == "image" else "video"
        return await self.post(f"/h5/capture/{ticket}/{address}", data=form)

    async def post(self, address, **body):
        async with self.client.post(address, **body) as response:
            return response.status, await response.json()

    async def stored_capture(self, ticket):
        async with self.parts.engine.connect() as conn:
            return await self.parts.captures.find(conn, ticket_hash(ticket))


async def look_up_anyone(check):
    """Answer like a registry that knows everybody."""
    person = Beneficiary(check.scheme, check.subject, "440100", BenefitStatus.ACTIVE)
    return Found(person, has_template=True)


@functools.cache
def shared_checker():
    """Return the checker, whose models are loaded once for all tests."""
    return Checker(load_pack("opencv-zoo"))


@asynccontextmanager
async def capture_parts(folder) -> AsyncIterator[CaptureParts]:
    """Yield the parts of a service with a fresh database in `folder` and the portrait enrolled."""
    database = Path(folder) / "test.db"
    database.write_bytes(migrated_sqlite())
    vault, engine = Vault.from_setting(Vault.new_setting()), open_engine(sqlite_url(database))
    parts = CaptureParts(
        engine=engine,
        vault=vault,
        pool=FacePool(shared_checker()),
        conversation=RecordingConversation(),
        look_up=look_up_anyone,
        clock=ManualClock(NOON),
        liveness="basic",
        throttle=Throttle(gap=0.0),
        second_look_share=0.0,
    )
    try:
        await enrol(parts)
        yield parts
    finally:  # a failing test must not leave its connection to a later test
        await parts.pool.close()
        await engine.dispose()


@functools.cache
def _portrait_template(checker):
    return checker.enrol(PORTRAIT).template


async def enrol(parts, number=NUMBER):
    """Enrol the person with a number, by default that of REQUEST, with the portrait."""
    checker = parts.pool.checker
    template = _portrait_template(checker)
    async with transaction(parts.engine) as conn:
        who = (IdType.RESIDENT_ID, number, checker.pack_name)
        await Enrolments(parts.vault).put(conn, EnrolmentTemplate(*who, template, "test"), NOON)


@asynccontextmanager
async def capture_server(
    parts,
    login=None,
    public_url="https://pension.example",
    port=None,
    queue=None,
    *,
    timer=time.monotonic,
    platform=None,
) -> AsyncIterator[CaptureServer]:
    """Serve the parts on localhost; `queue` and `timer` are those of the live capture."""
    app, service = web.Application(), CaptureService(parts)
    live = LiveSocket(service, queue, timer)
    app.on_shutdown.append(live.stop)
    add_pages(app, service, login, public_url, live=live, platform=platform)
    add_recordings(app, None)
    server = ServedApp(app, port=port)
    await server.start_server(access_log=None)  # as `serve` does: an address holds the ticket
    async with TestClient(server) as client:
        yield CaptureServer(parts, parts.clock, parts.conversation, client)
