"""The movements that a challenge may ask for, one row each.

Challenge drawing, the walkers and the attack bench read `MOVEMENTS`; none of them names a movement. What else
a new movement needs (its sentences, the page's figure) is listed in docs/decisions/0016.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from face.liveness.head_pose import PoseChange
from face.values import Reason

TURN, NOD, NEARER = 28.0, 15.0, 0.30
"""One whole movement: degrees of yaw, degrees of pitch, growth of the face.

These are gentle movements. On the measured clip turns reach 38 to 58 degrees and nods 27 to 39, and a head at
rest scatters by one (docs/decisions/0014).
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


REQUIRED = (Kind.TURN, Kind.NOD)
"""Kinds of which every challenge holds a movement.

A flat photo may appear to turn and a bent one to nod, but neither does both (docs/decisions/0014).
"""

Direction = tuple[int, int, int]
"""Direction of a movement: the nose to the picture's right, the nose up, the head nearer."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement.

    `extent` gives how much of it a pose shows: 1 is the whole movement, 0 none. `mirror` is the action that a
    mirrored picture shows, None for the same. `hint` is for a person who does not come back from it.
    A movement that is not `drawn` is measured, and wrong when made, but never asked for.
    """

    action: Action
    kind: Kind
    direction: Direction
    extent: Callable[[PoseChange], float]
    mirror: Action | None = None
    hint: Reason = Reason.NOT_FRONTAL
    drawn: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class MovementTable:
    """All movements that are known, each action once."""

    rows: tuple[Movement, ...]

    def of(self, action: Action) -> Movement:
        """Return the row of an action; KeyError for `CENTRE`, which is no movement."""
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
        """Return the action that a mirrored picture shows: turns swap, all else stays."""
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
        Movement(Action.LOOK_UP, Kind.NOD, (0, 1, 0), extent=lambda change: -change.pitch / NOD),
        Movement(Action.LOOK_DOWN, Kind.NOD, (0, -1, 0), extent=lambda change: change.pitch / NOD),
        Movement(
            Action.CLOSER,
            Kind.DISTANCE,
            (0, 0, 1),
            extent=lambda change: (change.scale - 1) / NEARER,
            hint=Reason.TOO_CLOSE,
        ),
    )
)
MOVES = MOVEMENTS.drawn()
TURNS, NODS = MOVEMENTS.kind(Kind.TURN), MOVEMENTS.kind(Kind.NOD)


def extents(change: PoseChange) -> dict[Action, float]:
    """Measure how much of each movement of `MOVEMENTS` a pose shows; 1 is the whole of it."""
    return MOVEMENTS.extents(change)
