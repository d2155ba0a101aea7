"""Steps of clerks in the console, and of the people they serve."""

import json
import os
import re
import subprocess
import urllib.request
from contextlib import contextmanager

import aiohttp
from pyotp import TOTP
from selenium.webdriver.common.by import By

from tests.acceptance.phone import Page, Phone, links
from tests.acceptance.world import enrol_newcomer, open_link, show_right_face, show_wrong_face, walk_to_link
from tests.browser.driver.accessibility import violations
from tests.browser.driver.chromium import press_and_load
from tests.browser.driver.elements import PATIENCE, press, wait_for_element, wait_for_text
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.programs.program import program_command

SIZES = {"desk": (1280, 800), "phone": (360, 740)}
OWN = "four horses and a staple"
_TOO_WIDE = """
    const root = document.documentElement;
    return ["200%", ""].filter((size) => {
      root.style.fontSize = size;
      const folded = [...document.querySelectorAll("details:not([open])")];
      for (const one of folded) one.open = true;
      const isTooWide = root.scrollWidth > window.innerWidth;
      for (const one of folded) one.open = false;
      return isTooWide;
    });
"""
"""Returns the font sizes at which the page is wider than the window."""
_READ = "return document.documentElement.lang.startsWith('zh') ? document.body.innerText : ''"
_LATIN = {"English", "Authenticator", "Excel"}
_TWICE = "const button = document.querySelector(arguments[0]); button.click(); button.click();"


@contextmanager
def console_tab(window):
    """Lend a tab of desktop size or phone size."""
    width, height = SIZES[window]
    with clean_tab() as driver:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        yield driver


def check_page(driver, css):
    """Wait for a page; check accessibility, its words, and that it fits the window at double font size."""
    wait_for_element(driver, By.CSS_SELECTOR, css)
    assert violations(driver) == []
    assert program_words(driver) == set()
    assert driver.execute_script(_TOO_WIDE) == []


def program_words(driver):
    """Return program words such as `failed_tries` that a Chinese page shows to a clerk.

    Account and file names are shown unchanged; app keys and receipts are in capitals.
    """
    read = driver.execute_script(_READ)
    return set(re.findall(r"(?<![-\w.])[A-Za-z]?[a-z]+(?:_[a-z]+)*(?![-\w.])", read)) - _LATIN


def type_in(driver, **fields):
    for name, value in fields.items():
        wait_for_element(driver, By.NAME, name).send_keys(value)


def add_account(running, name, role):
    """Add an account as the operator does; return its first password."""
    settings = {
        **os.environ,
        "PENSION_BOT_DATABASE_URL": f"sqlite+aiosqlite:///{running.folder / 'demo.db'}",
        "PENSION_BOT_DATA_KEYS": (running.folder / "data-keys").read_text(),
    }
    ran = subprocess.run(  # noqa: S603 - our own program
        [*program_command(), "admin", "user", "add", name, "--role", role],
        capture_output=True,
        text=True,
        check=True,
        env=settings,
    )
    return re.search("first password (\\S+)", ran.stdout)[1]


def sign_in(driver, base, name, first):
    """Sign in for the first time, up to the first page."""
    enter_password(driver, base, name, first)
    check_page(driver, ".qr svg")
    set_up_account(driver)
    check_page(driver, ".tiles")


def enter_password(driver, base, name, password):
    """Fill in the first page of signing in."""
    driver.get(f"{base}/admin")
    check_page(driver, "input[name=password]")
    type_in(driver, name=name, password=password)
    press_and_load(driver, "button.main")


def set_up_account(driver):
    """Choose a new password and type the code that an authenticator shows."""
    secret = wait_for_element(driver, By.CSS_SELECTOR, ".secret").text.replace(" ", "")
    type_in(driver, password=OWN, again=OWN, code=TOTP(secret).now())
    press_and_load(driver, "button.main")


def submit_act(driver, name, told):
    """Unfold an act of a case, double-click its button as impatient people do, and wait for the answer."""
    press(driver, f"details:has(form[action$='/{name}']) summary")
    press_and_load(driver, f"form[action$='/{name}'] button", _TWICE)
    wait_for_text(driver, ".fine", told)


def say(running, account, *words):
    """Write from a phone of the simulator, as the platform delivers it."""
    for text in words:
        body = json.dumps({"account": account, "text": text}).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{running.base}/sim/api/say", body, headers)  # noqa: S310
        urllib.request.urlopen(asked, timeout=PATIENCE).read()  # noqa: S310


def take_chat(driver, running, account):
    """Let a person ask for a clerk, take the chat, and type half an answer while the person keeps writing."""
    say(running, account, "养老认证", "人工服务")
    press_and_load(driver, "nav a[href='/admin/talks']")
    check_page(driver, ".tasks form")
    press_and_load(driver, ".tasks form button")
    check_page(driver, "textarea")
    type_in(driver, words="您好，")
    say(running, account, "我看不清号码")
    wait_for_text(driver, "li.person", "我看不清号码")


def answer_chat(driver, running, account):
    """Take a chat; new lines of the person appear without disturbing a half-written answer."""
    take_chat(driver, running, account)
    type_in(driver, words="请家人帮您念。")
    press_and_load(driver, ".answer button.main")
    wait_for_text(driver, "li.clerk", "您好，请家人帮您念。")
    hand_back(driver)


def hand_back(driver):
    """Hand the open chat back to the service."""
    press(driver, ".answer summary")
    press_and_load(driver, "form[action$='/end'] button")
    wait_for_text(driver, ".fine", "已交回自助办理。")


async def fail_three_times(base, name):
    """Enrol a person and fail three tries with a wrong face; return the person and the account."""
    async with aiohttp.ClientSession() as http:
        phone = Phone(http, base)
        person = await enrol_newcomer(phone, name)
        await show_wrong_face(await walk_to_link(phone, person))
        for _ in range(2):
            assert "认证失败" in await phone.customer_message()
            await show_wrong_face(open_link(phone, await phone.tap("重新识别")))
        return person, phone.account


async def use_new_link(base, account):
    """Open the link that the office sent and show the right face; return the receipt's address."""
    async with aiohttp.ClientSession() as http:
        phone = Phone(http, base)
        phone.account = account
        page = Page(http, await _link(phone, "/h5/capture/"))
        await show_right_face(page)
        return await _link(phone, "/r/")


async def _link(phone, path):
    """Wait for a message with a link that contains the path."""
    while not (found := [one for one in links(await phone.customer_message()) if path in one]):
        pass
    return found[0]
