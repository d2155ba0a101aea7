"""One chaos run: its results so far, reported at its end or where it hangs."""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.chaos.fault_injection import Events
from tests.chaos.results import Result

T = TypeVar("T")


@dataclass(slots=True)
class Run:
    """Its figures; `kills` end the programs that it has started, without waiting for any."""

    how: str
    log: Path
    events: Events = field(default_factory=Events)
    stops: list[float | None] = field(default_factory=list)
    result: Result | None = None
    kills: list[Callable[[], None]] = field(default_factory=list)

    def kill(self) -> None:
        """End all programs at once."""
        for kill in self.kills:
            kill()

    async def attempt(self, what: str, work: Awaitable[T]) -> T | None:
        """Do a part of the run; one that fails is noted, and the others are done all the same."""
        try:
            return await work
        except Exception as error:  # noqa: BLE001 - told in the report
            self.events.add_failure(what, error)
            return None

    def show(self) -> int:
        """Print the report; returns the exit code."""
        traces = self.log.read_text(encoding="utf-8").count("Traceback")
        hung, seconds = self.stops.count(None), [one for one in self.stops if one is not None]
        lost, troubles = self.result.lost if self.result else None, self.events.troubles
        lines = [
            f"\nchaos, {self.how}, log {self.log}",
            "faults     " + ", ".join(f"{name} {times}" for name, times in self.events.faults.items()),
            *(self.result.lines() if self.result else ["messages   not counted"]),
            f"stops      {len(seconds)}, the longest {max(seconds, default=0):.1f} s; {hung} hung",
            f"log        {traces} tracebacks",
            *(f"trouble    {trouble}" for trouble in troubles),
            f"{lost} lost" if lost is not None else "what was lost is not known",
        ]
        sys.stdout.write("\n".join(lines) + "\n")
        return 1 if lost is None or lost or hung or traces or troubles else 0
