"""The queue before the live capture: a limited number is inside at once; the others see their place.

Scoring more faces than the cores hold would make every hint late for everybody. Kept in this process's
memory, like the sockets that stand in it.
"""

import asyncio

from bot.capture.cores import usable_cores

INSIDE_PER_CORE = 5
"""Live captures that one core guides at five pictures a second each with hints in time: ten on two cores."""
WAITING_PER_PLACE = 4
"""At half a minute a capture, the last in line waits two minutes; past it "busy" is the honest answer."""


class Turn:
    """One ticket's turn; only the line changes it."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.place: int | None = 0
        """0 inside, from 1 on the place in line, None once it is over."""
        self._moved = asyncio.Event()

    async def moved(self, place: int) -> None:
        """Wait until the place is another than `place`."""
        while self.place == place:
            self._moved.clear()
            await self._moved.wait()

    def move(self, place: int | None) -> None:
        """Give another place; for the line."""
        self.place = place
        self._moved.set()


class WaitingLine:
    """First come, first served; a ticket has one turn, and who comes again with it takes that one over."""

    def __init__(self, places: int | None = None, waiting: int | None = None) -> None:
        self.places = places or INSIDE_PER_CORE * usable_cores()
        self._most = self.places * WAITING_PER_PLACE if waiting is None else waiting
        self._turns: list[Turn] = []

    @property
    def inside(self) -> int:
        """Live captures under way."""
        return min(len(self._turns), self.places)

    @property
    def waiting(self) -> int:
        """People who stand in line."""
        return max(0, len(self._turns) - self.places)

    def join(self, key: bytes) -> Turn | None:
        """Stand in line with a ticket's key; None when the line is as long as it may be."""
        turn = Turn(key)
        before = next((other for other in self._turns if other.key == key), None)
        if before is not None:
            self._turns[self._turns.index(before)] = turn
            before.move(None)
        elif len(self._turns) >= self.places + self._most:
            return None
        else:
            self._turns.append(turn)
        self._renumber()
        return turn

    def leave(self, turn: Turn) -> None:
        """End a turn, at any time and as often as one likes; the next one moves up at once."""
        turn.move(None)
        if turn in self._turns:
            self._turns.remove(turn)
            self._renumber()

    def _renumber(self) -> None:
        for index, turn in enumerate(self._turns):
            turn.move(max(0, index + 1 - self.places))
