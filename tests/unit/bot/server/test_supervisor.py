"""systemd hears when a program is ready, at either kind of address."""

import socket

import pytest

from bot.server.supervisor import tell_ready


@pytest.mark.parametrize("kind", ["path", "abstract"])
def test_systemd_hears_that_the_program_is_ready(kind, tmp_path, monkeypatch):
    address = str(tmp_path / "notify") if kind == "path" else f"@{tmp_path.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address.replace("@", "\0", 1))
        systemd.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        tell_ready()
        assert systemd.recv(100) == b"READY=1"


def test_without_systemd_nobody_is_told(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell_ready()
