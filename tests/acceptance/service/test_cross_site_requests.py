"""Another web site gets nothing from the demo, which authenticates nobody."""

import aiohttp
import pytest

SAID = {"account": "somebody", "text": "你好"}
ELSEWHERE = "http://elsewhere.example"
FOREIGN = {
    "another site's page": {"Origin": ELSEWHERE},
    "a page without an origin": {"Origin": "null"},
    "a page on another port": {"Origin": "http://127.0.0.1:1"},
    "a cross-site fetch": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "a form of another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    "a foreign host name": {"Host": "elsewhere.example"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
async def test_other_site_cannot_send_chat_messages(running, http, headers):
    async with http.post(f"{running.base}/sim/api/say", json=SAID, headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("path", ["/sim/api/enrol", "/sim/api/newcomer", "/h5/capture/x/consent"])
async def test_other_site_cannot_enrol_or_consent(running, http, path):
    async with http.post(f"{running.base}{path}", headers={"Origin": ELSEWHERE}) as answer:
        assert answer.status == 403


async def test_other_site_cannot_reach_the_webhook(running, http):
    async with http.post(f"{running.base}/wechat", headers={"Origin": ELSEWHERE}) as answer:
        assert await answer.text() == "403: Forbidden"


async def test_foreign_host_name_cannot_read_messages(running, http):
    url = f"{running.base}/sim/api/messages?account=somebody&wait=0"
    async with http.get(url, headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 403


async def test_other_site_cannot_open_a_live_capture(running, http):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(f"{running.base}/h5/capture/x/live", origin=ELSEWHERE)
    assert refused.value.status == 403


async def test_own_page_programs_and_links_are_answered(running, http):
    own = {"Origin": running.base, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    async with http.post(f"{running.base}/sim/api/say", json=SAID, headers=own) as answer:
        assert answer.status == 200
    async with http.post(f"{running.base}/sim/api/say", json=SAID) as answer:
        assert answer.status == 200
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with http.get(f"{running.base}/sim", headers=linked) as answer:
        assert answer.status == 200
