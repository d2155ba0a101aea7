"""Keeps the garbage collector from objects that are still in use: the program, and messages under way."""

import gc

_COLLECT_AFTER = 50_000
"""Number of objects made and not yet freed after which garbage is collected; Python's own limit is 700.

A batch of messages holds about ten thousand until it is answered. With a limit below that, all of them are
scanned several times while they live, which took a fifteenth of the webhook's processor time.
"""


def pause_collection() -> None:
    """Collect no garbage during the start: nearly everything made then stays, and collecting costs 0.3 s."""
    gc.disable()


def freeze_loaded() -> None:
    """Hide loaded, lasting objects from garbage collection: a full round over them stops all for 50 ms."""
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()
