"""An unreachable registry, expired links, selfies where liveness is required, hostile bodies, privacy."""

import logging
import time
from datetime import timedelta
from urllib.parse import urlsplit

from bot.clock import system_clock
from bot.wechat.signature import sign
from tests.acceptance.phone import Phone, choices, links
from tests.acceptance.world import (
    DIFFERING,
    EMPLOYEE,
    RESIDENT,
    SELFIE,
    certify_by_face,
    own_demo,
    walk_to_link,
    walk_to_notice,
)
from tests.support.captures.capture_service import STRANGER
from tests.support.programs.ports import free_port


async def test_unreachable_registry_can_be_retried_without_loss(tmp_path, http):
    away = f"http://127.0.0.1:{free_port()}"
    async with own_demo(tmp_path, registry_url=away) as base:
        phone = Phone(http, base)
        busy = await walk_to_notice(phone, EMPLOYEE)
        assert busy.startswith("系统繁忙，请稍后再试。")
        assert not links(busy)
        assert choices(busy)[0] == "下一步"
        assert (await phone.tap("下一步")).startswith("系统繁忙，请稍后再试。")


async def test_link_expires_after_ten_minutes_and_can_be_replaced(tmp_path, http):
    late = [timedelta()]
    async with own_demo(tmp_path, clock=lambda: system_clock() + late[0]) as base:
        phone = Phone(http, base)
        page = await walk_to_link(phone, EMPLOYEE)
        await page.agree()
        late[0] = timedelta(minutes=10, seconds=1)
        answer = await page.selfie(SELFIE)
        assert (answer.status, answer.outcome, answer.reason) == (410, "closed", "expired")
        assert "过期" in answer.message
        late[0] = timedelta(minutes=11)
        (url,) = links(await phone.tap("换一个链接"))
        assert url != page.url


async def test_selfie_is_not_counted_as_failed_when_liveness_is_required(tmp_path, http):
    async with own_demo(tmp_path, liveness="required") as base:
        phone = Phone(http, base)
        page = await walk_to_link(phone, EMPLOYEE)
        await page.agree()
        answer = await page.selfie(SELFIE)
        assert (answer.status, answer.outcome, answer.reason) == (200, "retry", "not_live")
        assert "请" in answer.message
        assert "认证失败" not in answer.message


HOSTILE = {
    "an entity": b'<!DOCTYPE x [<!ENTITY e "1">]><xml><Encrypt>&e;</Encrypt></xml>',
    "many entities": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml>&b;</xml>',
    "not XML": b"hello",
    "nothing": b"",
    "cut off": b"<xml><Encrypt>abc",
    "nested deep": b"<x>" * 5000 + b"</x>" * 5000,
    "twice": b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
    "not text": b"\xff\xfe\x00<xml/>",
}


async def test_hostile_webhook_body_is_refused(tmp_path, http):
    async with own_demo(tmp_path, wechat_token="known") as base:
        now = str(int(time.time()))
        query = {"timestamp": now, "nonce": "n", "signature": sign("known", now, "n"), "encrypt_type": "aes"}
        for kind, body in HOSTILE.items():
            async with http.post(f"{base}/wechat", params=query, data=body) as response:
                assert response.status == 400, kind
                assert "Traceback" not in await response.text()
        assert choices(await Phone(http, base).follow())


async def test_unsigned_webhook_body_is_refused(phone):
    async with phone.http.post(f"{phone.base}/wechat", data=b"<xml/>") as response:
        assert response.status == 403


async def test_data_folder_and_log_contain_no_personal_data(running, phone, other_phone):
    await certify_by_face(phone, EMPLOYEE)
    page = await walk_to_link(other_phone, RESIDENT, "城乡居民")
    await page.agree()
    await page.selfie(STRANGER)
    await other_phone.customer_message()
    await page.selfie(SELFIE)
    files = [file for file in running.folder.rglob("*") if file.is_file()]
    assert any(file.name.startswith("demo.db") for file in files)
    for file in files:
        assert_silent(file.read_bytes(), [*private(), ticket(page.url)])
    logged = running.log.read_bytes()
    assert b"/sim" in logged
    assert_silent(logged, [*private(), ticket(page.url), other_phone.account])


async def test_debug_log_contains_no_personal_data_when_the_registry_fails(tmp_path, http, caplog):
    for room in ("bot", "storage", "dialogs", "face"):
        caplog.set_level(logging.DEBUG, logger=room)
    away = f"http://127.0.0.1:{free_port()}"
    async with own_demo(tmp_path, registry_url=away) as base:
        phone = Phone(http, base)
        await walk_to_notice(phone, EMPLOYEE)
        assert "registry did not answer" in caplog.text
        assert_silent(caplog.text.encode(), [*private(), phone.account])


def private():
    """Return the names and numbers that must be readable nowhere."""
    people = (EMPLOYEE, RESIDENT, DIFFERING)
    return [word for person in people for word in (person.name, person.number)]


def ticket(url):
    return urlsplit(url).path.rpartition("/")[2]


def assert_silent(content, secrets):
    for word in secrets:
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(encoding) not in content
