"""Findings and advice of `doctor` about the platform, the public address and the machine."""

import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cli.doctor import machine as machine_checks
from bot.cli.doctor import public_address
from bot.cli.doctor.findings import Severity
from bot.cli.doctor.machine import machine
from bot.settings.settings import from_environment
from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from tests.support.programs.ports import free_port

pytest_plugins = ["tests.support.programs.command_line"]

REMINDER = "姓名：{{thing1.DATA}}\n项目：{{thing2.DATA}}\n截止日期：{{time3.DATA}}\n备注：{{thing4.DATA}}"
RESULT = "{{thing1.DATA}}{{phrase2.DATA}}{{time3.DATA}}{{character_string4.DATA}}{{thing5.DATA}}"


@dataclass
class Outside:
    """The platform and the service's public address, on one server."""

    api: PlatformApi = field(
        default_factory=lambda: PlatformApi("wx-app", "app-secret", Mailboxes(), Rules())
    )
    refusal: dict = field(default_factory=dict)
    off: int = 0
    upgrades: bool = True
    alive: str = '{"status": "alive"}'
    files: dict = field(default_factory=dict)

    def app(self):
        app = web.Application(middlewares=[self._faults])
        app.add_routes([*self.api.routes(), web.get("/healthz", self._healthz)])
        app.add_routes([web.get("/h5/capture/{ticket}/live", self._live), web.get("/{file}", self._file)])
        app.on_response_prepare.append(self._date)
        return app

    @web.middleware
    async def _faults(self, request, handler):
        if self.refusal and request.path.endswith("stable_token"):
            return web.json_response(self.refusal)
        return await handler(request)

    async def _date(self, _request, response):
        response.headers["Date"] = format_datetime(
            datetime.now(UTC) + timedelta(seconds=self.off), usegmt=True
        )

    async def _healthz(self, _request):
        return web.Response(text=self.alive)

    async def _file(self, request):
        content = self.files.get(request.match_info["file"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _live(self, request):
        if not self.upgrades:
            raise web.HTTPBadRequest
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "result", "outcome": "closed"})
        await socket.close()
        return socket


@pytest.fixture
async def outside(file_engine, terminal):  # noqa: ARG001 - the other checks need a database
    outside = Outside()
    outside.api.templates = {"tpl-reminder": REMINDER, "tpl-result": RESULT}
    async with TestServer(outside.app()) as server:
        terminal.set(
            WECHAT_API_BASE=server.make_url("/wechat"),
            PUBLIC_URL=str(server.make_url("")).rstrip("/"),
            REMINDER_TEMPLATE_ID="tpl-reminder",
            RESULT_TEMPLATE_ID="tpl-result",
        )
        yield outside


async def examined(terminal):
    """Return the exit code and the findings by name."""
    ran = await terminal.run("doctor", "--json")
    told = json.loads(ran.out)
    assert told["well"] is (ran.code == 0)
    return ran.code, {check["name"]: check for check in told["checks"]}


@pytest.mark.usefixtures("outside")
async def test_good_installation_fails_only_for_the_missing_tls(terminal):
    code, found = await examined(terminal)
    assert code == 1
    assert [name for name, one in found.items() if one["severity"] != "ok"] == ["encryption", "domain"]
    assert found["reminder template"]["detail"] == "thing1, thing2, thing4, time3"
    assert found["quota of template messages"]["detail"] == "100000 of 100000 left today"
    assert found["live capture"]["detail"] == "its WebSocket comes through"


@pytest.mark.usefixtures("outside")
async def test_missing_tls_is_only_a_warning_in_rehearsal(terminal):
    terminal.set(REHEARSAL="1")
    ran = await terminal.run("doctor")
    assert ran.code == 0
    assert any(line.startswith("warn encryption: PUBLIC_URL is not https; ") for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("refusal", "detail", "advice"),
    [
        ((40125, "invalid appsecret"), "errcode 40125", "reset it under 基本配置"),
        ((40013, "invalid appid"), "errcode 40013", "compare WECHAT_APP_ID"),
        (
            (40164, "invalid ip 203.0.113.7 ipv6 ::, not in whitelist"),
            "errcode 40164 for 203.0.113.7",
            "IP白名单",
        ),
        ((89503, "confirm"), "errcode 89503", "administrator has to confirm"),
        ((50004, "frozen"), "errcode 50004", "通知中心"),
        ((99999, "new"), "errcode 99999", "全局返回码说明"),
        ((0, "no token in it"), "no answer", "WECHAT_API_BASE"),
    ],
)
async def test_refused_access_token_comes_with_advice(outside, terminal, refusal, detail, advice):
    outside.refusal = dict(zip(("errcode", "errmsg"), refusal, strict=True))
    code, found = await examined(terminal)
    assert (code, found["access token"]["severity"], found["access token"]["detail"]) == (1, "fail", detail)
    assert advice in found["access token"]["advice"]
    assert "reminder template" not in found


@pytest.mark.usefixtures("outside")
async def test_unreachable_platform_is_reported_and_other_checks_still_run(terminal):
    terminal.set(WECHAT_API_BASE=f"http://127.0.0.1:{free_port()}")
    code, found = await examined(terminal)
    assert (code, found["access token"]["detail"]) == (1, "no answer")
    assert found["public address"]["severity"] == "ok"


@pytest.mark.parametrize(
    ("templates", "name", "says"),
    [
        ({"tpl-result": RESULT}, "reminder template", "no such template"),
        ({"tpl-reminder": REMINDER}, "result template", "no such template"),
        (
            {"tpl-reminder": REMINDER.replace("time3", "date3"), "tpl-result": RESULT},
            "reminder template",
            "lacks time3",
        ),
    ],
)
async def test_missing_template_or_template_field_is_reported(outside, terminal, templates, name, says):
    outside.api.templates = templates
    code, found = await examined(terminal)
    assert (code, found[name]["severity"]) == (1, "fail")
    assert says in found[name]["detail"]


async def test_exhausted_quota_is_reported(outside, terminal):
    outside.api.quota_left = 0
    _, found = await examined(terminal)
    assert found["quota of texts"]["severity"] == "fail"


@pytest.mark.parametrize(("off", "shown"), [(120, "-120 s"), (-400, "+400 s")])
async def test_wrong_clock_is_reported_with_its_offset(outside, terminal, off, shown):
    outside.off = off
    _, found = await examined(terminal)
    assert found["time of day"]["severity"] == "fail"
    assert abs(int(found["time of day"]["detail"].split()[0]) - int(shown.split()[0])) <= 2


async def test_proxy_refusing_websockets_is_reported(outside, terminal):
    outside.upgrades = False
    _, found = await examined(terminal)
    assert found["live capture"]["detail"] == "the WebSocket is refused with 400"
    assert "Upgrade" in found["live capture"]["advice"]


async def test_other_program_at_the_public_address_is_reported(outside, terminal):
    outside.alive = "It works!"
    _, found = await examined(terminal)
    assert found["public address"]["severity"] == "fail"
    assert "live capture" not in found


async def test_secrets_are_not_shown(outside, terminal):
    outside.refusal = {"errcode": 40001, "errmsg": "app-secret invalid"}
    ran = await terminal.run("doctor")
    assert "app-secret" not in ran.out + ran.err


async def test_platform_is_not_asked_with_incomplete_settings(outside, terminal):
    terminal.set(WECHAT_TOKEN="")
    _, found = await examined(terminal)
    assert found["settings"]["severity"] == "fail"
    assert outside.api.tokens_asked == 0


@pytest.mark.parametrize(
    ("public_url", "severity", "says"),
    [
        ("https://203.0.113.7", "fail", "not a domain name"),
        ("https://localhost", "fail", "not a domain name"),
        ("https://pension.example:8443", "fail", "without a port"),
        ("https://none.invalid", "fail", "has no address"),
        ("https://inside.example", "warn", "10.1.2.3"),
        ("https://outside.example", "ok", "8.8.8.8"),
    ],
)
async def test_public_domain_is_checked_against_the_platform_s_rules(
    terminal, monkeypatch, public_url, severity, says
):
    known = {"inside.example": "10.1.2.3", "outside.example": "8.8.8.8"}

    async def resolved(_loop, host, *_, **_more):
        if host not in known:
            raise OSError
        return [(None, None, 0, "", (known[host], 443))]

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", resolved)
    terminal.set(PUBLIC_URL=public_url)
    (found,) = await public_address._domain(from_environment())
    assert (found.severity.lower(), says in found.detail) == (severity, True)


def test_every_disk_written_to_is_checked(monkeypatch, tmp_path):
    devices = {"a": 1, "b": 2}
    for name in devices:
        (tmp_path / name).mkdir()
    folders = {"database": tmp_path / "a", "uploads": tmp_path / "b" / "not" / "made", "logs": tmp_path / "a"}
    stat = Path.stat

    def told(path, **options):
        known = devices.get(path.name)
        return SimpleNamespace(st_dev=known, st_mode=stat(path).st_mode) if known else stat(path, **options)

    monkeypatch.setattr(Path, "stat", told)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda path: SimpleNamespace(free={"a": 2**40, "b": 1}[path.name])
    )
    first, second = machine_checks._disks(folders)
    assert (first.name, first.severity, "database, logs" in first.detail) == ("disk", Severity.OK, True)
    assert (second.name, second.severity, "uploads" in second.detail) == ("disk 2", Severity.FAIL, True)


def test_database_folder_is_among_the_checked_disks(terminal, tmp_path):
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/far/a.db", ADMIN_UPLOAD_DIR=str(tmp_path))
    folders = machine_checks.written_folders()
    assert (folders["database"], folders["uploads"]) == (tmp_path / "far", tmp_path)


@pytest.mark.parametrize(("free", "severity"), [(2**40, "ok"), (2**29, "warn"), (2**20, "FAIL")])
def test_severity_depends_on_free_disk_space(free, severity, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert next(one for one in machine() if one.name == "disk").severity == severity


@pytest.mark.parametrize(("mebibytes", "told"), [(4, []), (65, [(Severity.WARN, "65 MiB")])])
def test_oversized_write_ahead_log_is_reported(terminal, tmp_path, mebibytes, told):
    (tmp_path / "link.db").symlink_to(tmp_path / "a.db")
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/link.db")
    with (tmp_path / "a.db-wal").open("wb") as log:
        log.truncate(mebibytes * 2**20)
    found = [one for one in machine() if one.name == "write-ahead log"]
    assert [(one.severity, one.detail.partition(":")[0]) for one in found] == told


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("processor : 0\nflags\t\t: fpu sse4_2 avx avx2\n", Severity.OK),
        ("processor : 0\nflags\t\t: fpu sse4_2 avx\n", Severity.WARN),
        ("Features\t: fp asimd evtstrm\n", Severity.OK),
    ],
)
def test_processor_without_vector_instructions_is_reported(text, severity, tmp_path):
    path = tmp_path / "cpuinfo"
    path.write_text(text)
    assert machine(path)[1].severity == severity


def test_missing_processor_information_is_not_a_fault(tmp_path):
    assert [one.name for one in machine(tmp_path / "none")] == ["disk"]
