"""Clean tabs of a Chromium that tests share: a start costs as much processor time as a short test."""

import tempfile
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException

from tests.browser.chromium import chromium

_MOVING_ONCE = """
const once = new CSSStyleSheet();
once.replaceSync("*, *::before, *::after { animation-iteration-count: 1 !important; }");
document.adoptedStyleSheets = [once];
"""
"""A figure that moves for ever is painted sixty times a second, without a graphics card."""

_started: dict[tuple[object, ...], tuple[object, ExitStack]] = {}


@contextmanager
def clean_tab(**window):
    """Lend a new tab; cookies and storage of the pages that it opened are cleared at the end.

    `window` is as for `chromium`. Scripts, emulation and throttling end with the tab.
    """
    key = tuple(sorted(window.items()))
    driver, _ = _started.get(key) or _start(key, window)
    before = driver.window_handles
    driver.switch_to.new_window("tab")
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _MOVING_ONCE})
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
    with ExitStack() as stack:
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        driver = stack.enter_context(chromium(profile, **window))
        _started[key] = driver, stack.pop_all()
    return _started[key]


def _quit(key):
    _, stack = _started.pop(key)
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
