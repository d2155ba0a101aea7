"""Serial numbers of the turns in the queue before the live capture, of one process or of all on a machine.

Processes share the cores, so they share the queue. Each turn is a lock on one byte of a file that they
inherit: the kernel releases it when a process is killed, and no other process has to notice.
"""

import fcntl
import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

MOST_OF_ONE = 3
"""Turns of one account: it is signed in on one phone and a tablet or two."""
_RANGE = struct.Struct("=qq")
_NOTE = struct.Struct("=8s8sq")
_MARK_BYTES, _NOTES = 8, 4096
"""The file records whose each turn is, by short hashes; numbers a cycle apart share a slot."""
_ALONE = 0
"""Byte whose lock is held while a serial is taken; turns have the bytes from 1 on."""


class HeldTurn(NamedTuple):
    """A turn: marks of its account and its ticket, and its rank, the serial of the ticket's first turn."""

    serial: int
    holder: bytes
    ticket: bytes
    rank: int


class TurnSerials:
    """The turns of one process that has the machine to itself.

    A ticket has one turn. A second connection with the ticket, while a dead one still holds it, takes its
    place: the older turn no longer counts, and its process finds that out at its next check.
    """

    def __init__(self) -> None:
        self.own: dict[int, HeldTurn] = {}
        self._next = 1

    def take(self, most: int, holder: bytes, ticket: bytes) -> int | None:
        """Take a number; None if `most` other tickets have a turn, or too many of this holder's."""
        self._next += 1
        turn = _following(self.own.values(), self._next, most, _mark(holder), _mark(ticket))
        return self._keep(turn) if turn else None

    def give_back(self, serial: int) -> None:
        """End a turn that is one's own."""
        self.own.pop(serial, None)

    def held(self) -> list[int]:
        """Return the turns of all, the first come first."""
        return [turn.serial for turn in _in_order(self.own.values())]

    def _keep(self, turn: HeldTurn) -> int:
        self.own[turn.serial] = turn
        return turn.serial


class MachineTurnSerials(TurnSerials):
    """The turns of all processes that have inherited `file`, a descriptor open for reading and writing.

    The file holds the range in which turns can be: from the first one held when a serial was last taken to
    the next.
    """

    def __init__(self, file: int) -> None:
        super().__init__()
        self._file = file

    def take(self, most: int, holder: bytes, ticket: bytes) -> int | None:
        """Take a number; None as without other processes, whose turns count too."""
        with self._alone():
            turns, serial = list(self._turns()), self._range()[1]
            turn = _following(turns, serial, most, _mark(holder), _mark(ticket))
            if turn is None:
                return None
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, serial)
            os.pwrite(self._file, _NOTE.pack(turn.holder, turn.ticket, turn.rank), _place_of_note(serial))
            first = min((one.serial for one in turns), default=serial)
            os.pwrite(self._file, _RANGE.pack(first, serial + 1), 0)
        return self._keep(turn)

    def give_back(self, serial: int) -> None:
        """End a turn that is one's own."""
        if serial in self.own:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, serial)
        super().give_back(serial)

    def held(self) -> list[int]:
        """Return the turns of all processes, the first come first."""
        return [turn.serial for turn in _in_order(self._turns())]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, _ALONE)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _ALONE)

    def _turns(self) -> Iterator[HeldTurn]:
        """Yield every turn whose lock is held, including those taken over by a newer one."""
        for serial in range(*self._range()):
            if serial in self.own:
                yield self.own[serial]
            elif self._is_others(serial):
                noted = os.pread(self._file, _NOTE.size, _place_of_note(serial))
                yield HeldTurn(serial, *_NOTE.unpack(noted))

    def _range(self) -> tuple[int, int]:
        stored = os.pread(self._file, _RANGE.size, 0)
        first, following = _RANGE.unpack(stored) if stored else (1, 1)
        return first, following

    def _is_others(self, serial: int) -> bool:
        """Return whether another process holds the turn, found by a shared lock; not for one's own turns."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, serial)
        except BlockingIOError:
            return True
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, serial)
        return False


def _in_order(turns: Iterable[HeldTurn]) -> list[HeldTurn]:
    """Keep only the newest turn of each ticket, in the order in which the tickets came."""
    newest = {turn.ticket: turn for turn in sorted(turns)}
    return sorted(newest.values(), key=lambda turn: turn.rank)


def _following(
    turns: Iterable[HeldTurn], serial: int, most: int, holder: bytes, ticket: bytes
) -> HeldTurn | None:
    held = _in_order(turns)
    others = [turn.holder for turn in held if turn.ticket != ticket]
    if len(others) >= most or others.count(holder) >= MOST_OF_ONE:
        return None
    rank = next((turn.rank for turn in held if turn.ticket == ticket), serial)
    return HeldTurn(serial, holder, ticket, rank)


def _mark(name: bytes) -> bytes:
    return hashlib.blake2b(name, digest_size=_MARK_BYTES).digest()


def _place_of_note(serial: int) -> int:
    return _RANGE.size + _NOTE.size * (serial % _NOTES)
