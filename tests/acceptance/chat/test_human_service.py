"""人工服务 from the phone to the office and back: the webhook, the console, the platform's messages."""

import re

import aiohttp
import pytest

from tests.acceptance.phone import Phone, choices
from tests.acceptance.world import RESIDENT

QUESTION = "我看不清证件上的号码"
ANSWER = "请家人帮您念一念，一共十八位。"


class ClerkBrowser:
    """The demo's clerk in their own browser."""

    def __init__(self, http, base):
        self.http, self.base = http, base
        self.page = ""

    async def get(self, path):
        async with self.http.get(f"{self.base}/admin/{path}") as response:
            self.page = await response.text()
        return self.page

    async def post(self, path, **fields):
        fields["csrf"] = re.search(r'name="csrf" value="([0-9a-f]+)"', self.page)[1]
        return await self.send(f"/admin/{path}", fields)

    async def send(self, path, fields):
        headers = {"Origin": self.base}
        async with self.http.post(f"{self.base}{path}", data=fields, headers=headers) as response:
            assert response.status == 200
            self.page = await response.text()
        return self.page


@pytest.fixture
async def clerk(running):
    jar = aiohttp.CookieJar(unsafe=True)  # keeps cookies of a numeric address
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        browser = ClerkBrowser(http, running.base)
        await browser.send("/demo/console", {"role": "clerk"})
        yield browser


async def test_clerk_answers_and_the_dialog_continues_afterwards(phone: Phone, clerk):
    await phone.say("城乡居民认证")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    await phone.say(RESIDENT.name)
    await phone.tap(RESIDENT.id_type)
    assert choices(await phone.say("人工服务")) == ["结束人工"]
    assert "已转给工作人员" in await phone.say(QUESTION)
    await clerk.get("talks")
    talk = re.findall(r'action="/admin/(talks/\d+)/take"', clerk.page)[-1]
    page = await clerk.post(f"{talk}/take")
    for told in (QUESTION, RESIDENT.name, "填证件号码", "还能回复 5 条"):
        assert told in page
    await clerk.post(f"{talk}/say", words=ANSWER)
    assert await phone.customer_message() == f"【工作人员】{ANSWER}"
    assert not await phone.say("好的，谢谢")
    assert "好的，谢谢" in await clerk.get(talk)
    await clerk.post(f"{talk}/end")
    back = await phone.customer_message()
    assert "先到这里" in back
    assert "证件号码" in back
    assert "下一步" in choices(await phone.say(RESIDENT.number))
