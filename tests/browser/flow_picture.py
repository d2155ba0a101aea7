"""Join five phone screens of a certification into the README's picture.

`python -m tests.browser.flow_picture FILE` writes it.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from selenium.webdriver.common.by import By

from tests.acceptance.world import demo_process
from tests.browser.driver.chromium import Chat, chromium
from tests.browser.driver.elements import press, wait_for_element

_WIDTH, _GAP = 300, 12
"""Pixels of one screen in the picture, and between two screens."""


class _Album:
    """Collects screenshots of a driver and joins them side by side."""

    def __init__(self, driver):
        self._driver = driver
        self._shots = []

    def shoot(self):
        shot = Image.open(io.BytesIO(self._driver.get_screenshot_as_png())).convert("RGB")
        self._shots.append(shot.resize((_WIDTH, round(shot.height * _WIDTH / shot.width)), Image.LANCZOS))

    def joined(self):
        width = len(self._shots) * (_WIDTH + _GAP) - _GAP
        picture = Image.new("RGB", (width, self._shots[0].height), "white")
        for place, shot in enumerate(self._shots):
            picture.paste(shot, (place * (_WIDTH + _GAP), 0))
        return picture


def _walk(chat, album):
    """Certify the sample person by a rehearsal, with a picture of each memorable step."""
    chat.go_to_link()
    album.shoot()
    chat.open_page()
    wait_for_element(chat.driver, By.ID, "begin")
    chat.leave_page()
    chat.open_panel()
    press(chat.driver, "#use-sample")
    chat.driver.switch_to.frame("page-frame")
    wait_for_element(chat.driver, By.ID, "rehearsal")
    press(chat.driver, "#begin")
    wait_for_element(chat.driver, By.ID, "agree")
    album.shoot()
    press(chat.driver, "#agree")
    wait_for_element(chat.driver, By.CSS_SELECTOR, "#card-live .ring")
    wait_for_element(chat.driver, By.XPATH, "//p[@id='message' and contains(., '慢慢')]")
    album.shoot()
    wait_for_element(chat.driver, By.CSS_SELECTOR, "#result[data-outcome='passed'] .tick")
    album.shoot()
    press(chat.driver, "#close")
    chat.leave_page()
    chat.read("认证成功")
    album.shoot()


def take(target: Path) -> None:
    """Walk through the demo on a phone and write the joined picture, in 256 colours to stay small."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with (
            demo_process(home, "required") as running,
            chromium(phone=True) as driver,
        ):
            album = _Album(driver)
            _walk(Chat(driver, running.base), album)
            picture = album.joined()
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(256).save(target, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
