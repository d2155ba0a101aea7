"""Keeps the garbage collector from what it finds nothing in: the program itself, and messages under way."""

import gc

_COLLECT_AFTER = 50_000
"""Objects made and not yet freed, after which garbage is looked for; Python's own limit is 700.

A batch of messages holds some ten thousand until it is answered. With a limit below that, all of them are
looked through several times while they live, which took a fifteenth of the webhook's processor time.
"""


def pause_collection() -> None:
    """Look for no garbage during the start: nearly all that is made stays, and looking costs 0.3 s."""
    gc.disable()


def freeze_loaded() -> None:
    """Hide from the garbage collector what is loaded and stays: a full round over it stops all for 50 ms."""
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()
