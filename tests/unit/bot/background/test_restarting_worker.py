"""A failing worker restarts, and a watcher notices a hanging round."""

import asyncio

import pytest

from bot.background import backoff, rounds
from bot.background.restarting_worker import RestartingWorker
from bot.background.rounds import Rounds


class Worker:
    """Fails as often as `failures` says, then works until it is stopped."""

    def __init__(self, failures):
        self.failures, self.works = failures, asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self):
        if self.failures:
            self.failures -= 1
            raise ValueError("陈建国")  # noqa: EM101 (a text that must not reach the log)
        self.works.set()
        await self._stopping.wait()

    def stop(self):
        self._stopping.set()


async def test_failing_worker_restarts_and_the_error_type_is_logged(monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.001)
    worker = Worker(failures=2)
    lasting = RestartingWorker(worker)
    async with asyncio.timeout(60):
        await worker.works.wait()
        await lasting.stop()
    assert caplog.messages == ["Worker failed and begins again: ValueError"] * 2


async def test_worker_that_fails_after_steady_work_restarts_without_long_pause(monkeypatch):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(backoff, "RESET_AFTER", 0.0)
    worker = Worker(failures=20)  # pauses that double would take a quarter of an hour
    lasting = RestartingWorker(worker)
    async with asyncio.timeout(60):
        await worker.works.wait()
        await lasting.stop()


async def test_worker_waiting_to_restart_stops_at_once(monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 600.0)
    lasting = RestartingWorker(Worker(failures=1))
    async with asyncio.timeout(60):
        while not caplog.messages:  # noqa: ASYNC110 - another task logs
            await asyncio.sleep(0.001)
        await lasting.stop()


@pytest.mark.parametrize("longest", [60.0, 0.0], ids=["in time", "late"])
async def test_watcher_waits_while_a_round_hangs(monkeypatch, longest):
    monkeypatch.setattr(rounds, "LONGEST_ROUND", longest)
    monkeypatch.setattr(rounds, "_POLL_SECONDS", 0.001)
    watched = Rounds()
    going_on = asyncio.create_task(watched.go_on())
    await asyncio.sleep(0.02)
    assert going_on.done() == bool(longest)
    monkeypatch.setattr(rounds, "LONGEST_ROUND", 60.0)
    watched.begin()
    await asyncio.wait_for(going_on, 60)
