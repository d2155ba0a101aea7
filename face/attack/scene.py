"""Defines what is in front of the camera at one moment, and what presents it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from face.attack.display import Display
from face.attack.filmed.frame import Frame
from face.attack.footage import Footage
from face.attack.puppets.blur_and_grain import BlurAndGrain
from face.attack.puppets.warp import Puppet, PuppetPose
from face.attack.surface import Surface
from face.liveness.movements import Action

ShownPrompt = tuple[float, Action]
"""A prompt: when it was shown (seconds), and the action it asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Warped:
    """A puppet in one pose."""

    puppet: Puppet = field(repr=False)
    pose: PuppetPose


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A frame of footage, seen directly or, with a `surface`, on a sheet.

    `warped` shows the frame as a puppet, `face` puts the face of another frame on it, `blur_and_grain` lies
    over it. `display` is a screen that shows all of it; `second` is another face next to it; `same` repeats
    the last picture bit by bit; `nearer` enlarges.
    """

    frame: Frame
    surface: Surface | None = None
    second: Frame | None = None
    warped: Warped | None = None
    face: Frame | None = None
    blur_and_grain: BlurAndGrain | None = None
    display: Display | None = None
    same: bool = False
    nearer: float = 1.0


Presentation = Callable[[Sequence[ShownPrompt], float], Scene]
"""Returns the scene for the prompts so far and the time; it may follow the prompts or ignore them."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The material of an attacker: footage of the enrolled person, also mirrored, and of others.

    `masks` are photos of the person with the eyes cut out. `mirror` is made on first use: each picture is
    measured again, and only one kind shows it.
    """

    person: Footage
    mirror: Callable[[], Footage] = field(repr=False)
    others: tuple[Footage, ...] = field(repr=False)
    masks: tuple[Frame, ...] = field(repr=False)


PreparePresentation = Callable[[Material, Random], Presentation]
"""Prepares the presentation of one start, of an attack or of an honest person."""
