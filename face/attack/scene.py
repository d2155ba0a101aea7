"""What is before the camera at one moment, and who puts it there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from face.attack.footage import Footage, Frame
from face.attack.surface import Surface
from face.liveness.movements import Action

Shown = tuple[float, Action]
"""A prompt: when it was shown (seconds), and what it asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A frame of footage: of a person, or, with a `surface`, of a sheet that shows it.

    `screen` adds border, glare and moiré; `second` is another face beside; `same` is the very same picture
    again, bit by bit; `nearer` enlarges.
    """

    frame: Frame
    surface: Surface | None = None
    second: Frame | None = None
    screen: bool = False
    same: bool = False
    nearer: float = 1.0


Presentation = Callable[[Sequence[Shown], float], Scene]
"""Shows something, given the prompts so far and the time; it may look at the prompts, or be blind to them."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What an attacker has: footage of the enrolled person, also mirrored, and of others.

    `masks` are photos of the person with the eyes cut out.
    """

    person: Footage
    mirror: Footage
    others: tuple[Footage, ...] = field(repr=False)
    masks: tuple[Frame, ...] = field(repr=False)


Preparation = Callable[[Material, Random], Presentation]
"""Prepares one start of an attack, or of an honest capture."""
