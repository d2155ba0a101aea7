"""Combines presentations from timings (when something moves) and bodies (how it looks)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from face.attack.display import Display
from face.attack.filmed.frame import Frame
from face.attack.footage import Footage
from face.attack.scene import Presentation, Scene, ShownPrompt
from face.attack.surface import Surface
from face.liveness.challenge import orders
from face.liveness.movements import MOVEMENTS, MOVES, Action, Kind

Motion = tuple[Action, float]
"""A movement, and how much of it is made now, 0–1; 0 is rest."""
Timing = Callable[[Sequence[ShownPrompt], float], Motion]
Body = Callable[[Motion, float], Scene]
"""Shows a motion at a time."""
Span = tuple[float, float]
"""Minimum and maximum seconds of a uniform draw."""
Choose = Callable[[Action], Action]
"""Chooses the movement that answers a prompt."""
OwnPace = Callable[[Action], float | None]
"""Returns the seconds that a person takes for a movement; None if unknown."""

HUMAN_DELAY: Span = (0.4, 2.0)
"""Seconds from a prompt to the beginning of the answer."""
HUMAN_MOVE: Span = (0.6, 1.6)
_STAGED_REST, _STAGED_MOVE = (2.6, 5.0), (0.8, 2.5)
"""Seconds of the rests and the movements of a clip that ignores prompts."""
AT_REST: Motion = (Action.CENTRE, 0.0)
MOMENT = 3
"""Maximum number of frames in one rest."""
LATEST = 2
"""Maximum distance in frames between two of one rest: frames of different moments make a head jerk."""
CLOSEST = 1.45
"""Magnification of a face that comes closer."""
CLIP_ORDERS = 6
"""Number of orders that a staged clip shows; together they take longer than two draws."""


def played(timing: Timing, body: Body) -> Presentation:
    """Combine a timing with a body."""
    return lambda prompts, at: body(timing(prompts, at), at)


# ---- timings


@dataclass(slots=True)
class FollowingTiming:
    """Answers each prompt after a delay; `choose` returns the movement, `own` the seconds that it takes."""

    random: Random
    choose: Choose = lambda action: action
    delay: Span = HUMAN_DELAY
    seconds: Span = HUMAN_MOVE
    own: OwnPace = lambda _: None
    _drawn: list[tuple[float, float, Action]] = field(default_factory=list)

    def __call__(self, prompts: Sequence[ShownPrompt], at: float) -> Motion:
        """Continue the movement for the newest prompt, or the return from the previous one."""
        while len(self._drawn) < len(prompts):
            self._draw(prompts[len(self._drawn)][1])
        newest = len(prompts) - 1
        move = self._drawn[newest][2]
        if move is not Action.CENTRE:
            return move, self._part(prompts, newest, at)
        before = self._drawn[newest - 1][2] if newest else Action.CENTRE
        return AT_REST if before is Action.CENTRE else (before, self._left(prompts, newest, at))

    def _left(self, prompts: Sequence[ShownPrompt], newest: int, at: float) -> float:
        """Return what is left of the previous movement; it continues until the return begins."""
        returns = prompts[newest][0] + self._drawn[newest][0]
        reached = self._part(prompts, newest - 1, min(at, returns))
        return reached * (1.0 - self._part(prompts, newest, at))

    def _part(self, prompts: Sequence[ShownPrompt], number: int, at: float) -> float:
        delay, seconds, _ = self._drawn[number]
        return min(1.0, max(0.0, (at - prompts[number][0] - delay) / seconds))

    def _draw(self, asked: Action) -> None:
        move = asked if asked is Action.CENTRE else self.choose(asked)
        delay, seconds = self.random.uniform(*self.delay), self.random.uniform(*self.seconds)
        moved = self._drawn[-1][2] if move is Action.CENTRE and self._drawn else move
        self._drawn.append((delay, self.own(moved) or seconds, move))


@dataclass(slots=True)
class EarlyTiming:
    """Follows the prompts, but leaves each rest for a random movement before it is asked for."""

    random: Random
    patience: Span = (0.3, 0.7)
    _move: Action = Action.CENTRE
    _wait: float = 0.0
    _prompts: int = 0

    def __call__(self, prompts: Sequence[ShownPrompt], at: float) -> Motion:
        """Rest for less time than any rest of a challenge takes."""
        if len(prompts) != self._prompts:
            self._prompts, self._move = len(prompts), self.random.choice(MOVES)
            self._wait = self.random.uniform(*self.patience)
        shown, asked = prompts[-1]
        if asked is not Action.CENTRE or len(prompts) == 1:
            return (asked, min(1.0, max(0.0, at - shown - 0.5))) if len(prompts) > 1 else AT_REST
        return self._move, min(1.0, max(0.0, (at - shown - self._wait) / 0.4))


def staged(random: Random) -> Timing:
    """Time a clip that ignores prompts: random orders, with rests that fit any challenge."""
    plan: list[tuple[float, Action]] = [(random.uniform(*_STAGED_REST), Action.CENTRE)]
    for action in (action for _ in range(CLIP_ORDERS) for action in random.choice(orders())):
        plan += [(random.uniform(*_STAGED_MOVE), action), (random.uniform(*_STAGED_REST), Action.CENTRE)]

    def timing(prompts: Sequence[ShownPrompt], at: float) -> Motion:
        """Return what the clip shows so many seconds after its start; at rest past its end."""
        left = at - prompts[0][0]
        for seconds, action in plan:
            if left < seconds:
                ramp = min(1.0, left / 0.4, max(0.0, seconds - left) / 0.4)
                return AT_REST if action is Action.CENTRE else (action, ramp)
            left -= seconds
        return AT_REST

    return timing


# ---- bodies


def head(footage: Footage, random: Random) -> Body:
    """Move as in the footage of a person; at rest a few frames alternate, as a living head sways."""
    moment, pace = _moment(footage, random.randrange(len(footage.rests))), random.uniform(3.0, 8.0)
    swing = moment + moment[::-1]

    def body(motion: Motion, at: float) -> Scene:
        """Return the frame of a part of a movement, or one of the resting moment."""
        action, part = motion
        resting = swing[int(at * pace) % len(swing)]
        if action is not Action.CENTRE and (row := MOVEMENTS.of(action)).kind is Kind.DISTANCE:
            return Scene(resting, nearer=1.0 + (CLOSEST - 1.0) * part * row.direction[2])
        frames = footage.moves.get(action, ())
        if part < 0.05 or not frames:
            return Scene(resting)
        return Scene(frames[round(part * (len(frames) - 1))])

    return body


def _moment(footage: Footage, first: int) -> tuple[Frame, ...]:
    """Return the rest `first` and the rests that follow it closely in the clip."""
    places = {id(frame): place for place, frame in enumerate(footage.clip)}
    moment = footage.rests[first : first + 1]
    for frame in footage.rests[first + 1 : first + MOMENT]:
        if not 0 < places.get(id(frame), 0) - places.get(id(moment[-1]), 0) <= LATEST:
            break
        moment = (*moment, frame)
    return moment


def sheet(
    frame: Frame, held: Callable[[Motion], Surface], random: Random, display: Display | None = None
) -> Body:
    """Show a photo, or a screen with one, in a hand that sways."""
    sway, phase = random.uniform(0.3, 1.5), random.uniform(0, 6)

    def body(motion: Motion, at: float) -> Scene:
        """Show the held sheet, turned a little to and fro; `at` is in seconds."""
        surface = held(motion)
        swaying = sway * (((at * 1.7 + phase) % 2.0) - 1.0)
        return Scene(frame, surface=_tilted(surface, swaying), display=display)

    return body


def _tilted(surface: Surface, degrees: float) -> Surface:
    return replace(surface, yaw=surface.yaw + degrees, roll=surface.roll + degrees / 2)


def film(frames: Sequence[Frame], rate: float, offset: float = 0.0, *, loop: bool = False) -> Presentation:
    """Play frames from `offset` seconds on, at `rate` a second; then hold the last, or loop."""

    def presentation(prompts: Sequence[ShownPrompt], at: float) -> Scene:
        """Return the frame of the clip so many seconds after the first prompt."""
        place = int((at - prompts[0][0] + offset) * rate)
        return Scene(frames[place % len(frames) if loop else min(place, len(frames) - 1)])

    return presentation
