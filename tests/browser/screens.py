"""`python -m tests.browser.screens docs/screens`: a picture of every state of the capture page.

The page is the real one; the service's messages are scripted, so that each state stands still.
"""

import asyncio
import io
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image
from selenium.webdriver.common.by import By

from bot.capture.answers import answer
from bot.h5.live.protocol import LiveProtocol
from dialogs.values import CaptureOutcome, CaptureReason
from face import Action, Hint, Prompt
from face import Reason as FaceReason
from face.liveness.challenge import ChallengeStep
from messages.language.codes import Language
from tests.browser.driver.chromium import chromium
from tests.browser.driver.elements import press, wait_for_element
from tests.browser.driver.film import camera_script
from tests.support.captures.capture_service import capture_parts, capture_server

SIZES = ((320, 568), (390, 844))
EAR = """
window.WebSocket = class {
  constructor() {
    window.ear = Object.assign(this, { readyState: 1, bufferedAmount: 0 });
    const tell = (said) => this.onmessage({ data: JSON.stringify(said) });
    const hear = (said) => (said === "lost" ? this.onclose({ code: 1006 }) : tell(said));
    setTimeout(() => SAID.forEach(hear), 20);
  }
  send() {}
  close() {}
};
window.WebSocket.OPEN = 1;
"""

SPEAKING = """
window.SpeechSynthesisUtterance = class {};
Object.defineProperty(window, "speechSynthesis", { value: { cancel() {}, speak() {} }, configurable: true });
"""
"""A phone that can speak; this Chromium has no voice."""


def heard(language):
    """Return the messages to the page, by the state they lead to."""
    words = LiveProtocol(language)

    def prompt(action, step):
        return words.prompt(Prompt(step - 1, ChallengeStep(Action(action), 5)), 13)

    def hint(reason):
        return words.messages(Hint(FaceReason(reason)), 13)[0]

    def result(outcome, reason):
        return words.result(answer(CaptureOutcome(outcome), CaptureReason(reason)))

    return {
        "prompt": [prompt("turn_left", 4)],
        "prompt-closer": [prompt("closer", 8)],
        "hint": [prompt("centre", 3), hint("too_dark")],
        "hint-crowd": [prompt("centre", 3), hint("multiple_faces")],
        "queue": [{"type": "queue", "place": 3}],
        "reconnecting": [prompt("turn_left", 4), "lost"],
        "passed": [result("passed", "ok")],
        "failed": [result("failed", "challenge_failed")],
        "busy": [result("unavailable", "busy")],
        "cannot": [result("retry", "challenge_failed")],
    }


HEARD = heard(Language.CHINESE)


def said(words):
    return SPEAKING + camera_script(follows=False, every=1000) + EAR.replace("SAID", json.dumps(words))


class Screenshots:
    """Takes pictures of one size into a folder."""

    def __init__(self, folder, size):
        self._folder, self._size = folder, size

    def take(self, name, address, script, *taps, until="#message", wait=1.4):
        """Open a page, tap, and save what the screen shows."""
        with chromium(phone=True, screen=self._size) as driver:
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
            driver.get(address)
            for tap in taps:
                press(driver, tap)
            wait_for_element(driver, By.CSS_SELECTOR, until)
            driver.execute_async_script(f"setTimeout(arguments[0], {wait * 1000})")
            self._keep(name, driver.get_screenshot_as_png())

    def _keep(self, name, png):
        target = self._folder / f"{name}-{self._size[0]}.png"
        Image.open(io.BytesIO(png)).convert("RGB").quantize(64).save(target, optimize=True)


def take_all(screenshots, new_address, names):
    """Take every state's picture."""
    go = ("#begin", "#agree")
    for name, words in HEARD.items():
        if not names or name in names:
            screenshots.take(name, new_address(), said(words), *go)
    others = {
        "rehearsal": ("", (), "#trial svg"),
        "consent": ("", go[:1], "#agree"),
        "other-ways": ("", ("#cannot",), "#card-other"),
        "recorded-video": ("navigator.mediaDevices.getUserMedia = undefined;", go, "#film-steps li"),
    }
    for name, (script, taps, until) in others.items():
        if not names or name in names:
            screenshots.take(name, new_address(), SPEAKING + script, *taps, until=until)
    if not names or "closed" in names:
        screenshots.take("closed", new_address().rpartition("/")[0] + "/" + "A" * 43, "", until="#close")


async def main(folder, names):
    """Run a service and take pictures of its page in two sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        async with (
            capture_parts(home) as parts,
            capture_server(replace(parts, liveness="required")) as server,
        ):

            def new_address():
                ticket = asyncio.run_coroutine_threadsafe(server.ticket(), loop).result()
                return str(server.client.make_url(f"/h5/capture/{ticket}"))

            for size in SIZES:
                screenshots = Screenshots(folder, size)
                await asyncio.to_thread(take_all, screenshots, new_address, names)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
