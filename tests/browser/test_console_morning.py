"""A clerk's way through the console in Chromium, on a desk and on a phone: first sign-in, figures, a case."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from datetime import datetime, timedelta

import pytest
from pyotp import TOTP
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from bot.demo.sample_people import SAMPLES
from dialogs.values import SHANGHAI
from tests.browser.accessibility import violations
from tests.browser.chromium import PATIENCE, chromium, follow, press, reads, seen

NO_PHOTO = SAMPLES[3]
"""Whom no other test of a shared demo certifies by face."""
OWN = "four horses and a staple"
WINDOWS = {"desk": (1280, 800), "phone": (360, 740)}


def command(running, *arguments):
    """Run a command on the demo's database, as its operator would."""
    settings = {
        **os.environ,
        "PENSION_BOT_DATABASE_URL": f"sqlite+aiosqlite:///{running.folder / 'demo.db'}",
        "PENSION_BOT_DATA_KEYS": (running.folder / "data-keys").read_text(),
    }
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=settings,
    )
    return ran.stdout


def say(running, *words):
    """Write from a phone of the simulator, as the platform delivers it."""
    for text in words:
        body = json.dumps({"account": "o-of-the-morning", "text": text}).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{running.base}/sim/api/say", body, headers)  # noqa: S310
        urllib.request.urlopen(asked, timeout=PATIENCE).read()  # noqa: S310


def answer_chat(driver, running, look):
    """Take a chat; what the person writes meanwhile comes by itself and disturbs no half-written answer."""
    say(running, "养老认证", "人工服务")
    follow(driver, "nav a[href='/admin/talks']")
    look(".tasks form")
    follow(driver, ".tasks form button")
    look("textarea")
    type_in(driver, words="您好，")
    say(running, "我看不清号码")
    seen(driver, By.XPATH, "//li[@class='person']/p[text()='我看不清号码']")
    type_in(driver, words="请家人帮您念。")
    follow(driver, ".answer button.main")
    reads(driver, "li.clerk", "您好，请家人帮您念。")
    press(driver, ".answer summary")
    follow(driver, "form[action$='/end'] button")
    reads(driver, ".fine", "已交回自助办理。")


def type_in(driver, **fields):
    for name, value in fields.items():
        seen(driver, By.NAME, name).send_keys(value)


def go_on_a_visit(driver, base, look):
    """Plan a visit from the case that is open, see its list on paper, and record what was found."""
    press(driver, "details:has(form[action$='/visit']) summary")
    tomorrow = (datetime.now(SHANGHAI) + timedelta(days=1)).date().isoformat()
    driver.execute_script("document.querySelector('[name=day]').value = arguments[0]", tomorrow)
    follow(driver, "form[action$='/visit'] button")
    reads(driver, ".fine", "上门已经约好")
    driver.get(f"{base}/admin/visits?day={tomorrow}")
    press(driver, ".visits summary")
    look(".visits input[value=seen]")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen(driver, By.CSS_SELECTOR, ".visits .boxes")
    assert not driver.find_element(By.CSS_SELECTOR, ".visits form").is_displayed()
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    press(driver, ".visits input[value=moved]")
    follow(driver, ".visits form button")
    reads(driver, ".came", "已搬走")


@pytest.mark.parametrize("window", WINDOWS)
def test_a_clerk_s_morning(running, tmp_path, window):
    told = command(running, "admin", "user", "add", f"clerk-{window}", "--role", "clerk")
    first = re.search("first password (\\S+)", told)[1]
    with chromium(tmp_path / "profile", size=WINDOWS[window]) as driver:
        width, height = WINDOWS[window]
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

        def look(css):
            """Wait for a page; nothing on it may be out of reach, at twice the size of type either."""
            seen(driver, By.CSS_SELECTOR, css)
            assert violations(driver) == []
            for size in ("200%", ""):
                driver.execute_script("document.documentElement.style.fontSize = arguments[0]", size)
                assert driver.execute_script(
                    "return document.documentElement.scrollWidth <= window.innerWidth"
                )

        driver.get(f"{running.base}/admin")
        look("input[name=password]")
        type_in(driver, name=f"clerk-{window}", password=first)
        follow(driver, "button.main")
        look(".qr svg")
        secret = seen(driver, By.CSS_SELECTOR, ".secret").text.replace(" ", "")
        type_in(driver, password=OWN, again=OWN, code=TOTP(secret).now())
        follow(driver, "button.main")
        look(".tiles")
        follow(driver, "nav a[href='/admin/person']")
        look("select[name=reason]")
        type_in(driver, number=NO_PHOTO.typed.number)
        Select(driver.find_element(By.NAME, "reason")).select_by_value("call")
        follow(driver, "button.main")
        look("#actions")
        assert NO_PHOTO.typed.name in driver.page_source
        assert NO_PHOTO.typed.number not in driver.current_url
        press(driver, "details:has(form[action$='/certify']) summary")
        Select(driver.find_element(By.NAME, "grounds")).select_by_value("document")
        follow(driver, "form[action$='/certify'] button")
        reads(driver, ".fine", "已办理。")
        reads(driver, ".pass", "柜台办理")
        go_on_a_visit(driver, running.base, look)
        follow(driver, "nav a[href='/admin/tasks']")
        look(".tasks")
        answer_chat(driver, running, look)
        follow(driver, ".me button")
        look("input[name=password]")
