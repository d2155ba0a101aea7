"""Tells systemd that a program is ready (`Type=notify`) and that it is alive (`WatchdogSec`)."""

import os
import socket
from contextlib import suppress

from bot.server.watchdog import Watchdog

_HEARTBEATS_A_PERIOD = 3
"""One may be late, and one lost, before systemd considers the program hung."""


def tell_ready() -> None:
    """Say that the program is ready; without systemd do nothing."""
    _tell("READY=1")


def systemd_watchdog() -> Watchdog | None:
    """Return what systemd waits for (sd_watchdog_enabled(3)); None unless it asked this very process."""
    period, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    is_asked = period.isdecimal() and int(period) > 0 and process in {"", str(os.getpid())}
    if not (is_asked and os.environ.get("NOTIFY_SOCKET")):
        return None
    return Watchdog(int(period) / 1e6 / _HEARTBEATS_A_PERIOD, _notify_watchdog)


def _notify_watchdog() -> None:
    with suppress(OSError):  # nobody is reading, and the event loop must not wait
        _tell("WATCHDOG=1", socket.MSG_DONTWAIT)


def _tell(state: str, flags: int = 0) -> None:
    """Send a state to the socket that `NOTIFY_SOCKET` names (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.sendto(state.encode(), flags, "\0" + address[1:] if address.startswith("@") else address)
