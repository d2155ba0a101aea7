"""One-time links: what opens them, what uses up an attempt, and who can enrol."""

import asyncio

import aiohttp
import pytest

from tests.acceptance.phone import Page
from tests.acceptance.world import (
    ASTRONAUT,
    DARK,
    EMPLOYEE,
    PORTRAIT,
    SELFIE,
    certify_by_face,
    enrol,
    png_bytes,
    relight,
    walk_to_link,
)
from tests.support.captures.capture_service import jpeg, portrait


async def test_selfie_is_refused_before_consent(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    answer = await page.selfie(SELFIE)
    assert (answer.status, answer.reason) == (403, "no_consent")
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"


async def test_opening_a_link_does_not_use_it_up(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    for _ in range(3):
        assert (await page.open())[0] == 200
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"


async def is_closed(page, status, reason, words):
    """Check that an upload and the page are refused alike."""
    answer = await page.selfie(SELFIE)
    assert (answer.status, answer.outcome, answer.reason) == (status, "closed", reason)
    shown, text = await page.open()
    assert shown == status
    assert words in text


async def test_used_link_is_closed(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await page.agree()
    await page.selfie(SELFIE)
    await is_closed(page, 410, "used", "已经用过")


async def test_unknown_link_is_closed(phone):
    page = Page(phone.http, f"{phone.base}/h5/capture/{'A' * 43}")
    await is_closed(page, 404, "unknown", "没有找到")


async def test_unusable_photo_does_not_use_up_the_link(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await page.agree()
    bad = {
        b"this is no photo at all": (415, "bad_media"),
        SELFIE[: len(SELFIE) // 3]: (415, "bad_media"),
        bytes(10_500_000): (413, "too_large"),
        DARK: (200, "too_dark"),
        jpeg(ASTRONAUT[300:512, 0:200]): (200, "no_face"),
    }
    for body, expected in bad.items():
        answer = await unhurried(page, body)
        assert (answer.status, answer.reason) == expected
        assert answer.outcome == "retry"
        assert answer.message
    assert (await unhurried(page, png_bytes(relight(portrait(), 0.9)))).outcome == "passed"
    assert (await phone.customer_message()).startswith("认证成功")


async def unhurried(page, image):
    """Send a photo again as long as the page is told to wait a moment."""
    for _ in range(20):
        answer = await page.selfie(image)
        if answer.status != 429:
            return answer
        await asyncio.sleep(0.2)
    pytest.fail("always too fast")


async def test_newcomer_enrols_in_the_demo_and_certifies(phone):
    newcomer = await enrol(phone, "欧阳若兰", PORTRAIT)
    assert (await certify_by_face(phone, newcomer, "城乡居民")).startswith("认证成功")


async def test_photo_without_a_face_enrols_nobody(phone):
    form = aiohttp.FormData({"name": "欧阳若兰", "id_number": EMPLOYEE.number})
    form.add_field("image", jpeg(ASTRONAUT[300:512, 0:200]), filename="photo")
    async with phone.http.post(f"{phone.base}/sim/api/enrol", data=form) as response:
        assert "没有看到人脸" in (await response.json())["reason"]


async def test_duplicate_message_gets_the_same_reply_and_no_second_effect(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    replies = [message for message in await phone.messages() if message["channel"] == "reply"]
    assert await phone.redeliver() == replies[-1]["text"]
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"
    assert (await phone.customer_message()).startswith("认证成功")
    assert await phone.messages(phone.read, 1.0) == []


async def test_duplicate_menu_tap_does_not_advance_the_dialog(phone):
    first = await phone.menu("CERTIFY_EMPLOYEE")
    assert await phone.redeliver() == first
    assert "办事指南" in await phone.tap("同意并开始办理")
    assert "办事指南" in await phone.redeliver()
    assert "给谁办理" in await phone.tap("开始办理")


async def test_two_phones_do_not_see_each_other(phone, other_phone):
    await certify_by_face(phone, EMPLOYEE)
    await other_phone.say("企业职工认证")
    asked = await other_phone.tap("同意并开始办理", "开始办理", "本人办理")
    assert "姓名" in asked
    assert EMPLOYEE.number[-4:] not in asked
