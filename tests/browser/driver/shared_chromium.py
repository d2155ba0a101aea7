"""Clean tabs of a Chromium that tests share: a start costs as much processor time as a short test."""

import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException

from tests.browser.driver.chromium import camera_flags, chromium

_MOVING_ONCE = """
const once = new CSSStyleSheet();
once.replaceSync("*, *::before, *::after { animation-iteration-count: 1 !important; }");
document.adoptedStyleSheets = [once];
"""
"""A figure that moves for ever is painted sixty times a second, without a graphics card."""

_started: dict[tuple[object, ...], tuple[object, Path, ExitStack]] = {}


@contextmanager
def clean_tab(film=None, **window):
    """Lend a new tab; cookies and storage of the pages that it opened are cleared at the end.

    With a `film` the tab has a camera that plays it: Chromium reads the file anew whenever a page opens the
    camera. `window` is as for `chromium`. Scripts, emulation and throttling end with the tab.
    """
    key = (film is not None, *sorted(window.items()))
    driver, camera, _ = _started.get(key) or _start(key, window)
    if film is not None:
        camera.write_bytes(film)
    before = driver.window_handles
    driver.switch_to.new_window("tab")
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _MOVING_ONCE})
    driver.get_log("browser")  # which takes out what the tabs before have left
    try:
        yield driver
    finally:
        try:
            _clear(driver, before)
        except WebDriverException:
            _quit(key)


def quit_all():
    """End all browsers."""
    for key in list(_started):
        _quit(key)


def _start(key, window):
    has_camera, *_ = key
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        camera = folder / "camera.y4m"
        flags = camera_flags(camera) if has_camera else ()
        driver = stack.enter_context(chromium(folder / "profile", *flags, **window))
        _started[key] = driver, camera, stack.pop_all()
    return _started[key]


def _quit(key):
    *_, stack = _started.pop(key)
    with suppress(WebDriverException):
        stack.close()


def _clear(driver, before):
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Browser.resetPermissions", {})
    for handle in driver.window_handles:
        if handle not in before:
            driver.switch_to.window(handle)
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(driver.current_url))
            driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            driver.close()
    driver.switch_to.window(before[-1])
