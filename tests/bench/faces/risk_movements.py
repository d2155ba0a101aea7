"""Collects movements of filmed people and of the bench's puppets and prints, as the live check sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

from face.attack.bench import material_of
from face.attack.clips import read_clip, read_people
from face.attack.footage import Footage, footage_of, footage_of_photo
from face.attack.kinds import ATTACKS
from face.attack.pictures import Camera, rendered
from face.attack.scene import Material, ShownPrompt
from face.liveness.frame import AnalysedFrame, analyse
from face.liveness.head_pose import PoseChange, averted, neutral_pose, pose_change
from face.liveness.movements import LEAST_RIGID, MOVEMENTS, MOVES, Action, Kind, extents
from face.liveness.risk.cues import Unexplained, unexplained
from face.liveness.risk.view import view_of
from face.media.frames import read_small
from face.models.pack import Pack
from tests.support.faces.head_model import seeded_random

KINDS = {
    "photo_turned": "print",
    "photo_bent": "print",
    "photo_bent_near": "print",
    "screen": "print",
    "eyes_cut_out": "print",
    "puppet": "puppet",
    "puppet_on_screen": "puppet",
    "puppet_of_clip": "puppet",
    "face_swap": "swap",
}
"""Attacks used in the fit, and their families."""
CAMERAS, PAIRS, ATTEMPTS = 6, 14, 1500
"""Bench cameras per clip, pairs taken with each, and draws of two frames to find them."""
LONGEST = 8.0
"""Seconds between the two frames of a pair."""
LEAST_REAL, LEAST_ATTACK, MOST = 0.9, 0.8, 2.2
"""Extents of a movement; an attack's may be smaller, since a photo is read as moving less."""
MOST_SCALED = 0.15
"""Maximum change of size during a turn or a nod."""


@dataclass(frozen=True, slots=True)
class MeasuredMovement:
    """One movement: the person's clip or the attack, the photo of an attack, its kind, and what was left."""

    source: str
    photo: int | None
    kind: Kind
    left: Unexplained

    @property
    def is_real(self) -> bool:
        """Whether a filmed person made it."""
        return self.photo is None


def _kind_of(change: PoseChange, least: float) -> Kind | None:
    made = extents(change)
    most = max(made, key=made.__getitem__)
    kind = MOVEMENTS.of(most).kind
    is_clear = least <= made[most] <= MOST and change.rigid > LEAST_RIGID
    return kind if is_clear and kind is not Kind.DISTANCE else None


def _compared(pack: Pack, rest: AnalysedFrame, moved: AnalysedFrame) -> Unexplained:
    assert rest.face is not None and moved.face is not None  # noqa: PT018 - both have a shape
    before = view_of(pack.mesh, rest.picture, rest.face)
    return unexplained(before, view_of(pack.mesh, moved.picture, moved.face, before.place))


def _seen(pack: Pack, jpeg: bytes) -> AnalysedFrame | None:
    picture = read_small(jpeg)
    if isinstance(picture, str):
        return None
    frame = analyse(pack, picture, 1.0)
    return frame if frame.seen.shape is not None else None


# ---- people


def movements_of_people(pack: Pack, clips: Sequence[Path]) -> Iterator[MeasuredMovement]:
    """Yield movements between frames of each clip, through several cameras."""
    for clip in clips:
        film = read_clip(clip)
        footage = None if film is None else footage_of(pack, film)
        if footage is not None:
            for number in range(CAMERAS):
                yield from _of_person(pack, clip.name, footage, seeded_random(f"{clip.name}{number}"))


def _of_person(pack: Pack, name: str, footage: Footage, random: Random) -> Iterator[MeasuredMovement]:
    step, camera, found = max(1, round(footage.rate / 3)), Camera.drawn(random), 0
    taken = [
        _seen(pack, camera.taken(frame.picture)) for frame in footage.clip[random.randrange(step) :: step]
    ]
    shown = [(place * step / footage.rate, frame) for place, frame in enumerate(taken) if frame is not None]
    for _ in range(ATTEMPTS):
        (at, rest), (later, moved) = random.choice(shown), random.choice(shown)
        if rest is moved or abs(at - later) > LONGEST or averted(rest.seen.shape):
            continue
        change = pose_change(neutral_pose([rest.seen.shape]), moved.seen.shape)
        kind = _kind_of(change, LEAST_REAL)
        if kind is None or abs(change.scale - 1) > MOST_SCALED:
            continue
        yield MeasuredMovement(name, None, kind, _compared(pack, rest, moved))
        found += 1
        if found == PAIRS:
            return


# ---- attacks


def movements_of_attacks(
    pack: Pack, clips: Sequence[Path], people: Path, tries: int
) -> Iterator[MeasuredMovement]:
    """Yield the movements of each kind of attack, from the photos and the clips in turn."""
    materials = _materials(pack, clips, people)
    for attack in KINDS:
        for number in range(tries):
            photo, random = number % len(materials), seeded_random(f"{attack}{number}")
            yield from _of_attack(pack, attack, photo, materials[photo], random)


def _materials(pack: Pack, clips: Sequence[Path], people: Path) -> list[Material]:
    films = (film for clip in clips if (film := read_clip(clip)) is not None)
    filmed = (footage_of(pack, film) for film in films)
    photographed = (footage_of_photo(pack, photo) for photo in read_people(people))
    found = [footage for footage in chain(filmed, photographed) if footage is not None]
    return [material_of(pack, person, (found[place - 1],)) for place, person in enumerate(found)]


def _of_attack(
    pack: Pack, attack: str, photo: int, material: Material, random: Random
) -> Iterator[MeasuredMovement]:
    """Ask for each turn and nod once; take the first picture that shows a movement."""
    presentation, camera = ATTACKS[attack](material, random), Camera.drawn(random)
    prompts: list[ShownPrompt] = [(0.0, Action.CENTRE)]

    def shown(at: float) -> AnalysedFrame | None:
        return _seen(pack, camera.taken(rendered(presentation(prompts, at), at)))

    resting = [frame for at in (0.0, 0.2, 0.4) if (frame := shown(at)) is not None]
    if not resting:
        return
    neutral, at = neutral_pose([frame.seen.shape for frame in resting]), 1.0
    for action in MOVES[:4]:
        prompts.append((at, action))
        for _ in range(8):
            at += 0.4
            moved = shown(at)
            kind = None if moved is None else _kind_of(pose_change(neutral, moved.seen.shape), LEAST_ATTACK)
            if moved is not None and kind is not None:
                yield MeasuredMovement(attack, photo, kind, _compared(pack, resting[-1], moved))
                break
        prompts.append((at, Action.CENTRE))
        at += 2.5
        shown(at)
