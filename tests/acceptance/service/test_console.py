"""The console next to the service: at its own address, and in the demo one click away."""

import aiohttp

from bot.settings.parsers import ListenAddress
from tests.acceptance.world import own_demo
from tests.support.programs.ports import free_port


async def test_console_has_its_own_address_and_is_not_public(tmp_path, http):
    port = free_port()
    async with own_demo(tmp_path, admin_listen=ListenAddress("127.0.0.1", port)) as base:
        async with http.get(f"http://127.0.0.1:{port}/") as response:
            assert response.url.path == "/admin/sign-in"
            assert "资格认证经办台" in await response.text()
        for public in (f"{base}/admin", f"{base}/admin/sign-in"):
            async with http.get(public) as response:
                assert response.status == 404


async def test_demo_opens_the_console_with_one_click(running):
    jar = aiohttp.CookieJar(unsafe=True)  # keeps cookies of a numeric address
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(f"{running.base}/sim") as response:
            assert 'action="/demo/console"' in await response.text()
        headers, form = {"Origin": running.base}, {"role": "supervisor"}
        async with browser.post(f"{running.base}/demo/console", data=form, headers=headers) as response:
            assert response.url.path == "/admin"
            assert "三十天内到期" in await response.text()


async def test_demo_console_cannot_be_opened_from_another_site(running, http):
    async with http.post(f"{running.base}/demo/console", data={"role": "clerk"}) as response:
        assert response.status == 403
