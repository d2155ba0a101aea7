"""Scene codes of entry QR codes: a scheme's code (`employee`), with a city `employee:440100`."""

import re
from dataclasses import dataclass

QR_PREFIX = "qrscene_"
"""Precedes the scene when a scan is a person's first: documented for `subscribe`, seen with `SCAN`."""

_SCENE = re.compile(r"([a-z_]+)(?::([0-9]{6}))?")


@dataclass(frozen=True, slots=True)
class EntryScene:
    """Target of a QR code: the code of the scheme, known or not; `city` is a GB/T 2260 code or empty."""

    scheme: str
    city: str = ""

    def text(self) -> str:
        """Return the scene as a QR code carries it."""
        return f"{self.scheme}:{self.city}" if self.city else self.scheme


def parse_scene(text: str) -> EntryScene | None:
    """Return the scene, or None for a text of another form."""
    found = _SCENE.fullmatch(text)
    return EntryScene(found[1], found[2] or "") if found else None
