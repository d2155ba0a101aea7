"""Serial numbers of the turns in the line before the live capture, of one process or of all on a machine.

Several processes share the cores, so they share the line. Each turn is a lock of one byte in a file that they
inherit: the kernel gives it back when a process is killed, and nobody has to notice.
"""

import fcntl
import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager

MOST_OF_ONE = 3
"""Turns of one account: it is signed in on one phone and a tablet or two."""
_RANGE = struct.Struct("=qq")
_MARK_BYTES, _MARKS = 8, 4096
"""The file tells of each turn whose it is by a short hash; numbers a cycle apart share a place."""
_ALONE = 0
"""Byte whose lock is held while a serial is taken; turns have the bytes from 1 on."""


class TurnSerials:
    """The turns of one process that has the machine to itself."""

    def __init__(self) -> None:
        self.own: dict[int, bytes] = {}
        self._next = 1

    def take(self, most: int, holder: bytes) -> int | None:
        """Take the number after all others; None where `most` turns are held, or too many by this holder."""
        if len(self.own) >= most or list(self.own.values()).count(holder) >= MOST_OF_ONE:
            return None
        self._next += 1
        self.own[self._next] = holder
        return self._next

    def give_back(self, serial: int) -> None:
        """End a turn that is one's own."""
        self.own.pop(serial, None)

    def held(self) -> list[int]:
        """Return the turns of all, the first come first."""
        return sorted(self.own)


class MachineTurnSerials(TurnSerials):
    """The turns of all processes that have inherited `file`, a descriptor open for reading and writing.

    The file holds the range in which turns can be: from the first one held at the last taking to the next.
    """

    def __init__(self, file: int) -> None:
        super().__init__()
        self._file = file

    def take(self, most: int, holder: bytes) -> int | None:
        """Take the number after all others; None as without other processes, whose turns count too."""
        mark = hashlib.blake2b(holder, digest_size=_MARK_BYTES).digest()
        with self._alone():
            held, serial = self.held(), self._range()[1]
            if len(held) >= most or [self._mark(one) for one in held].count(mark) >= MOST_OF_ONE:
                return None
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, serial)
            os.pwrite(self._file, mark, _place_of_mark(serial))
            os.pwrite(self._file, _RANGE.pack(min([*held, serial]), serial + 1), 0)
        self.own[serial] = holder
        return serial

    def give_back(self, serial: int) -> None:
        """End a turn that is one's own."""
        if serial in self.own:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, serial)
        super().give_back(serial)

    def held(self) -> list[int]:
        """Return the turns of all processes, the first come first."""
        return [serial for serial in range(*self._range()) if serial in self.own or self._is_others(serial)]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, _ALONE)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _ALONE)

    def _mark(self, serial: int) -> bytes:
        return os.pread(self._file, _MARK_BYTES, _place_of_mark(serial))

    def _range(self) -> tuple[int, int]:
        stored = os.pread(self._file, _RANGE.size, 0)
        first, following = _RANGE.unpack(stored) if stored else (1, 1)
        return first, following

    def _is_others(self, serial: int) -> bool:
        """Tell by a shared lock, which is free while no process holds the turn; never for one's own."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, serial)
        except BlockingIOError:
            return True
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, serial)
        return False


def _place_of_mark(serial: int) -> int:
    return _RANGE.size + _MARK_BYTES * (serial % _MARKS)
