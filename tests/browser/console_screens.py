"""`python -m tests.browser.console_screens docs/screens`: the console's pages, on a desk and on a phone.

The demo runs with its invented office and four eyes.
"""

import base64
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from selenium.webdriver.common.by import By

from bot.demo.sample_people import SAMPLES
from tests.acceptance.world import demo_process
from tests.browser.driver.chromium import choose, press_and_load
from tests.browser.driver.console_steps import (
    OWN,
    SIZES,
    add_account,
    console_tab,
    enter_password,
    say,
    set_up_account,
    take_chat,
)
from tests.browser.driver.elements import press, wait_for_element, wait_for_text
from tests.browser.driver.shared_chromium import quit_all
from tests.support.console.loads import registry_csv

SUPERVISOR, ADMIN = "王淑敏", "李建新"
_TALLEST = 2400
"""Pixels of a picture: a long list looks the same further down."""


def enter(driver, base, role):
    """Press the demo's button for one of its clerks."""
    driver.get(f"{base}/sim")
    driver.execute_script("document.querySelector('#desk').removeAttribute('target')")
    driver.execute_script(f"document.querySelector('#desk button[value={role}]').click()")
    wait_for_element(driver, By.CSS_SELECTOR, ".tiles")


def open_case(driver, base, number):
    """Open a person's case with the reason of a call."""
    driver.get(f"{base}/admin/person")
    wait_for_element(driver, By.NAME, "number").send_keys(number)
    choose(driver, "reason", "call")
    press_and_load(driver, "button.main")
    wait_for_element(driver, By.ID, "actions")


def pages(driver, running, registry):
    """Go through the pages and yield the name of each when it is shown."""
    yield from _first_sign_in(driver, running, registry)
    yield from _supervisor(driver, running.base)
    yield from _clerk(driver, running)
    enter(driver, running.base, "auditor")
    driver.get(f"{running.base}/admin/audit")
    yield "audit"
    press_and_load(driver, ".me button")
    enter_password(driver, running.base, ADMIN, add_account(running, ADMIN, "admin"))
    set_up_account(driver)
    driver.get(f"{running.base}/admin/accounts")
    yield "accounts"


def _first_sign_in(driver, running, registry):
    """Leave a file and a certification behind that wait for a second person."""
    first = add_account(running, SUPERVISOR, "supervisor")
    driver.get(f"{running.base}/admin/sign-in")
    yield "sign-in"
    enter_password(driver, running.base, SUPERVISOR, first)
    yield "set-up"
    set_up_account(driver)
    driver.get(f"{running.base}/admin/loading")
    yield "upload"
    wait_for_element(driver, By.CSS_SELECTOR, "form[action$='/registry'] [name=file]").send_keys(
        str(registry)
    )
    press_and_load(driver, "form[action$='/registry'] button")
    wait_for_text(driver, "#open", "核对好了")
    open_case(driver, running.base, SAMPLES[1].typed.number)
    press(driver, "details:has(form[action$='/certify']) summary")
    choose(driver, "grounds", "document")
    press_and_load(driver, "form[action$='/certify'] button")
    press_and_load(driver, ".me button")
    enter_password(driver, running.base, SUPERVISOR, OWN)
    yield "code"


def _supervisor(driver, base):
    enter(driver, base, "supervisor")
    yield "today"
    driver.get(f"{base}/admin/person")
    yield "search"
    open_case(driver, base, SAMPLES[0].typed.number)
    yield "person"
    driver.get(f"{base}/admin/tasks")
    yield "tasks"
    driver.get(f"{base}/admin/loading")
    yield "loading"
    press_and_load(driver, "form[action$='/cancel'] button")
    driver.get(f"{base}/admin/approvals")
    yield "approvals"
    press(driver, "details:has(form[action$='/decline']) > summary")
    press_and_load(driver, "form[action$='/decline'] button")
    driver.get(f"{base}/admin/export")
    yield "export"


def _clerk(driver, running):
    enter(driver, running.base, "clerk")
    driver.get(f"{running.base}/admin/visits")
    yield "visits"
    say(running, "o-another", "人工服务")
    take_chat(driver, running, "o-with-a-question")
    wait_for_element(driver, By.CSS_SELECTOR, ".badge")
    yield "talk"
    driver.get(f"{running.base}/admin/talks")
    wait_for_element(driver, By.CSS_SELECTOR, ".badge")
    yield "talks"


def picture(driver, width):
    """Return the whole page as a PNG of few colours."""
    height = min(driver.execute_script("return document.documentElement.scrollHeight"), _TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    file = io.BytesIO()
    drawn = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
    drawn.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()


def shoot(folder, size):
    """Go through a new demo in one size and save a picture of each page."""
    with (
        tempfile.TemporaryDirectory() as place,
        demo_process(Path(place), ADMIN_FOUR_EYES="on") as running,
        console_tab(size) as driver,
    ):
        registry = Path(place) / "名册.csv"
        registry.write_bytes(registry_csv(2000) + b"\nemployee,,resident_id,1,440100,active,,,,")
        for page in pages(driver, running, registry):
            (folder / f"console-{page}-{size}.png").write_bytes(picture(driver, SIZES[size][0]))


def main(folder):
    for size in SIZES:
        shoot(folder, size)
    quit_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
