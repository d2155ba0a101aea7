"""Presents photos and screens: flat, bent, near, or worn as a mask, moved as the prompts ask."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from face.attack.display import Display
from face.attack.presentations import CLOSEST, FollowingTiming, Motion, Span, played, sheet
from face.attack.scene import Material, PreparePresentation, Presentation
from face.attack.surface import Surface
from face.liveness.movements import MOVEMENTS, Action, Direction

DISTANCES, NEARNESS = (3.0, 6.5), (1.0, 1.3)
"""Eye distances between photo and camera, and how much nearer a photo is held within them.

They reach from an arm's length to 15 cm, where only a very wide camera shows a face as small as the check
wants.
"""
VERY_NEAR = (2.0, 3.0)
"""12 to 19 cm; the nearest needs a lens of 100° and more."""


HoldPhoto = Callable[[Motion], Surface]
"""Pose of a sheet at each part of a motion."""


def photo(
    held: Callable[[Random], HoldPhoto],
    *,
    display: Display | None = None,
    distances: Span = DISTANCES,
) -> PreparePresentation:
    """Present a photo, or a screen that shows it, held as `held` draws."""

    def prepare(material: Material, random: Random) -> Presentation:
        """Present one of the person's pictures at rest on a sheet that follows the prompts."""
        frame, surface = random.choice(material.person.rests), _near(held(random), random, distances)
        return played(FollowingTiming(random), sheet(frame, surface, random, display=display))

    return prepare


def _near(held: HoldPhoto, random: Random, distances: Span = DISTANCES) -> HoldPhoto:
    """Hold a sheet at a random distance."""
    distance, nearer = random.uniform(*distances), random.uniform(*NEARNESS)

    def at(motion: Motion) -> Surface:
        """Return the held surface, moved to the drawn distance."""
        surface = held(motion)
        return replace(surface, distance=distance, nearer=nearer * surface.nearer)

    return at


def _by_action(
    random: Random, across: Span, upwards: Span = (5, 40)
) -> Callable[[Motion], tuple[float, float, float]]:
    """Return how a hand moves a sheet for a motion: yaw and pitch in degrees, and nearness."""
    yaw, pitch = random.uniform(*across), random.uniform(*upwards)

    def pose(motion: Motion) -> tuple[float, float, float]:
        """Return yaw and pitch in degrees, and nearness as a factor."""
        (right, up, nearer), part = _direction(motion[0]), motion[1]
        return yaw * right * part, pitch * up * part, 1 + (CLOSEST - 1) * nearer * part

    return pose


def _direction(action: Action) -> Direction:
    return (0, 0, 0) if action is Action.CENTRE else MOVEMENTS.of(action).direction


def turned(random: Random) -> HoldPhoto:
    """Turn a flat photo as the head would turn."""
    pose = _by_action(random, (15, 65))

    def held(motion: Motion) -> Surface:
        """Turn the flat sheet by the drawn angles."""
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near)

    return held


def tilted(random: Random) -> HoldPhoto:
    """Turn a flat photo about a slanted axis."""
    pose, skew = _by_action(random, (15, 50)), random.uniform(-0.8, 0.8)

    def held(motion: Motion) -> Surface:
        """Turn the flat sheet, with a share of the yaw in pitch and roll."""
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch + skew * yaw, skew * yaw / 2, near)

    return held


def bent(random: Random) -> HoldPhoto:
    """Bend a photo all the time, or only during the movement, round anything from a tin to a bucket."""
    pose, radius = _by_action(random, (15, 60)), random.uniform(0.7, 4.0)
    slant, only_then = random.uniform(-25, 25), random.random() < 0.5

    def held(motion: Motion) -> Surface:
        """Turn the sheet, bent all the time or only as far as the movement has gone."""
        yaw, pitch, near = pose(motion)
        bend = max(motion[1], 0.05) if only_then else 1.0
        return Surface(yaw, pitch, nearer=near, radius=radius / bend, slant=slant)

    return held


def rolled(random: Random) -> HoldPhoto:
    """Bend a photo round an upright axis all the time, which perspective makes most like a turning head."""
    pose, radius = _by_action(random, (25, 60), (20, 50)), random.uniform(1.5, 2.2)

    def held(motion: Motion) -> Surface:
        """Turn the sheet, bent round an upright cylinder."""
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near, radius=radius)

    return held


def brought_closer(random: Random) -> HoldPhoto:
    """Bring a flat photo closer whatever is asked, turning it a little."""
    near, yaw = random.uniform(1.1, 2.0), random.uniform(0, 25)

    def held(motion: Motion) -> Surface:
        """Bring the sheet closer, part by part of the motion."""
        action, part = motion
        return Surface(yaw * part * _direction(action)[0], nearer=1 + (near - 1) * part)

    return held


def mask(material: Material, random: Random) -> Presentation:
    """Wear a photo with the eyes cut out, bent round a head and turning with it."""
    radius, pose = random.uniform(1.2, 2.5), _by_action(random, (20, 45))

    def held(motion: Motion) -> Surface:
        """Turn the mask with the head that wears it."""
        yaw, pitch, near = pose(motion)
        return Surface(yaw, pitch, nearer=near, radius=radius)

    return played(FollowingTiming(random), sheet(random.choice(material.masks), _near(held, random), random))
