"""The pool of face checks: bounded, and busy when full."""

import asyncio
import threading
from typing import cast

import pytest

from bot.capture import face_pool
from bot.capture.face_pool import Busy, FacePool
from face import Checker, DecoderUnavailable

NO_CHECKER = cast("Checker", None)


@pytest.fixture
async def gate():
    opened = threading.Event()
    yield opened
    opened.set()


@pytest.fixture
async def pool(gate):
    made = FacePool(NO_CHECKER, workers=1, queue=1)
    yield made
    gate.set()
    await made.close()


async def test_pool_returns_the_result(pool):
    assert await pool.run(pow, 2, 10) == 1024


async def test_pool_raises_the_error_of_the_call(pool):
    with pytest.raises(ZeroDivisionError):
        await pool.run(divmod, 1, 0)


async def test_event_loop_keeps_running_during_a_check(pool, gate):
    check = asyncio.create_task(pool.run(gate.wait, 60))
    await asyncio.sleep(0.01)
    assert not check.done()
    gate.set()
    assert await check is True


async def test_full_pool_is_busy_until_a_check_ends(pool, gate):
    taken = [asyncio.create_task(pool.run(gate.wait, 60)) for _ in range(2)]
    await asyncio.sleep(0)
    assert await pool.run(pow, 2, 2) == Busy()
    gate.set()
    await asyncio.gather(*taken)
    assert await pool.run(pow, 2, 2) == 4


async def test_cancelled_caller_does_not_free_a_working_thread(pool, gate):
    begun = threading.Event()

    def work():
        begun.set()
        return gate.wait(60)

    taken = [asyncio.create_task(pool.run(work)) for _ in range(2)]
    await asyncio.sleep(0)
    assert await asyncio.to_thread(begun.wait, 60)
    taken[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await taken[0]
    assert await pool.run(pow, 2, 2) == Busy()


class Stuck:
    """A checker whose decoder waits until it is closed."""

    def __init__(self):
        self.decoder, self._over = self, threading.Event()

    def close(self):
        self._over.set()

    def check(self):
        return self._over.wait()


async def test_slow_file_does_not_delay_close(monkeypatch):
    monkeypatch.setattr(face_pool, "_STOP_SECONDS", 0.01)
    pool = FacePool(cast("Checker", Stuck()), workers=1)
    under_way = asyncio.create_task(pool.run(pool.checker.check))
    await asyncio.sleep(0)
    await pool.close()
    assert await under_way is True


async def test_missing_decoder_process_makes_the_pool_busy_and_is_logged(pool, caplog):
    def decode():
        raise DecoderUnavailable("no process")  # noqa: EM101, TRY003

    assert await pool.run(decode) == await pool.guide(decode) == Busy()
    assert caplog.messages == ["busy: no process"] * 2


async def test_closed_pool_is_busy():
    pool = FacePool(NO_CHECKER)
    await pool.close()
    assert await pool.run(pow, 2, 2) == Busy()
