"""`python -m tests.browser.tutorial_screens docs/screens`: the tutorial's walk, with a picture at each place.

The demo runs as shipped: a sample person is certified by a rehearsal, the office views the case and
revokes the pass, and the receipt page says so.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from selenium.webdriver.common.by import By

from bot.demo.sample_people import SAMPLES
from tests.acceptance.world import demo_process
from tests.browser.console_screens import enter, open_case, picture
from tests.browser.driver.chromium import Chat, chromium, press_and_load
from tests.browser.driver.elements import wait_for_element

DESK, PHONE = (1280, 760), (390, 844)


def shoot(driver, file, size=DESK):
    """Write the top of the page, as it looks at a size."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page = Image.open(io.BytesIO(picture(driver, width)))
    page.crop((0, 0, width, min(height, page.height))).save(file, optimize=True)


def walk(driver, base, folder):
    """Go through the tutorial."""
    chat = Chat(driver, base)
    chat.rehearse()
    shoot(driver, folder / "tutorial-chat.png")
    receipt = wait_for_element(driver, By.XPATH, "//a[contains(., '查看回执')]").get_property("href")
    driver.get(receipt)
    shoot(driver, folder / "tutorial-receipt-390.png", PHONE)
    enter(driver, base, "supervisor")
    open_case(driver, base, SAMPLES[0].typed.number)
    driver.execute_script("document.querySelector('.pass details').open = true")
    shoot(driver, folder / "tutorial-case.png")
    wait_for_element(driver, By.CSS_SELECTOR, ".pass [name=words]").send_keys("演示")
    press_and_load(driver, ".pass details button")
    wait_for_element(driver, By.CSS_SELECTOR, ".pass .warm")
    driver.get(receipt)
    shoot(driver, folder / "tutorial-revoked-390.png", PHONE)


def main(folder):
    with (
        tempfile.TemporaryDirectory() as place,
        demo_process(Path(place), liveness="required") as running,
        chromium(size=DESK) as driver,
    ):
        walk(driver, running.base, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
