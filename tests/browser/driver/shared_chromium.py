"""Clean tabs of a Chromium shared by tests: starting one costs as much CPU time as a short test.

A tab is expensive, too, so each browser lends its only tab again and again.
"""

import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException

from tests.browser.driver.chromium import camera_flags, chromium

_STILL = """
const still = new CSSStyleSheet();
still.replaceSync("*, *::before, *::after { animation: none !important; transition: none !important; }");
document.adoptedStyleSheets = [still];
"""
"""Disables animations: without a GPU they cost sixty repaints a second."""
_FORGET = "try { sessionStorage.clear(); localStorage.clear(); } catch { /* an error's page has none */ }"


@dataclass
class _Shared:
    """A running browser."""

    driver: webdriver.Chrome
    camera: Path | None
    stack: ExitStack
    is_lent: bool = False

    def quit(self):
        _started.remove(self)
        with suppress(WebDriverException):
            self.stack.close()


_started: list[_Shared] = []


@contextmanager
def clean_tab(film=None, *, phone=False, screen=(390, 844)):
    """Lend a tab; cookies and storage of the pages that it opened are cleared at the end.

    With a `film` the tab has a camera that plays it: Chromium reads the file anew whenever a page opens the
    camera. As a `phone` it has a `screen` and touch. Scripts and screen sizes are reset at the end. A
    second tab lent at the same time belongs to another browser, as if of another person.
    """
    free = (one for one in _started if not one.is_lent and bool(one.camera) == (film is not None))
    shared = next(free, None) or _start(has_camera=film is not None)
    if film is not None:
        shared.camera.write_bytes(film)
    shared.is_lent = True
    first = _prepare(shared.driver, screen if phone else None)
    try:
        yield shared.driver
    finally:
        try:
            _clear(shared.driver, first)
            shared.is_lent = False
        except WebDriverException:
            shared.quit()


def quit_all():
    """Quit all browsers."""
    while _started:
        _started[-1].quit()


def _start(*, has_camera):
    with ExitStack() as stack:
        camera, flags = None, ()
        if has_camera:
            folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            camera = Path(folder) / "camera.y4m"
            flags = camera_flags(camera)
        driver = stack.enter_context(chromium(*flags))
        _started.append(_Shared(driver, camera, stack.pop_all()))
    return _started[-1]


def _prepare(driver, screen):
    """Become a phone with this screen and touch, or a desktop for None; return the first script's number."""
    driver.get_log("browser")  # removes what previous tests have left
    driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": bool(screen)})
    if screen:
        metrics = {"width": screen[0], "height": screen[1], "deviceScaleFactor": 1, "mobile": True}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    else:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return _add_script(driver, _STILL)


def _clear(driver, first):
    """Leave the page from within, so that its process stays, and forget all since the first script."""
    driver.switch_to.default_content()
    driver.execute_script(_FORGET)
    driver.execute_script("location.replace('about:blank')")
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Browser.resetPermissions", {})
    for one in range(first, _add_script(driver, "") + 1):
        with suppress(WebDriverException):  # the test has removed it
            driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": str(one)})


def _add_script(driver, source):
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    return int(added["identifier"])
