"""Tells systemd that a program is ready (`Type=notify`)."""

import os
import socket


def tell_ready() -> None:
    """Send `READY=1` to the socket that `NOTIFY_SOCKET` names (sd_notify(3)); without one do nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.sendto(b"READY=1", "\0" + address[1:] if address.startswith("@") else address)
