import gc
import weakref

import pytest

from bot.cli.main import commands
from bot.runtime.garbage_collection import freeze_loaded, pause_collection


class Loaded:
    pass


@pytest.fixture(autouse=True)
def _collector():
    before = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*before[0])
    (gc.enable if before[1] else gc.disable)()


def _collections(make):
    rounds = []

    def note(phase, _info):
        rounds.append(phase)

    gc.callbacks.append(note)
    try:
        kept = make()
    finally:
        gc.callbacks.remove(note)
    return len(rounds) if kept else 0


def test_message_batch_runs_without_garbage_collection():
    pause_collection()
    freeze_loaded()
    gc.collect()
    assert _collections(lambda: [[number] for number in range(10_000)]) == 0


def test_reference_cycle_is_freed_eventually():
    pause_collection()
    freeze_loaded()
    lost = Loaded()
    lost.itself = lost
    gone = weakref.ref(lost)
    del lost
    kept = [[number] for number in range(100_000)]
    assert kept
    assert gone() is None


def test_listing_the_commands_does_not_enable_a_paused_collector():
    pause_collection()
    commands()
    assert not gc.isenabled()
