"""What breaks behind a capture's door: the person hears "busy", the operator reads where."""

import logging
import traceback
from collections.abc import Awaitable
from typing import TypeVar

from bot.capture.answers import CaptureAnswer, busy

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


async def safe(work: Awaitable[_T]) -> _T | CaptureAnswer:
    """Turn any failure behind the door into "busy"; log its place, not its text: that may name people."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001  whatever breaks, an attempt is not lost and no traceback is shown
        place = traceback.extract_tb(error.__traceback__)[-1]
        _log.error("capture unavailable: %s in %s:%s", type(error).__name__, place.name, place.lineno)
        return busy()
