"""Another web site gets nothing from the demo, which believes whoever asks."""

import aiohttp
import pytest

SAID = {"account": "somebody", "text": "你好"}
ELSEWHERE = "http://elsewhere.example"
FOREIGN = {
    "another site's page": {"Origin": ELSEWHERE},
    "a page without an address": {"Origin": "null"},
    "a page at another port": {"Origin": "http://127.0.0.1:1"},
    "a browser that says cross-site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "a form of another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    "a name that leads here": {"Host": "elsewhere.example"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
async def test_another_site_cannot_speak_as_anybody(running, http, headers):
    async with http.post(f"{running.base}/sim/api/say", json=SAID, headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("path", ["/sim/api/enrol", "/sim/api/newcomer", "/h5/capture/x/consent"])
async def test_nothing_is_enrolled_or_consented_to_from_another_site(running, http, path):
    async with http.post(f"{running.base}{path}", headers={"Origin": ELSEWHERE}) as answer:
        assert answer.status == 403


async def test_another_site_does_not_reach_the_webhook(running, http):
    async with http.post(f"{running.base}/wechat", headers={"Origin": ELSEWHERE}) as answer:
        assert await answer.text() == "403: Forbidden"


async def test_a_name_that_leads_here_reads_nobody_s_messages(running, http):
    url = f"{running.base}/sim/api/messages?account=somebody&wait=0"
    async with http.get(url, headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 403


async def test_another_site_opens_no_live_capture(running, http):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(f"{running.base}/h5/capture/x/live", origin=ELSEWHERE)
    assert refused.value.status == 403


async def test_its_own_page_programs_and_a_link_to_it_are_answered(running, http):
    own = {"Origin": running.base, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    async with http.post(f"{running.base}/sim/api/say", json=SAID, headers=own) as answer:
        assert answer.status == 200
    async with http.post(f"{running.base}/sim/api/say", json=SAID) as answer:
        assert answer.status == 200
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with http.get(f"{running.base}/sim", headers=linked) as answer:
        assert answer.status == 200
