"""Finds and presses the visible elements of a page.

A query is one script, and a press two mouse events. Selenium queries visibility and text element by element,
and its taps are slow gestures: ten times the CPU time.
"""

import time
from contextlib import suppress
from itertools import chain, repeat

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.common.by import By

PATIENCE = 60
_PAUSES = (0.02, 0.05, 0.1)
_PAUSE = 0.2
"""Seconds between queries: short at first, longer later so that a long wait is cheap."""
_SHOWN = """
const [by, what] = arguments;
const all = (path) => {
  const found = document.evaluate(path, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
  return Array.from({ length: found.snapshotLength }, (_, at) => found.snapshotItem(at));
};
const css = { id: `[id="${what}"]`, name: `[name="${what}"]` }[by] || what;
const shown = (by === "xpath" ? all(what) : [...document.querySelectorAll(css)])
  .filter((node) => node.getClientRects().length)
  .filter((node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
"""
_NEWEST = f"{_SHOWN} return shown.pop() || null;"
_ANY = f"{_SHOWN} return shown.length > 0;"
_HOLDING = (
    f"{_SHOWN} return shown.some((node) => node.innerText.replaceAll('\\n', '').includes(arguments[2]));"
)
_MIDDLE = f"""
{_SHOWN}
const node = shown.pop();
const middle = () => {{
  const box = node.getClientRects()[0];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return top && node.contains(top) ? [x, y] : null;
}};
const centred = () => {{
  node.scrollIntoView({{ block: "center", behavior: "instant" }});
  return middle();
}};
let place = node && (middle() || centred());
for (let view = window; place && view.frameElement; view = view.parent) {{
  const frame = view.frameElement;
  const box = frame.getBoundingClientRect();
  place = [place[0] + box.left + frame.clientLeft, place[1] + box.top + frame.clientTop];
  if (view.parent.document.elementFromPoint(...place) !== frame) place = null;
}}
return place;
"""
"""The middle of an element in the tab, scrolled into view if needed; null while something covers it."""


def wait_until(driver, look, missing, patience=PATIENCE):
    """Wait until `look(driver)` returns something true; the page may be left during a query."""
    end, pauses = time.monotonic() + patience, chain(_PAUSES, repeat(_PAUSE))
    while True:
        with suppress(WebDriverException):  # chromedriver has several errors when a page is left
            if found := look(driver):
                return found
        if time.monotonic() > end:
            raise TimeoutException(_report(driver, missing))
        time.sleep(next(pauses))


def _report(driver, missing):
    """Say what is missing and what the page ends with: a chat's last bubble often says why."""
    words = driver.execute_script("return document.body?.innerText ?? ''")
    return f"{missing}; the page ends with: {words[-300:]}"


def combine_scripts(**looks):
    """Combine scripts into one that returns each result by name, since each round trip is slow."""
    parts = ", ".join(f"{name}: (() => {{ {look} }})()" for name, look in looks.items())
    return f"return {{ {parts} }};"


def wait_for_element(driver, by, what, patience=PATIENCE):
    """Wait until an element is visible; return the last match."""
    return wait_until(driver, lambda d: d.execute_script(_NEWEST, by, what), f"never seen: {what}", patience)


def wait_for_text(driver, css, words, patience=PATIENCE):
    """Wait until a visible element contains these words, ignoring line breaks."""

    def holding(_):
        return driver.execute_script(_HOLDING, By.CSS_SELECTOR, css, words)

    wait_until(driver, holding, f"{css} never says: {words}", patience)


def wait_until_gone(driver, css):
    """Wait until no such element is visible."""

    def hidden(_):
        return not driver.execute_script(_ANY, By.CSS_SELECTOR, css)

    wait_until(driver, hidden, f"never gone: {css}")


def press(driver, what, by=By.CSS_SELECTOR):
    """Press the middle of an element as soon as it is visible and uncovered."""
    click_at(
        driver,
        wait_until(driver, lambda d: d.execute_script(_MIDDLE, by, what), f"never to be pressed: {what}"),
    )


def click_at(driver, place):
    """Click at a point of the tab, whatever is there."""
    for kind in ("mousePressed", "mouseReleased"):
        event = {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1}
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
