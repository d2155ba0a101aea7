"""Plays a complete ticket as the service does: its challenge, its starts and their results.

This is the only file of the bench that knows how the service runs a live check.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from random import Random
from typing import Protocol

from face.attack.scene import Presentation, Scene, ShownPrompt
from face.liveness.challenge import NONE, Challenge, draw, orders
from face.liveness.decision import FAILED
from face.liveness.live_check import LEAST_GAP, SCORED_RATE
from face.liveness.movements import Action
from face.liveness.walk_state import Prompt
from face.values import Reason

STARTS = 3
"""Starts of one ticket, as in the live protocol of the contract."""
REDRAWS = 1
"""Second draws of one ticket: a wrong movement is forgiven once, with another challenge (decision 0023)."""
LONGEST_SECONDS = 180.0
"""Seconds after which the service hangs up and the phone starts again."""
SLOWEST, FASTEST = 5.0, 15.0
MOST_DROPS = 0.3

CheckAnswer = Prompt | Reason | None


class TicketCheck(Protocol):
    """A live check under way that takes scenes; a reason ends it."""

    @property
    def is_forgivable(self) -> bool:
        """Whether it ended in a way that allows another challenge."""

    @property
    def unreached(self) -> Action | None:
        """The movement that stayed too small until the end; another challenge does not ask for it."""

    def see(self, scene: Scene, at: float) -> CheckAnswer:
        """Take the scene at `at` seconds."""

    def restart(self, challenge: Challenge, at: float) -> None:
        """Begin again with another challenge, prompted at `at`."""


Begin = Callable[[Challenge, float], TicketCheck]


@dataclass(frozen=True, slots=True)
class SimulatedConnection:
    """A phone and its connection: frames a second, and the share of them that is lost."""

    rate: float
    drops: float

    @staticmethod
    def drawn(random: Random) -> "SimulatedConnection":
        """Draw a connection with 5 to 15 frames a second."""
        return SimulatedConnection(random.uniform(SLOWEST, FASTEST), random.uniform(0, MOST_DROPS))

    def gap(self, random: Random) -> float:
        """Return the seconds to the next frame that arrives."""
        gap = random.uniform(0.85, 1.15) / self.rate
        while random.random() < self.drops:
            gap += random.uniform(0.85, 1.15) / self.rate
        return gap

    def scored(self, random: Random, at: float) -> Iterator[float]:
        """Yield the times after `at` of the frames that the check scores; no other frame is needed."""
        due = at
        while True:
            at += self.gap(random)
            if at >= due:
                due = max(at + LEAST_GAP, due + 1 / SCORED_RATE)
                yield at


@dataclass(slots=True)
class _Ticket:
    """The service's record of a ticket: the newest challenge, and how many more may be drawn."""

    random: Random
    connection: SimulatedConnection
    challenge: Challenge
    without: frozenset[Action]
    redraws: int = REDRAWS

    def redrawn(self, check: TicketCheck) -> bool:
        """Draw another challenge, if the way in which the check ended still allows one."""
        cannot = self.without if check.unreached is None else self.without | {check.unreached}
        if not self.redraws or not check.is_forgivable or not orders(cannot):
            return False
        self.redraws, self.challenge = self.redraws - 1, draw(self.random, cannot)
        return True


def try_ticket(
    start: Callable[[Random], Presentation],
    begin: Begin,
    random: Random,
    without: frozenset[Action] = NONE,
) -> Reason:
    """Play one ticket to its end; `start` prepares each start, `begin` the check of it.

    Movements in `without` are not asked for. If all starts are used up, the result is that of the last one.
    """
    ticket, reason = _Ticket(random, SimulatedConnection.drawn(random), draw(random, without), without), None
    for _ in range(STARTS):
        reason = _one_start(start(random), begin(ticket.challenge, 0.0), ticket)
        if reason is Reason.OK or reason in FAILED:
            return reason
    return reason or Reason.CHALLENGE_FAILED


def _one_start(presentation: Presentation, check: TicketCheck, ticket: _Ticket) -> Reason | None:
    """Present scenes until there is a result; None if the time runs out."""
    prompts: list[ShownPrompt] = [(0.0, Action.CENTRE)]
    for at in takewhile(LONGEST_SECONDS.__gt__, ticket.connection.scored(ticket.random, 0.0)):
        answer = check.see(presentation(prompts, at), at)
        if isinstance(answer, Reason) and ticket.redrawn(check):
            check.restart(ticket.challenge, at)
            prompts.append((at, Action.CENTRE))
        elif isinstance(answer, Prompt):
            prompts.append((at, answer.step.action))
        elif answer is not None:
            return answer
    return None
