"""The queue before the live capture: a limited number is inside at once; the others see their place.

Scoring more faces than the cores can handle would make every hint late for everybody. The processes of a
machine share the cores, and so the queue: `bot.capture.turn_serials`.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bot.capture.cores import usable_cores
from bot.capture.turn_serials import TurnSerials

INSIDE_PER_CORE = 5
"""Live captures that one core guides at five pictures a second each with hints in time: ten on two cores."""
WAITING_PER_PLACE = 4
"""At half a minute per capture, the last one waits two minutes; beyond that "busy" is the honest answer."""
_POLL_SECONDS = 1.0
"""Seconds between two polls of a queue in which another process may have made room, or was killed."""


class Turn:
    """One ticket's turn; only the queue changes it, which `refresh` asks to."""

    def __init__(self, key: bytes, serial: int, refresh: Callable[[], None]) -> None:
        self.key = key
        self.serial = serial
        self.place: int | None = 0
        """0 inside, from 1 on the place in the queue, None once it is over."""
        self._refresh = refresh
        self._moved = asyncio.Event()

    async def moved(self, place: int) -> None:
        """Wait until the place is no longer `place`."""
        while self.place == place:
            self._moved.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_POLL_SECONDS):
                    await self._moved.wait()
            self._refresh()

    def move(self, place: int | None) -> None:
        """Set another place; called by the queue."""
        self.place = place
        self._moved.set()


class LiveQueue:
    """First come, first served; a ticket has one turn, which a second connection with it takes over.

    An account has at most `MOST_OF_ONE` turns, so that nobody fills the queue with links of many people.

    With the `serials` of a machine it is one queue for all of its processes; each process leads its own
    connections.
    """

    def __init__(
        self, places: int | None = None, waiting: int | None = None, serials: TurnSerials | None = None
    ) -> None:
        self.places = places or INSIDE_PER_CORE * usable_cores()
        self._most = self.places * WAITING_PER_PLACE if waiting is None else waiting
        self._serials = serials or TurnSerials()
        self._turns: dict[bytes, Turn] = {}

    @property
    def inside(self) -> int:
        """Live captures under way, in all processes."""
        return min(len(self._serials.held()), self.places)

    @property
    def waiting(self) -> int:
        """People who stand in the queue, in all processes."""
        return max(0, len(self._serials.held()) - self.places)

    @property
    def inside_here(self) -> int:
        """Live captures that this process leads: a sum over processes counts each of them once."""
        self._renumber()
        return sum(turn.place == 0 for turn in self._turns.values())

    @property
    def waiting_here(self) -> int:
        """People who stand in the queue at this process."""
        return len(self._turns) - self.inside_here

    def join(self, key: bytes, account: str = "") -> Turn | None:
        """Stand in the queue with a ticket's key; None when the queue, or the account's part of it, is full.

        Without an account a ticket stands for itself.
        """
        serial = self._serials.take(self.places + self._most, account.encode() or key, key)
        if serial is None:
            return None
        if before := self._turns.get(key):
            self._end(before)
        turn = self._turns[key] = Turn(key, serial, self._renumber)
        self._renumber()
        return turn

    def leave(self, turn: Turn) -> None:
        """End a turn, at any time and any number of times; the next one moves up at once."""
        turn.move(None)
        if self._turns.get(turn.key) is turn:
            self._end(turn)
            self._renumber()

    def _end(self, turn: Turn) -> None:
        turn.move(None)
        del self._turns[turn.key]
        self._serials.give_back(turn.serial)

    def _renumber(self) -> None:
        index = {serial: index for index, serial in enumerate(self._serials.held())}
        for turn in list(self._turns.values()):
            if turn.serial not in index:  # the same ticket has come to another process
                self._end(turn)
                continue
            place = max(0, index[turn.serial] + 1 - self.places)
            if place != turn.place:
                turn.move(place)
