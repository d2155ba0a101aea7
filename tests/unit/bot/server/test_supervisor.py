"""systemd is notified when a program is ready, at either kind of address."""

import socket

import pytest

from bot.server.supervisor import tell_ready


@pytest.mark.parametrize("kind", ["path", "abstract"])
def test_systemd_is_notified_when_the_program_is_ready(kind, tmp_path, monkeypatch):
    address = str(tmp_path / "notify") if kind == "path" else f"@{tmp_path.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address.replace("@", "\0", 1))
        systemd.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        tell_ready()
        assert systemd.recv(100) == b"READY=1"


def test_nothing_is_sent_without_systemd(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell_ready()
