"""The movements that a challenge may ask for, one row each.

Challenge drawing, the walkers and the attack bench read `MOVEMENTS`; none of them names a movement.
docs/decisions/0016 lists what else a new movement needs (its sentences, the page's figure).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from face.liveness.head_pose import PoseChange
from face.values import Reason

TURN, NOD, NEARER = 18.0, 9.0, 0.20
"""One full movement: degrees of yaw, degrees of pitch, growth of the face.

They are small, for stiff necks. A head at rest scatters by one degree; below 18 degrees of turn the network
reads movement into tilted and bent photos too often (docs/decisions/0023).
"""


class Action(StrEnum):
    """One step of a challenge; left and right are the person's own, and the picture is not mirrored."""

    CENTRE = "centre"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    LOOK_UP = "look_up"
    LOOK_DOWN = "look_down"
    CLOSER = "closer"


class Kind(StrEnum):
    """Quantity that a movement changes: yaw, pitch, or the distance from the camera."""

    TURN = "turn"
    NOD = "nod"
    DISTANCE = "distance"


REQUIRED = (frozenset({Kind.TURN}), frozenset({Kind.NOD, Kind.DISTANCE}))
"""Every challenge holds one movement of each of these groups of kinds.

A flat photo may appear to come closer and a bent one to nod; neither turns (docs/decisions/0014).
"""

RIGID, LOST_RIGID, LEAST_RIGID = 0.86, 0.05, 0.78
MOST_MISFIT = 0.06
"""Limits of `PoseChange.rigid` and `PoseChange.misfit` within which a moved face counts as a head's.

Perspective takes some of a real head's rigidity for each full movement beyond the first; full movements of
real people have 0.87 and more at first and 0.79 at their far end (docs/decisions/0023).
"""

Direction = tuple[int, int, int]
"""Direction of a movement: the nose to the picture's right, the nose up, the head nearer."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement.

    `extent` returns how much of it a pose shows: 1 is the full movement, 0 none. `mirror` is the action that
    a mirrored picture shows, None for the same. `hint` is for a person who does not come back from it.
    `carries` names the kinds that people's heads show along with it without being asked. A movement that is
    not `drawn` is measured, and wrong when made, but never asked for.
    """

    action: Action
    kind: Kind
    direction: Direction
    extent: Callable[[PoseChange], float]
    mirror: Action | None = None
    hint: Reason = Reason.CENTRE_AGAIN
    carries: frozenset[Kind] = frozenset()
    drawn: bool = True

    def is_of_head(self, change: PoseChange) -> bool:
        """Decide whether a pose that shows the full movement is that of a head, not of a turned photo."""
        beyond = max(self.extent(change) - 1.0, 0.0)
        return change.misfit <= MOST_MISFIT and change.rigid >= max(RIGID - LOST_RIGID * beyond, LEAST_RIGID)


@dataclass(frozen=True, slots=True, eq=False)
class MovementTable:
    """All known movements, each action once."""

    rows: tuple[Movement, ...]

    def of(self, action: Action) -> Movement:
        """Return the row of an action; KeyError for `CENTRE`, which is not a movement."""
        row = next((row for row in self.rows if row.action is action), None)
        if row is None:
            raise KeyError(action)
        return row

    def drawn(self, without: frozenset[Action] = frozenset()) -> tuple[Action, ...]:
        """Return the actions that a challenge may ask for, except `without`."""
        return tuple(row.action for row in self.rows if row.drawn and row.action not in without)

    def kind(self, kind: Kind) -> tuple[Action, ...]:
        """Return the actions of one kind that a challenge may ask for."""
        return tuple(row.action for row in self.rows if row.drawn and row.kind is kind)

    def extents(self, change: PoseChange) -> dict[Action, float]:
        """Measure how much of each movement a pose shows."""
        return {row.action: row.extent(change) for row in self.rows}

    def mirror(self, action: Action) -> Action:
        """Return the action that a mirrored picture shows: turns swap, everything else stays."""
        return next((row.mirror for row in self.rows if row.action is action and row.mirror), action)


MOVEMENTS = MovementTable(
    (
        Movement(
            Action.TURN_LEFT,
            Kind.TURN,
            (1, 0, 0),
            extent=lambda change: change.yaw / TURN,
            mirror=Action.TURN_RIGHT,
        ),
        Movement(
            Action.TURN_RIGHT,
            Kind.TURN,
            (-1, 0, 0),
            extent=lambda change: -change.yaw / TURN,
            mirror=Action.TURN_LEFT,
        ),
        Movement(
            Action.LOOK_UP,
            Kind.NOD,
            (0, 1, 0),
            extent=lambda change: -change.pitch / NOD,
            carries=frozenset({Kind.DISTANCE}),
        ),
        Movement(
            Action.LOOK_DOWN,
            Kind.NOD,
            (0, -1, 0),
            extent=lambda change: change.pitch / NOD,
            carries=frozenset({Kind.DISTANCE}),
        ),
        Movement(
            Action.CLOSER,
            Kind.DISTANCE,
            (0, 0, 1),
            extent=lambda change: (change.scale - 1) / NEARER,
            hint=Reason.TOO_CLOSE,
            carries=frozenset({Kind.NOD}),
        ),
    )
)
MOVES = MOVEMENTS.drawn()
TURNS, NODS = MOVEMENTS.kind(Kind.TURN), MOVEMENTS.kind(Kind.NOD)


def extents(change: PoseChange) -> dict[Action, float]:
    """Measure how much of each movement of `MOVEMENTS` a pose shows; 1 is all of it."""
    return MOVEMENTS.extents(change)
