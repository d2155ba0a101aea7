"""Injects faults one after the other while people certify."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from tests.chaos.faults import FAULTS, Installation
from tests.chaos.run_watchdog import RunWatchdog, waiting_functions
from tests.support.programs.walker import Walker

AT_ONCE = 8
PASSES_EACH = 20
"""Of the thirty links that an account may have in an hour."""
PATIENCE = 240
"""Seconds after the last fault for the queue to empty and for open certifications to finish."""
_CALM = (1.0, 4.0)
_LONGEST_FAULT = 400
"""Seconds: a start may take three minutes on a busy machine, and a database that recovers some more."""


@dataclass(slots=True)
class Events:
    """What happened: faults by name, and what went wrong with the run itself."""

    faults: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)

    def add_failure(self, what: str, error: BaseException) -> None:
        """Record a part of the run that failed."""
        self.troubles.append(f"{what}: {type(error).__name__} {error}".rstrip())


@dataclass(frozen=True, slots=True)
class FaultInjection:
    """Injects the faults of these names."""

    installation: Installation
    events: Events
    watchdog: RunWatchdog
    names: list[str]

    async def run(self, walkers: list[Walker], seconds: float) -> None:
        """Inject faults for some seconds while walkers certify, then let open certifications finish."""
        over, waiting = asyncio.Event(), iter(walkers)
        walks = [asyncio.create_task(_walk(waiting, over)) for _ in range(AT_ONCE)]
        until = monotonic() + seconds
        while monotonic() < until and not self.events.troubles:
            await asyncio.sleep(self.installation.dice.uniform(*_CALM))
            await self._next_fault()
        over.set()
        sys.stdout.write("no more faults\n")
        self.watchdog.phase("the walks after the faults", PATIENCE + 60)
        await self._end(walks)

    async def _end(self, walks: list[asyncio.Task[None]]) -> None:
        _, late = await asyncio.wait(walks, timeout=PATIENCE)
        for walk in late:
            self.events.troubles.append(f"a walk did not end: {waiting_functions(walk)}")
            walk.cancel()
        for end in await asyncio.gather(*walks, return_exceptions=True):
            if isinstance(end, Exception):
                self.events.add_failure("a walk", end)

    async def _next_fault(self) -> None:
        """Choose among the least frequent faults, so that a short run includes each."""
        happened = self.events.faults
        fewest = min(happened[name] for name in self.names)
        name = self.installation.dice.choice([one for one in self.names if happened[one] == fewest])
        happened[name] += 1
        begun = monotonic()
        self.watchdog.phase(name, _LONGEST_FAULT)
        try:
            await FAULTS[name](self.installation)
        except Exception as error:  # noqa: BLE001 - the results are counted all the same
            self.events.add_failure(name, error)
        sys.stdout.write(f"{name}: {monotonic() - begun:.1f} s\n")
        sys.stdout.flush()


async def _walk(waiting: Iterator[Walker], over: asyncio.Event) -> None:
    while not over.is_set():
        await next(waiting).walk(over, PASSES_EACH)
