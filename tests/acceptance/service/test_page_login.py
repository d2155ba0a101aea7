"""With WECHAT_OAUTH=on: the whole way, with the simulator playing WeChat's page login."""

import re
from contextlib import asynccontextmanager

import aiohttp
import pytest
from yarl import URL

from tests.acceptance.phone import Page, Phone, links
from tests.acceptance.world import EMPLOYEE, RESIDENT, SELFIE, Person, own_demo, walk_to_link


@pytest.fixture
async def base(tmp_path):
    async with own_demo(tmp_path, wechat_oauth=True) as started:
        yield started


@asynccontextmanager
async def in_app(phone, page, account=None):
    """Open a link in this phone's app, whose browser keeps cookies and whose account WeChat knows."""
    jar = aiohttp.CookieJar(unsafe=True)  # the address is numeric
    jar.update_cookies({"sim_phone": account or phone.account}, URL(f"{phone.base}/sim"))
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Page(session, page.url)


async def test_requesting_account_passes_through_the_page_login(base, http):
    phone = Phone(http, base)
    async with in_app(phone, await walk_to_link(phone, EMPLOYEE)) as page:
        status, text = await page.open()
        assert status == 200
        assert "刷脸认证" in text
        assert (await page.agree()).status == 200
        assert (await page.selfie(SELFIE)).outcome == "passed"
        assert (await page.open())[0] == 410
    result = await phone.customer_message()
    assert result.startswith("认证成功")
    (receipt,) = links(result)
    async with http.get(receipt) as response:
        assert re.search(r"回执号 (\w{4}-\w{4})", result)[1] in await response.text()


async def test_other_account_is_refused_and_the_right_one_still_passes(base, http):
    phone = Phone(http, base)
    link = await walk_to_link(phone, EMPLOYEE)
    async with in_app(phone, link, account="o_of_somebody_else") as page:
        status, text = await page.open()
        assert status == 403
        assert "请用申请这个链接的微信打开" in text
        answer = await page.agree()
        assert (answer.status, answer.outcome) == (403, "closed")
    async with in_app(phone, link) as page:
        await page.open()
        await page.agree()
        assert (await page.selfie(SELFIE)).outcome == "passed"


async def test_handed_over_link_works_only_for_the_first_phone_that_agrees(base, http):
    helper = Phone(http, base)
    await helper.say("城乡居民认证")
    await helper.tap("同意并开始办理", "开始办理", "为他人办理")
    await helper.give_details(Person("黄小明", "居民身份证", "440524188001010014"))
    await helper.give_details(RESIDENT)
    await helper.tap("下一步")
    sent = await helper.tap("转给家人")
    link = Page(http, re.search(rf"{re.escape(base)}/h5/capture/\S+", sent)[0])
    async with (
        in_app(helper, link, "o_of_the_mother") as mothers,
        in_app(helper, link, "o_of_an_uncle") as uncles,
    ):
        assert (await mothers.open())[0] == 200
        assert (await mothers.agree()).status == 200
        await uncles.open()
        assert (await uncles.agree()).status == 403
        assert (await uncles.selfie(SELFIE)).status == 403
        assert (await mothers.selfie(SELFIE)).outcome == "passed"
    assert (await helper.customer_message()).startswith("认证成功")


async def test_uploads_are_refused_if_the_page_was_never_opened_in_wechat(base, http):
    phone = Phone(http, base)
    page = await walk_to_link(phone, EMPLOYEE)
    for answer in (await page.agree(), await page.selfie(SELFIE)):
        assert (answer.status, answer.outcome) == (403, "closed")


async def test_readyz_lists_no_oauth_relaxation_with_page_login(base, http):
    async with http.get(f"{base}/readyz") as response:
        assert "WECHAT_OAUTH=off" not in (await response.json())["relaxations"]


async def test_readyz_of_the_demo_lists_the_oauth_relaxation(running, http):
    async with http.get(f"{running.base}/readyz") as response:
        assert "WECHAT_OAUTH=off" in (await response.json())["relaxations"]
