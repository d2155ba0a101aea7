"""The number of waiting chats, which appears after the page, moves nothing under a clerk's mouse.

It needs no empty room beside its entry while nobody waits.
"""

import asyncio

import pytest
from selenium.webdriver.common.by import By

from storage.console.accounts import Role
from tests.browser.driver.elements import wait_for_element
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.console.clerk_chats import office_with_chats
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

_NARROW = {"width": 819, "height": 614, "deviceScaleFactor": 1.25, "mobile": False}
"""A screen of 1024 × 768 at 125 %."""
_PLACES = """
const badge = document.querySelector(".badge");
const places = [true, false].map((isHidden) => {
  badge.hidden = isHidden;
  badge.textContent = isHidden ? "" : "38";
  return ["main", ".me button", "nav li:last-child"].map((css) => {
    const { left, top } = document.querySelector(css).getBoundingClientRect();
    return [left, top].map(Math.round);
  });
});
return places;
"""
_ROOM = """
document.querySelector(".badge").hidden = true;
return [...document.querySelectorAll("nav li a")].map((link) => {
  const words = document.createRange();
  words.selectNode(link.firstChild);
  return Math.round(link.getBoundingClientRect().right - words.getBoundingClientRect().right);
});
"""
"""The empty room behind the words of each entry."""
_UNTOUCHED = """
const badge = document.querySelector(".badge"), words = document.createRange();
badge.hidden = false;
badge.textContent = "38";
words.selectNode(badge.closest("li").nextElementSibling.firstChild.firstChild);
return badge.getBoundingClientRect().right <= words.getBoundingClientRect().left;
"""


@pytest.fixture
async def office(engine, vault):
    async with office_with_chats(engine, vault) as served:
        yield served


async def in_header(office, *scripts):
    """Return what each script finds in the header of the page of tasks, once its badge is there."""
    desk = await office.add_account("li", Role.SUPERVISOR)
    await office.chats.say("人工服务")
    loop = asyncio.get_running_loop()

    def look():
        with clean_tab() as driver:
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", _NARROW)
            driver.get(f"{office.origin}/admin/sign-in")
            desk.browser = driver.execute_script("return navigator.userAgent")
            asyncio.run_coroutine_threadsafe(desk.sign_in_by_code(), loop).result()
            driver.add_cookie({"name": "console", "value": desk.cookies["console"], "path": "/admin"})
            driver.get(f"{office.origin}/admin/tasks")
            wait_for_element(driver, By.CSS_SELECTOR, ".badge")
            return [driver.execute_script(script) for script in scripts]

    return await asyncio.to_thread(look)


async def test_number_that_appears_moves_and_hides_nothing(office):
    (without, with_number), is_next_entry_free = await in_header(office, _PLACES, _UNTOUCHED)
    assert without == with_number
    assert is_next_entry_free


async def test_entry_without_a_number_is_followed_by_no_gap(office):
    [room] = await in_header(office, _ROOM)
    assert len(set(room)) == 1
