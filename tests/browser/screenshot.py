"""`python -m tests.browser.screenshot docs/demo.png`: the demo's picture for the README."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.acceptance.world import demo_process
from tests.browser.chromium import Chat, chromium


def take(target: Path) -> None:
    """Go through the demo's rehearsal and keep what the desktop shows, in 256 colours to stay small."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with (
            demo_process(home, "required") as running,
            chromium(home / "profile", size=(960, 1020)) as driver,
        ):
            Chat(driver, running.base).rehearse()
            picture = Image.open(io.BytesIO(driver.get_screenshot_as_png()))
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(256).save(target, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
