"""The pool of face checks: bounded, and honest when full."""

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


async def test_the_answer_comes_through(pool):
    assert await pool.run(pow, 2, 10) == 1024


async def test_an_error_comes_through(pool):
    with pytest.raises(ZeroDivisionError):
        await pool.run(divmod, 1, 0)


async def test_the_loop_goes_on_while_a_check_runs(pool, gate):
    check = asyncio.create_task(pool.run(gate.wait, 60))
    await asyncio.sleep(0.01)
    assert not check.done()
    gate.set()
    assert await check is True


async def test_a_full_queue_is_busy_at_once_and_free_again_later(pool, gate):
    taken = [asyncio.create_task(pool.run(gate.wait, 60)) for _ in range(2)]
    await asyncio.sleep(0)
    assert await pool.run(pow, 2, 2) == Busy()
    gate.set()
    await asyncio.gather(*taken)
    assert await pool.run(pow, 2, 2) == 4


async def test_a_caller_who_hangs_up_does_not_free_a_thread_that_still_works(pool, gate):
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


async def test_a_file_that_takes_long_does_not_hold_up_a_stop(monkeypatch):
    monkeypatch.setattr(face_pool, "_STOP_SECONDS", 0.01)
    pool = FacePool(cast("Checker", Stuck()), workers=1)
    under_way = asyncio.create_task(pool.run(pool.checker.check))
    await asyncio.sleep(0)
    await pool.close()
    assert await under_way is True


async def test_without_a_process_to_decode_in_it_is_busy_and_the_log_says_why(pool, caplog):
    def decode():
        raise DecoderUnavailable("no process")  # noqa: EM101, TRY003

    assert await pool.run(decode) == await pool.guide(decode) == Busy()
    assert caplog.messages == ["busy: no process"] * 2


async def test_after_closing_it_is_busy():
    pool = FacePool(NO_CHECKER)
    await pool.close()
    assert await pool.run(pow, 2, 2) == Busy()
