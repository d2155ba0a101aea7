"""Templates in a serving process: photos of a file wait for people at their phones, however long."""

from types import SimpleNamespace

from bot.capture.face_pool import Busy
from bot.enrolment import pool_maker
from bot.enrolment.pool_maker import PoolMaker


class CrowdedPool:
    """A pool whose queue is full for a number of tries."""

    def __init__(self, tries):
        self.left = tries
        self.checker = SimpleNamespace(pack_name="p", enrol=None)

    async def run(self, _work, photo):
        """Be busy, or make a template."""
        self.left -= 1
        return Busy() if self.left >= 0 else SimpleNamespace(template=photo)


async def test_photo_waits_for_a_queue_that_stays_full_for_an_hour(monkeypatch):
    monkeypatch.setattr(pool_maker, "_PAUSE", 0)
    assert await PoolMaker(CrowdedPool(tries=7200)).templates([b"a", b"b"]) == [b"a", b"b"]
