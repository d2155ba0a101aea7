"""The id of the request that a task works for, which ties log lines of several processes together.

It is drawn when a request comes in, and stored with what is queued for later.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT = ContextVar("request_id", default="")


def begin_request() -> None:
    """Give the running task a new request id, of twelve hexadecimal digits, until it ends."""
    _CURRENT.set(os.urandom(6).hex())


def current_request_id() -> str:
    """Return the id of the request that this task works for; "" if it works for none."""
    return _CURRENT.get()


@contextmanager
def working_for(request_id: str) -> Iterator[None]:
    """Work for a request inside the block."""
    token = _CURRENT.set(request_id)
    try:
        yield
    finally:
        _CURRENT.reset(token)
