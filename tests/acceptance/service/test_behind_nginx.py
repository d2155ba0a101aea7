"""The service as an office runs it: TLS and nginx in front, PostgreSQL behind."""

import io
from ipaddress import ip_network
from types import SimpleNamespace

import aiohttp
import pytest

from bot.capture.live import challenges
from bot.cli.doctor.public_address import public_address
from face import Action, draw
from tests.acceptance.phone import Page, Phone, links
from tests.acceptance.world import EMPLOYEE, SELFIE, own_demo, walk_to_notice
from tests.integration.capture.live.test_live_capture import Phone as LivePhone
from tests.integration.capture.live.test_live_capture import chance
from tests.support.programs import nginx
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases"]


SETTINGS = {"rehearsal": False, "wechat_oauth": False, "liveness": "required", "verify_files": None}
"""The settings that `doctor` reads besides the address."""


@pytest.fixture
def front(tmp_path, monkeypatch):
    front = nginx.prepare_nginx(tmp_path / "nginx")
    # The platform trusts this certificate like one of a public authority.
    monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", front.client_context)
    return front


@pytest.fixture
async def office(front, tmp_path, monkeypatch, database_url):
    """Give phones of an office whose account asks for a live capture of one turn and one nod."""
    monkeypatch.setattr(challenges, "draw", lambda *_: draw(chance(Action.TURN_LEFT, Action.LOOK_DOWN)))
    settings = {
        "liveness": "required",
        "database_url": database_url,
        "trusted_proxies": (ip_network("127.0.0.1"),),
        "front": front.address,
    }
    async with own_demo(tmp_path / "demo", **settings) as base, aiohttp.ClientSession() as http:
        with nginx.run_nginx(front, base):
            yield lambda: Phone(http, base)


async def link_of(phone):
    await walk_to_notice(phone, EMPLOYEE)
    (url,) = links(await phone.tap("确定"))
    return url


@on_postgresql
async def test_live_capture_passes_the_proxy_and_its_ticket_is_not_logged(office, front):
    phone = office()
    url = await link_of(phone)
    assert url.startswith(f"{front.address}/h5/capture/")
    ticket = url.rpartition("/")[2]
    page = Page(phone.http, url)
    assert (await page.open())[0] == 200
    assert (await page.agree()).status == 200
    assert (await page.selfie(SELFIE)).reason == "not_live"
    async with aiohttp.ClientSession(front.address) as browser:
        result, code = await LivePhone(SimpleNamespace(client=browser), ticket).live()
    assert (result["outcome"], code) == ("passed", 1000)
    told = await phone.customer_message()
    assert told.startswith("认证成功")
    (receipt,) = links(told)
    async with phone.http.get(receipt) as response:
        assert response.status == 200
    logged = front.read_logs()
    assert "GET /h5/capture/.../live 101" in logged
    assert "POST /wechat 200" in logged
    assert ticket not in logged
    assert phone.account not in logged
    assert receipt.rpartition("/")[2] not in logged


@on_postgresql
async def test_proxy_refuses_large_bodies_and_internal_paths(office, front):
    phone = office()
    page = Page(phone.http, await link_of(phone))
    await page.agree()
    too_large = b"x" * (12 * 1024 * 1024)
    async with phone.http.post(f"{page.url}/selfie", data=io.BytesIO(too_large)) as response:
        assert response.status == 413
    for path in ("readyz", "metrics", "admin", "sim", ""):
        async with phone.http.get(f"{front.address}/{path}") as response:
            assert (path, response.status) == (path, 404)
    async with phone.http.get(f"{front.address}/healthz") as response:
        assert response.status == 200
        assert "max-age" in response.headers["Strict-Transport-Security"]


@on_postgresql
async def test_forged_message_is_logged_without_the_sender_s_address(office, front, caplog):
    phone = office()
    headers = {"X-Forwarded-For": "6.6.6.6"}
    query = {"timestamp": "1", "nonce": "1", "signature": "no", "openid": phone.account}
    elsewhere = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
    async with (
        aiohttp.ClientSession(connector=elsewhere) as stranger,
        stranger.post(f"{front.address}/wechat", params=query, headers=headers) as response,
    ):
        assert response.status == 403
    [line] = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert line == "webhook refused: 403 stale timestamp"
    assert phone.account not in front.read_logs()


@pytest.mark.parametrize(
    ("without", "found"),
    [
        ("", {"public address": "ok", "live capture": "ok"}),
        (
            "proxy_set_header Upgrade           $http_upgrade;",
            {"public address": "ok", "live capture": "FAIL"},
        ),
    ],
)
async def test_doctor_checks_the_public_address_through_the_proxy(front, tmp_path, without, found):
    settings = SimpleNamespace(public_url=front.address, **SETTINGS)
    async with own_demo(tmp_path / "demo", front=front.address, wechat_oauth=True) as base:
        with nginx.run_nginx(front, base, without):
            async with aiohttp.ClientSession() as http:
                told = await public_address(settings, http)
    assert {one.name: one.severity for one in told} == found


async def test_doctor_reports_an_untrusted_certificate(front, monkeypatch):
    monkeypatch.undo()
    settings = SimpleNamespace(public_url=front.address, **SETTINGS)
    with nginx.run_nginx(front, "http://127.0.0.1:1"):
        async with aiohttp.ClientSession() as http:
            [found] = await public_address(settings, http)
    assert (found.severity, found.detail.partition(":")[0]) == ("FAIL", "certificate")


async def test_verification_file_is_served_through_the_proxy(front, tmp_path):
    folder = tmp_path / "verify"
    folder.mkdir()
    (folder / "MP_verify_AbCdEf0123456789.txt").write_text("AbCdEf0123456789")
    settings = SimpleNamespace(public_url=front.address, **SETTINGS | {"verify_files": folder})
    async with own_demo(tmp_path / "demo", front=front.address, verify_files=folder) as base:
        with nginx.run_nginx(front, base):
            async with aiohttp.ClientSession() as http:
                told = await public_address(settings, http)
    assert {one.name: one.severity for one in told}["verification file"] == "ok"
