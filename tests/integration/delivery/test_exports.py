"""Passes and revocations reach the core system signed, retried until accepted, alongside messages."""

import asyncio
import json
import re
import ssl
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.delivery.export_client import ExportClient
from bot.delivery.export_worker import ExportParts, ExportWorker
from bot.office.case_work import CaseWork, OfficeActor, OfficeConfirmation
from dialogs.values import PassChannel, Scheme
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox
from storage.messaging.outbox_backlog import read_backlog
from storage.records.beneficiaries import Beneficiaries
from storage.schema.messaging import outbox
from tests.support.programs.nginx import write_self_signed_certificate
from tests.support.programs.ports import free_port
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import PERSON, beneficiary

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

SECRET = "a secret of sixteen"
GUIDE = (Path(__file__).parents[3] / "docs" / "export.md").read_text(encoding="utf-8")
VERIFIER = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1]


def is_genuine(headers, body, secret=SECRET):
    """Verify a request as the guide tells its readers to."""
    names = {}
    exec(VERIFIER, names)  # noqa: S102 - the code of our own page
    return names["is_genuine"](headers, body, secret)


class Core:
    """The core system: records requests and answers as told."""

    def __init__(self):
        self.requests, self.status = [], 200
        self.arrived, self.gate = asyncio.Event(), asyncio.Event()
        self.gate.set()

    async def take(self, request):
        body = await request.read()
        self.requests.append((dict(request.headers), body))
        self.arrived.set()
        await self.gate.wait()
        return web.Response(status=self.status, headers={"Location": "/elsewhere"})

    async def talk(self, request):
        """Answer 200 and never end."""
        response = web.StreamResponse()
        await response.prepare(request)
        while not request.transport.is_closing():
            await response.write(b"x" * 65536)
            await asyncio.sleep(0)
        return response

    @property
    def events(self):
        return [(body["event"], body["receipt"]) for body in map(json.loads, self.bodies)]

    @property
    def bodies(self):
        return [body for _, body in self.requests]


class Exports:
    """An office whose passes are exported to a core system."""

    def __init__(self, engine, vault, clock, core, peer):
        self.engine, self.vault, self.clock, self.core = engine, vault, clock, core
        self.work = CaseWork(vault, clock, OfficeActor(Audit("t", vault), Actor.CONSOLE, "li"), exports=True)
        self.peer = peer

    @property
    def worker(self):
        return ExportWorker(
            ExportParts(self.engine, Outbox(self.vault), self.peer, self.clock, random_fraction=lambda: 0.0)
        )

    async def certify(self, work=None):
        work = work or self.work
        seen = OfficeConfirmation(PassChannel.COUNTER, "document", self.clock())
        async with transaction(self.engine) as conn:
            await Beneficiaries(self.vault).put(conn, [beneficiary()], self.clock())
            return await work.certify(conn, PERSON, Scheme.EMPLOYEE, seen)

    async def revoke(self, receipt):
        async with transaction(self.engine) as conn:
            assert await self.work.revoke_pass(conn, receipt, "查实冒领")

    async def rows(self):
        async with connect(self.engine) as conn:
            return (await conn.execute(select(outbox).where(outbox.c.kind == "export"))).all()

    async def rounds(self, count, **apart):
        for _ in range(count):
            await self.worker.run_once()
            self.clock.now += timedelta(**apart)


@pytest.fixture
async def exports(engine, vault, harness):
    core = Core()
    app = web.Application()
    app.add_routes([web.post("/passes", core.take), web.post("/talk", core.talk)])
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        peer = ExportClient(session, str(server.make_url("/passes")), SECRET)
        yield Exports(engine, vault, harness.clock, core, peer)
        core.gate.set()


async def test_pass_and_its_revocation_arrive_signed_and_in_order(exports):
    made = await exports.certify()
    await exports.revoke(made.receipt)
    await exports.rounds(3, seconds=1)
    assert exports.core.events == [("passed", made.receipt), ("revoked", made.receipt)]
    assert all(is_genuine(headers, body) for headers, body in exports.core.requests)
    passed, revoked = map(json.loads, exports.core.bodies)
    assert passed == {
        "event": "passed",
        "receipt": made.receipt,
        "scheme": "employee",
        "city": "440100",
        "name_masked": "欧**试",
        "id_masked": "1101**********002X",
        "certified_at": "2026-11-23T16:00:00+08:00",
        "due_on": "2027-11-30",
        "channel": "counter",
        "agent": None,
        "revoked_at": None,
        "id_type": "resident_id",
        "id_number": "11010519491231002X",
        "name": "欧阳·测试",
    }
    assert revoked == {**passed, "event": "revoked", "revoked_at": "2026-11-23T16:00:00+08:00"}
    assert all(row.ended_at and not row.dead for row in await exports.rows())


@on_sqlite
async def test_changed_body_old_timestamp_and_other_secret_fail_verification(exports):
    await exports.certify()
    await exports.rounds(1)
    ((headers, body),) = exports.core.requests
    assert is_genuine(headers, body)
    assert not is_genuine(headers, body.replace(b"counter", b"face"))
    assert not is_genuine(headers, body, "another secret of sixteen")
    assert not is_genuine({**headers, "X-Pension-Bot-Timestamp": "1"}, body)


@on_sqlite
@pytest.mark.parametrize("status", [302, 401, 500])
async def test_rejected_export_is_retried_and_holds_back_its_revocation(exports, status):
    exports.core.status = status
    made = await exports.certify()
    await exports.revoke(made.receipt)
    await exports.rounds(5, seconds=20)
    assert exports.core.events == [("passed", made.receipt)] * 5
    assert {row.last_error for row in await exports.rows()} == {f"HTTP {status}", ""}
    exports.core.status = 204
    await exports.rounds(3, minutes=31)
    assert exports.core.events[5:] == [("passed", made.receipt), ("revoked", made.receipt)]


@on_sqlite
async def test_exports_survive_a_peer_outage_of_days(exports):
    made = await exports.certify()
    address, exports.peer = (
        exports.peer,
        ExportClient(exports.peer.session, f"http://127.0.0.1:{free_port()}", SECRET),
    )
    await exports.rounds(12, hours=4)
    async with connect(exports.engine) as conn:
        left = await read_backlog(conn, exports.clock())
    assert (left.exports, left.oldest_export, left.oldest_due) == (1, 48 * 3600, 0)
    exports.peer = address
    await exports.rounds(1)
    assert exports.core.events == [("passed", made.receipt)]


@on_sqlite
async def test_worker_killed_before_marking_an_export_posts_it_again(exports, monkeypatch):
    made = await exports.certify()
    await exports.revoke(made.receipt)
    with monkeypatch.context() as patched:
        patched.setattr(ExportWorker, "_mark", None)
        with pytest.raises(TypeError):
            await exports.worker.run_once()
    assert exports.core.events == [("passed", made.receipt)]
    await exports.rounds(4, minutes=1)
    assert exports.core.events == [("passed", made.receipt)] * 2 + [("revoked", made.receipt)]
    assert len(set(exports.core.bodies)) == 2  # a repeated export is identical, so the peer can recognise it


async def test_hanging_peer_does_not_delay_messages(exports, harness):
    exports.core.gate.clear()
    await exports.certify()
    under_way = asyncio.create_task(exports.worker.run_once())
    await exports.core.arrived.wait()
    harness.rules.wrote("anna")
    await harness.put("认证成功。")
    await harness.run_rounds()
    assert [message.text for message in await harness.mailboxes.wait("anna", 0, 60)] == ["认证成功。"]
    assert not under_way.done()
    exports.core.gate.set()
    assert await under_way == 1


@on_sqlite
async def test_endless_answer_is_not_read_completely(exports):
    await exports.certify()
    exports.peer = ExportClient(exports.peer.session, exports.peer.url.replace("/passes", "/talk"), SECRET)
    await exports.rounds(1)
    assert [row.ended_at is None for row in await exports.rows()] == [False]


@on_sqlite
async def test_queued_exports_are_encrypted(exports):
    await exports.certify()
    (row,) = await exports.rows()
    assert b"11010519491231002X" not in bytes(row.body)
    assert "欧阳".encode() not in bytes(row.body)


@on_sqlite
async def test_nothing_is_queued_without_an_export_address(exports):
    actor = OfficeActor(Audit("t", exports.vault), Actor.CONSOLE, "li")
    assert await exports.certify(CaseWork(exports.vault, exports.clock, actor))
    assert await exports.rows() == []


@on_sqlite
async def test_untrusted_certificate_receives_no_export(exports, tmp_path):
    write_self_signed_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "fullchain.pem", tmp_path / "privkey.pem")
    app, core = web.Application(), Core()
    app.add_routes([web.post("/passes", core.take)])
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=context)
    async with server:
        exports.peer = ExportClient(exports.peer.session, f"https://127.0.0.1:{server.port}/passes", SECRET)
        await exports.certify()
        await exports.rounds(1)
    assert core.requests == []
    assert [row.last_error for row in await exports.rows()] == ["ClientConnectorCertificateError"]
