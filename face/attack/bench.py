"""Tries each kind of attack a number of times as shapes and a number of times as pictures, and counts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from random import Random

from scipy.special import betaincinv

from face.attack.clips import Clip, packaged_people
from face.attack.footage import (
    Footage,
    footage_of,
    footage_of_face,
    footage_of_photo,
    framed,
    mirrored,
    remade,
    without_eyes,
)
from face.attack.kinds import ATTACKS, GENUINE
from face.attack.pictures import Camera, PictureCheck
from face.attack.scene import Material
from face.attack.shapes import ShapeCheck
from face.attack.ticket import Begin, try_ticket
from face.liveness.challenge import Challenge, orders
from face.liveness.decision import Judge
from face.liveness.live_check import LiveCheck
from face.liveness.movements import Action
from face.liveness.risk.decision import RiskProfile
from face.media.decoder import IN_PROCESS
from face.models.pack import Pack
from face.values import Picture, Reason

CONFIDENCE = 0.95
LEAST_FACE = 40.0
"""Pixels of width under which a face of a group photo cannot be modelled as a head."""
MOST_OTHERS = 6
MOST_MASKS = 3
_SOURCES = {**ATTACKS, **GENUINE}


@dataclass(frozen=True, slots=True)
class Tally:
    """The results of `tries` of one kind: reasons and their counts."""

    kind: str
    tries: int
    reasons: Mapping[Reason, int]

    @property
    def passes(self) -> int:
        """The number of tries that passed."""
        return self.reasons.get(Reason.OK, 0)

    @property
    def refused(self) -> int:
        """The number of tries that did not pass."""
        return self.tries - self.passes


def upper_bound(events: int, tries: int) -> float:
    """Return the highest rate, 0–1, that `events` in `tries` still allow, at 95 %, one-sided.

    Clopper & Pearson 1934; without an event it is 1 − 0.05^(1/n), the rule of three.
    """
    if events >= tries:
        return 1.0
    return float(betaincinv(events + 1, tries - events, CONFIDENCE))


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The material of each clip, what it is tried against (pack, threshold, profile), and the random seed.

    Without a `profile`, pictures are not checked for traces of a warped photo.
    """

    pack: Pack
    threshold: float
    materials: tuple[Material, ...]
    seed: int
    profile: RiskProfile | None = None

    def numbers(self, kind: str, tries: int) -> Iterator[Reason]:
        """Try a kind as shapes and embeddings."""
        return self._tried(kind, tries, self._as_numbers)

    def pictures(self, kind: str, tries: int) -> Iterator[Reason]:
        """Try a kind as pictures, through the whole pipeline."""
        return self._tried(kind, tries, self._as_pictures)

    def _tried(self, kind: str, tries: int, check: Callable[[Material, Random], Begin]) -> Iterator[Reason]:
        source, materials = _SOURCES[kind], self._materials_for(kind)
        for number in range(tries):
            random = Random(f"{self.seed} {kind} {number}")  # noqa: S311 - repeatable chance, no secret
            material = materials[number % len(materials)]
            begin = check(material, random)
            yield try_ticket(partial(source, material), begin, random, _lacking(kind, material))

    def _materials_for(self, kind: str) -> Sequence[Material]:
        """For honest kinds, leave out people who can only be modelled, if there are others."""
        able = [material for material in self.materials if orders(frozenset(material.person.modelled))]
        return able if able and kind in GENUINE else self.materials

    def _as_numbers(self, material: Material, random: Random) -> Begin:
        def begin(challenge: Challenge, _at: float) -> ShapeCheck:
            """Begin a check of shapes; it has no pictures and needs no time."""
            return ShapeCheck(material.person.template, self.threshold, challenge, random)

        return begin

    def _as_pictures(self, material: Material, random: Random) -> Begin:
        camera = Camera.drawn(random)
        judge = Judge(self.pack, self.threshold, material.person.template, profile=self.profile)

        def begin(challenge: Challenge, at: float) -> PictureCheck:
            """Begin a live check of pictures, taken by this ticket's camera."""
            return PictureCheck(LiveCheck(judge, challenge, at, IN_PROCESS), camera)

        return begin


def _lacking(kind: str, material: Material) -> frozenset[Action]:
    """Return the movements that an honest person's clip lacks: a model of them is a warped photo."""
    lacking = frozenset(material.person.modelled) if kind in GENUINE else frozenset()
    return lacking if orders(lacking) else frozenset()


def counted(kind: str, reasons: Sequence[Reason]) -> Tally:
    """Count the results of the tries of a kind."""
    return Tally(kind, len(reasons), dict(Counter(reasons).most_common()))


# ---- material


def materials_of(pack: Pack, films: Sequence[Clip], photos: Sequence[Picture]) -> tuple[Material, ...] | int:
    """Prepare the material of each clip, or of the packaged portrait.

    If a clip shows no face, returns its position instead. `photos` show other people; without them the
    packaged group photo is used.
    """
    persons = [footage_of(pack, film) for film in films] or [footage_of_photo(pack, packaged_people()[0])]
    if None in persons:
        return persons.index(None)
    photographed = _others(pack, photos)
    filmed = [person for person in persons if person is not None]
    return tuple(
        material_of(pack, person, (*photographed, *_filmed_others(filmed, person))) for person in filmed
    )


def material_of(pack: Pack, person: Footage, others: tuple[Footage, ...]) -> Material:
    """Add what an attacker would make: the mirror image, and photos with the eyes cut out."""
    masks = tuple(framed(pack, without_eyes(frame)) for frame in person.rests[:MOST_MASKS])
    return Material(person, cache(partial(remade, pack, person, mirrored)), others, masks)


def _filmed_others(persons: Sequence[Footage], person: Footage) -> list[Footage]:
    """Return the people of the other clips, who move better than a photo does."""
    return [other for other in persons if other is not person]


def _others(pack: Pack, photos: Sequence[Picture]) -> tuple[Footage, ...]:
    made = [footage_of_photo(pack, photo) for photo in photos]
    known = [footage for footage in made if footage is not None] or _packaged_others(pack)
    return tuple(known[:MOST_OTHERS])


def _packaged_others(pack: Pack) -> list[Footage]:
    group = packaged_people()[1]
    faces = [face for face in pack.detector.detect(group) if face.width >= LEAST_FACE]
    made = [footage_of_face(pack, group, face) for face in faces]
    return [footage for footage in made if footage is not None]
