"""Protects the memory of a program from other programs of the same user."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def protect_memory() -> None:
    """Allow only root to read this process's memory and environment, or to dump its core (`prctl(2)`).

    The memory holds the keys, and the process's own children, which decode strangers' pictures, run as the
    same user.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
