"""The reminder's button with WECHAT_OAUTH on, in a real browser, which enforces `form-action`."""

import asyncio

from aiohttp import web
from selenium.webdriver.common.by import By

from bot.simulator.platform_api import PHONE_COOKIE
from tests.acceptance.world import listening, own_demo
from tests.browser.driver.elements import press, wait_for_element
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.reminder.test_reminder_link import _remind
from tests.support.programs.ports import free_port


def elsewhere(base):
    """Stand in for the platform's host: a different origin, which asks the simulator who is visiting."""

    async def send_on(request):
        address = f"{base}/sim/open{request.rel_url}"
        raise web.HTTPFound(address)

    app = web.Application()
    app.router.add_get("/connect/oauth2/authorize", send_on)
    return app


async def test_button_leads_via_the_platform_host_to_the_capture_page(tmp_path):
    away = free_port()
    async with (
        own_demo(tmp_path, wechat_oauth=True, wechat_open_base=f"http://127.0.0.1:{away}") as base,
        listening(elsewhere(base), away),
    ):
        await asyncio.to_thread(walk, tmp_path, base)


def walk(folder, base):
    with clean_tab(phone=True) as driver:
        driver.get(f"{base}/sim")
        account = driver.get_cookie(PHONE_COOKIE)["value"]
        driver.get(f"{base}/h5/start/{asyncio.run(_remind(folder, account))}")
        press(driver, "#start")
        wait_for_element(driver, By.ID, "begin")
        assert driver.current_url.startswith(f"{base}/h5/capture/")
