"""A program sends watchdog signals to its supervisor while it works, and none while it hangs."""

import asyncio
import os
import socket

import pytest

from bot.server.supervisor import systemd_watchdog
from bot.server.watchdog import Watchdog, watched


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """Bind the socket that systemd would listen at, and ask for a signal every thirty milliseconds."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.bind(str(tmp_path / "notify"))
        bound.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "30000")
        monkeypatch.delenv("WATCHDOG_PID", raising=False)
        yield bound


async def test_systemd_receives_watchdog_signals_repeatedly(systemd):
    async with watched(systemd_watchdog()):
        heard = [await asyncio.to_thread(systemd.recv, 100) for _ in range(3)]
    assert heard == [b"WATCHDOG=1"] * 3


async def test_hanging_turn_stops_watchdog_signals_until_it_continues():
    signs, moves, turns = [], asyncio.Event(), []

    async def turn():
        turns.append(1)
        await moves.wait()

    async with watched(Watchdog(0.001, lambda: signs.append(1)), turn):
        async with asyncio.timeout(60):
            while not turns:  # noqa: ASYNC110 - another task appends
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.05)
        assert (len(turns), signs) == (1, [])
        moves.set()
        async with asyncio.timeout(60):
            while len(signs) < 3:  # noqa: ASYNC110 - another task appends
                await asyncio.sleep(0.001)


async def test_failing_turn_does_not_stop_signals_and_is_logged_once(caplog):
    signs = []

    async def turn():
        raise OSError

    async with watched(Watchdog(0.001, lambda: signs.append(1)), turn), asyncio.timeout(60):
        while len(signs) < 3:  # noqa: ASYNC110 - another task appends
            await asyncio.sleep(0.001)
    assert caplog.messages == ["watchdog: OSError"]


async def test_failing_signal_is_retried_and_logged_once(caplog):
    tries = []

    def sign():
        tries.append(1)
        raise ValueError

    async with watched(Watchdog(0.001, sign)), asyncio.timeout(60):
        while len(tries) < 3:  # noqa: ASYNC110 - another task appends
            await asyncio.sleep(0.001)
    assert caplog.messages == ["watchdog: ValueError"]


async def test_missing_supervisor_does_not_stop_the_program(systemd):
    systemd.close()
    async with watched(systemd_watchdog()):
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("name", "value"),
    [("WATCHDOG_USEC", ""), ("WATCHDOG_USEC", "x"), ("WATCHDOG_PID", "1"), ("NOTIFY_SOCKET", "")],
)
@pytest.mark.usefixtures("systemd")
def test_watchdog_is_off_unless_systemd_asks_this_process(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert systemd_watchdog() is None


@pytest.mark.usefixtures("systemd")
def test_watchdog_is_on_in_the_process_named_by_systemd(monkeypatch):
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    found = systemd_watchdog()
    assert found
    assert found.every == pytest.approx(0.01)
