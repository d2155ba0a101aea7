"""Ports for servers that a test starts itself."""

import itertools
import os
import socket

_FIRST, _A_WORKER, _WORKERS = 20_000, 1_000, 10
"""Below the ports that systems assign automatically (32768 and up): no client takes one of these."""

_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
_OURS = range(_FIRST + _WORKER * _A_WORKER, _FIRST + (_WORKER + 1) * _A_WORKER)
_NEXT = itertools.islice(itertools.cycle(_OURS), os.getpid() * 37 % _A_WORKER, None)
"""Two suites side by side begin at different ports, so a port that waits for a restart stays free."""


def free_port() -> int:
    """Return a port that nobody listens on; workers side by side have their own ranges."""
    return next(port for port in _NEXT if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
