"""Unexpected failures of a capture: the person reads "busy", the log says where it failed."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import ParamSpec, TypeVar

from bot.capture.answers import CaptureAnswer, busy
from storage.errors import StatementFailed, StorageUnavailable

_P = ParamSpec("_P")
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


def busy_on_failure(
    work: Callable[_P, Awaitable[_T]],
) -> Callable[_P, Coroutine[object, object, _T | CaptureAnswer]]:
    """Turn any failure of a function into "busy"; log its place but not its text, which may name people."""

    @wraps(work)
    async def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _T | CaptureAnswer:
        """Call the function; answer "busy" if it fails."""
        try:
            return await work(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  whatever breaks, a check is not failed and no traceback is shown
            is_of_driver = isinstance(error, StorageUnavailable | StatementFailed)
            cause = error.__cause__ if is_of_driver and error.__cause__ else error
            place = traceback.extract_tb(cause.__traceback__)[-1]
            _log.error("capture unavailable: %s in %s:%s", type(cause).__name__, place.name, place.lineno)
            return busy()

    return guarded
