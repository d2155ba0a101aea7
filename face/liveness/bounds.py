"""Sets the limits of the guided and the recorded walk: seconds, and sizes relative to picture or face."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Bounds:
    """All limits of a walk; the defaults are those of the guided walk, which is prompted step by step."""

    begun: float = 0.55
    """Extent of a movement from which it counts as begun."""
    whole: float = 1.0
    """Extent from which a movement counts as done, and a movement that was not asked for as unasked."""
    clear: float = 1.6
    """Extent from which a movement that was not asked for ends the walk at once."""
    most_unasked: int = 1
    """Unasked movements that are forgiven. A clip of every movement in turn, each unasked, must not pass."""
    least_still: int = 3
    """Number of pictures of a head at rest from which its neutral pose is taken."""
    first_rest: float | None = None
    rest: float | None = None
    """Seconds at centre, for the first rest and for the others; None for the challenge's own."""

    smallest: float = 0.18
    """Minimum face width at the first rest, over the picture's shorter side."""
    nearest: float = 0.55
    """Maximum face width at the first rest, over the picture's shorter side; an arm's length gives 0.3.

    Any nearer, nobody could come closer, and the camera's perspective makes a bent photo look like a head.
    """
    off_centre: float = 0.28
    """Maximum distance of the face from the picture's middle at the first rest, as a share of the picture."""

    least_seconds: float = 0.0
    """Minimum length of a recording: in less nobody makes two movements with a rest before each."""
    frozen_seconds: float = 2.0
    """Longest time without a new picture. A camera's pictures all differ, but a slow one may repeat each."""
    lag_seconds: float = 1.0
    """Time without any picture after which the connection is slow: the person's clocks stop."""
    longest_lag: float = 6.0
    """Longest time without pictures after the first rest; what a longer gap missed ends the walk."""
    loop_pictures: int = 10_000
    """Number of recent pictures; a repeat of any of them does not count as new."""
    unseen_seconds: float = 1.5
    """Longest time without a face after the first rest; in more, another person may have stepped in."""
    crowded_seconds: float = 8.0
    """Maximum time with a second face, all moments together."""
    jump: float = 0.9
    jump_seconds: float = 0.5
    """Face widths that a face cannot move between two pictures, and the most seconds between those."""
    least_rate: float = 0.5
    """Minimum number of different pictures a second, on average; with fewer nothing can be followed."""

    first_seconds: float = 25.0
    """To get into the picture and rest; taking longer is no fault of the person and counts as no failure."""
    onset_earliest: float = 0.2
    """After its prompt; no action may begin earlier: people do not react faster, but a clip may."""
    short_seconds: float = 1.2
    """After the beginning of an action, before a hint says that it is too small."""
    finish_seconds: float = 8.0
    """From the beginning of an action to its full extent, before a reminder."""
    most_reminders: int = 1
    """Reminders of one action that does not come, or stays too small; then the walk ends."""
    return_seconds: float = 16.0
    """To come back to centre and rest there."""
    patience_seconds: float = 2.0
    """For the way back to centre, before a hint is given."""
    known_seconds: float = 5.0
    """For a head to come back from a failed movement; after that it may have another rest than before."""


GUIDED = Bounds()
RECORDED = Bounds(
    first_rest=0.5,  # enough to know the neutral pose
    most_unasked=0,  # the person knows the movements beforehand
    rest=0.4,  # enough to tell two movements from one sweep
    nearest=inf,
    off_centre=inf,
    lag_seconds=inf,
    longest_lag=2.0,
    loop_pictures=1,
    crowded_seconds=1.0,  # a helper's face may pass by
    least_rate=3.0,
    least_seconds=2.0,
    first_seconds=inf,
    return_seconds=inf,
)
"""A recording has no prompts, so the time between its movements is free."""
