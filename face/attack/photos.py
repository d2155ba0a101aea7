"""Photos and screens before the camera: flat, bent, near, or worn as a mask, moved as the prompts ask."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from face.attack.players import CLOSEST, FollowingPlayer, Motion, Span, played, sheet
from face.attack.scene import Player, Source, Stock
from face.attack.surface import Surface
from face.liveness.challenge import Action

DISTANCES, NEARNESS = (3.0, 6.5), (1.0, 1.3)
"""Eye distances between photo and camera, and how much nearer still it is held.

From an arm's length to 15 cm, where only a very wide camera sees a face as small as the check wants.
"""


VERY_NEAR = (2.0, 3.0)
"""12 to 19 cm; nearest it takes a lens of 100° and more."""


def photo(
    held: Callable[[Random], Callable[[Motion], Surface]],
    *,
    screen: bool = False,
    distances: Span = DISTANCES,
) -> Source:
    def source(stock: Stock, random: Random) -> Player:
        frame, surface = random.choice(stock.person.rests), _near(held(random), random, distances)
        return played(FollowingPlayer(random), sheet(frame, surface, random, screen=screen))

    return source


def _near(
    held: Callable[[Motion], Surface], random: Random, distances: Span = DISTANCES
) -> Callable[[Motion], Surface]:
    """Hold a photo at some distance."""
    distance, nearer = random.uniform(*distances), random.uniform(*NEARNESS)

    def at(motion: Motion) -> Surface:
        surface = held(motion)
        return replace(surface, distance=distance, nearer=nearer * surface.nearer)

    return at


def _by_action(
    random: Random, across: Span, upwards: Span = (5, 40)
) -> Callable[[Motion], tuple[float, float, float]]:
    """Answer a prompt as a hand can: yaw and pitch in degrees, and nearness."""
    yaw, pitch = random.uniform(*across), random.uniform(*upwards)
    way = {
        Action.TURN_LEFT: (yaw, 0.0, 1.0),
        Action.TURN_RIGHT: (-yaw, 0.0, 1.0),
        Action.LOOK_UP: (0.0, pitch, 1.0),
        Action.LOOK_DOWN: (0.0, -pitch, 1.0),
        Action.CLOSER: (0.0, 0.0, CLOSEST),
        Action.CENTRE: (0.0, 0.0, 1.0),
    }

    def pose(motion: Motion) -> tuple[float, float, float]:
        (across, up, near), part = way[motion[0]], motion[1]
        return across * part, up * part, 1 + (near - 1) * part

    return pose


def turned(random: Random) -> Callable[[Motion], Surface]:
    pose = _by_action(random, (15, 65))

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near)

    return held


def tilted(random: Random) -> Callable[[Motion], Surface]:
    pose, skew = _by_action(random, (15, 50)), random.uniform(-0.8, 0.8)

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch + skew * yaw, skew * yaw / 2, near)

    return held


def bent(random: Random) -> Callable[[Motion], Surface]:
    """Bend it all the time, or only for the movement; round anything from a tin to a bucket."""
    pose, radius = _by_action(random, (15, 60)), random.uniform(0.7, 4.0)
    slant, only_then = random.uniform(-25, 25), random.random() < 0.5

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        bend = max(motion[1], 0.05) if only_then else 1.0
        return Surface(yaw, pitch, nearer=near, radius=radius / bend, slant=slant)

    return held


def rolled(random: Random) -> Callable[[Motion], Surface]:
    """Bend it all the time as perspective likes it best, upright."""
    pose, radius = _by_action(random, (25, 60), (20, 50)), random.uniform(1.5, 2.2)

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near, radius=radius)

    return held


def brought_closer(random: Random) -> Callable[[Motion], Surface]:
    near, yaw = random.uniform(1.1, 2.0), random.uniform(0, 25)

    def held(motion: Motion) -> Surface:
        action, part = motion
        side = yaw * part * (1 if action is Action.TURN_LEFT else -1 if action is Action.TURN_RIGHT else 0)
        return Surface(side, nearer=1 + (near - 1) * part)

    return held


def mask(stock: Stock, random: Random) -> Player:
    """Wear a photo with the eyes cut out: bent round a head, it turns with it."""
    radius, pose = random.uniform(1.2, 2.5), _by_action(random, (20, 45))

    def held(motion: Motion) -> Surface:
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near, radius=radius)

    return played(FollowingPlayer(random), sheet(random.choice(stock.masks), _near(held, random), random))
