"""`docs/live-protocol.md` documents every message, hint and close code that a phone may receive."""

import re

import pytest
from aiohttp import WSCloseCode

from bot.h5.live import websocket
from face import Reason
from tests.docs.names import ROOT

PAGE = (ROOT / "docs" / "live-protocol.md").read_text(encoding="utf-8")
SENT = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "h5" / "live").glob("*.py"))
_ALL = list(Reason)
HINT_ONLY_REASONS = _ALL[_ALL.index(Reason.MORE) : _ALL.index(Reason.SLOW_CONNECTION) + 1]


@pytest.mark.parametrize("kind", sorted(set(re.findall(r'"type": "(\w+)"', SENT))))
def test_each_message_type_is_documented(kind):
    assert f'"type": "{kind}"' in PAGE


@pytest.mark.parametrize("reason", HINT_ONLY_REASONS)
def test_each_hint_only_reason_is_documented(reason):
    assert f"| `{reason}` |" in PAGE


def test_each_close_code_is_documented():
    own = {websocket._NO_CONSENT, websocket._CAMERA_LOST, websocket._REPLACED}
    given = own | {WSCloseCode.OK, WSCloseCode.GOING_AWAY, WSCloseCode.MESSAGE_TOO_BIG}
    assert {int(code) for code in re.findall(r"^\| ([0-9]{4}) \|", PAGE, re.MULTILINE)} == given
