"""`python -m tests.browser.console_screens docs/screens`: the console's pages, on a desk and on a phone.

The demo runs as it comes, with its invented office; the clerks are the demo's own.
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
from tests.browser.chromium import choose, chromium, follow, seen
from tests.support.console_loads import people

SIZES = {"desk": (1280, 800), "phone": (360, 740)}
_TALLEST = 2400
"""Pixels of a picture: a long list looks alike further down."""


def enter(driver, base, role):
    """Press the demo's button for one of its clerks."""
    driver.get(f"{base}/sim")
    driver.execute_script("document.querySelector('#desk').removeAttribute('target')")
    driver.execute_script(f"document.querySelector('#desk button[value={role}]').click()")
    seen(driver, By.CSS_SELECTOR, ".tiles")


def open_case(driver, base, number):
    """Open a person's case, because of a call."""
    driver.get(f"{base}/admin/person")
    seen(driver, By.NAME, "number").send_keys(number)
    choose(driver, "reason", "call")
    follow(driver, "button.main")
    seen(driver, By.ID, "actions")


def pages(driver, base, registry):
    """Go through the pages, and name each as it stands."""
    driver.get(f"{base}/admin/sign-in")
    yield "sign-in"
    enter(driver, base, "supervisor")
    yield "today"
    driver.get(f"{base}/admin/person")
    yield "search"
    open_case(driver, base, SAMPLES[0].typed.number)
    yield "person"
    driver.get(f"{base}/admin/tasks")
    yield "tasks"
    driver.get(f"{base}/admin/loading")
    seen(driver, By.CSS_SELECTOR, "form[action$='/registry'] [name=file]").send_keys(str(registry))
    follow(driver, "form[action$='/registry'] button")
    seen(driver, By.CSS_SELECTOR, "form[action$='/apply']")
    yield "loading"
    follow(driver, "form[action$='/cancel'] button")
    driver.get(f"{base}/admin/export")
    yield "export"
    enter(driver, base, "clerk")
    driver.get(f"{base}/admin/visits")
    yield "visits"
    enter(driver, base, "auditor")
    driver.get(f"{base}/admin/audit")
    yield "audit"


def picture(driver, width):
    """Return the whole page as a PNG of few colours."""
    height = min(driver.execute_script("return document.documentElement.scrollHeight"), _TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    file = io.BytesIO()
    drawn = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
    drawn.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()


def main(folder):
    with tempfile.TemporaryDirectory() as place, demo_process(Path(place)) as running:
        registry = Path(place) / "名册.csv"
        registry.write_bytes(people(2000) + b"\nemployee,,resident_id,1,440100,active,,,,")
        for name, (width, height) in SIZES.items():
            with chromium(Path(place) / name, size=(width, height)) as driver:
                metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                for page in pages(driver, running.base, registry):
                    (folder / f"console-{page}-{name}.png").write_bytes(picture(driver, width))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
