"""Sorts a clip or a photo of one person into footage: rests, movements and the full clip, measured once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from face.attack.clips import Clip
from face.attack.filmed.frame import Frame
from face.attack.filmed.sorting import MIXED, ROTATIONS, SortedClip, sorted_clip
from face.attack.relief import Relief
from face.liveness.head_pose import Neutral, averted, neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, Action, extents
from face.liveness.observation import Box
from face.media.frames import GUIDING_SIDE
from face.media.images import shrunk
from face.models.alignment import align
from face.models.mesh import Points, Shape, five_of, shape_of
from face.models.pack import Pack
from face.quality import main_face
from face.values import Face, Picture, Vector

SIDE = 480
"""Side in pixels of the bench's frames, which are square."""
ROOM = 2.7
"""Side of a frame in face widths, as of a phone at arm's length."""
PLAIN = 1.3
"""Extent that a modelled movement reaches, so that it counts in spite of camera noise."""
_PHASES = 6
_DEGREES = tuple(range(12, 60, 4))


@dataclass(frozen=True, slots=True, eq=False)
class Footage:
    """All frames of a person: `moves` go from rest to the full movement; coming closer is made from a rest.

    `clip` holds all frames in order, `rate` per second. `template` is the unit vector of a rest that is shown
    nowhere else. `modelled` names the movements that the clip lacked and a relief replaces.
    """

    clip: tuple[Frame, ...] = field(repr=False)
    rate: float
    rests: tuple[Frame, ...] = field(repr=False)
    moves: Mapping[Action, tuple[Frame, ...]] = field(repr=False)
    template: Vector = field(repr=False)
    modelled: tuple[Action, ...] = ()

    def seconds(self, action: Action) -> float | None:
        """Return how long the person takes for a movement in the clip; None if the clip lacks it."""
        filmed = action in self.moves and action not in self.modelled
        return len(self.moves[action]) / self.rate if filmed else None


def framed(pack: Pack, picture: Picture) -> Frame:
    """Measure a picture as the live check does: the shape at guiding size, the embedding by its points."""
    found = _guided(pack, picture)
    if found is None:
        return Frame(picture, None, None, None)
    points, box = found
    shape = shape_of(points)
    return Frame(picture, shape, box, _vector(pack, picture, shape), points)


def _guided(pack: Pack, picture: Picture) -> tuple[Points, Box] | None:
    """Find the mesh and the box of the main face at guiding size; both are in pixels of the picture."""
    small = shrunk(picture, GUIDING_SIDE)
    faces = pack.guiding.detect(small)
    if not faces:
        return None
    face, scale = main_face(faces), picture.shape[1] / small.shape[1]
    box = (face.left * scale, face.top * scale, face.width * scale, face.height * scale)
    return pack.mesh.points(small, face) * scale, box


def _vector(pack: Pack, picture: Picture, shape: Shape) -> Vector:
    return pack.embedder.embed(align(picture, five_of(shape).astype(np.float32)))


# ---- from a clip


def footage_of(pack: Pack, film: Clip) -> Footage | None:
    """Sort a clip of one person into rests and movements; None if no face rests before the camera."""
    if not film.rate:
        return footage_of_photos(pack, film.frames)
    found = [faces for picture in film.frames if (faces := pack.detector.detect(picture))]
    if not found:
        return None
    window = _window([main_face(faces) for faces in found])
    clip = tuple(framed(pack, _cut(picture, window)) for picture in film.frames)
    seen = sorted_clip(clip)
    return None if seen is None else _assembled(pack, clip, film.rate, seen)


def _window(faces: Sequence[Face]) -> tuple[float, float, float]:
    """Return centre and side of the part that a phone would show: the face's median place, with a margin."""
    places = [(face.left + face.width / 2, face.top + face.height / 2, face.width * ROOM) for face in faces]
    across, down, side = np.median(np.array(places), axis=0)
    return float(across), float(down), float(side)


def _cut(picture: Picture, window: tuple[float, float, float]) -> Picture:
    across, down, side = window
    scale = SIDE / side
    form = np.array([[scale, 0, SIDE / 2 - scale * across], [0, scale, SIDE / 2 - scale * down]])
    method = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    cut: Picture = cv2.warpAffine(picture, form, (SIDE, SIDE), flags=method, borderMode=cv2.BORDER_REPLICATE)
    return cut


def _assembled(pack: Pack, clip: tuple[Frame, ...], rate: float, seen: SortedClip) -> Footage:
    modelled = _modelled(pack, seen.rests[0], seen.missing)
    # The last rest is furthest in time from most others, so it is closest to a photo of another day.
    template = seen.rests[-1].vector if seen.rests[-1].vector is not None else np.zeros(1, np.float32)
    return Footage(clip, rate, seen.rests[:-1], {**modelled, **seen.moves}, template, seen.missing)


# ---- from a photo


def footage_of_photo(pack: Pack, picture: Picture) -> Footage | None:
    """Model a turning head from the main face of a photo; None if there is none."""
    faces = pack.detector.detect(picture)
    return footage_of_face(pack, picture, main_face(faces)) if faces else None


def footage_of_photos(pack: Pack, pictures: Sequence[Picture]) -> Footage | None:
    """Take the template from the first photo of a person, and everything that is shown from the others."""
    made = [footage for picture in pictures if (footage := footage_of_photo(pack, picture)) is not None]
    if not made:
        return None
    shown = made[1:] or made
    rests = tuple(rest for footage in shown for rest in footage.rests)
    return replace(shown[0], rests=rests, template=made[0].template)


def footage_of_face(pack: Pack, picture: Picture, face: Face) -> Footage | None:
    """Model a turning head from one face of a photo; its clip shows all movements, with rests between."""
    still = framed(pack, _cut(picture, _window([face])))
    if still.shape is None or still.vector is None or averted(still.shape):
        return None
    moves = _modelled(pack, still, ROTATIONS)
    parts = [(still,) * 4 + frames + frames[::-1] for frames in moves.values()]
    clip = tuple(frame for part in parts for frame in part)
    return Footage(clip, 10.0, (still,), moves, still.vector, tuple(moves))


def _modelled(pack: Pack, still: Frame, actions: Sequence[Action]) -> dict[Action, tuple[Frame, ...]]:
    if still.shape is None:
        return {}
    relief, neutral = Relief(still.picture, five_of(still.shape)), neutral_pose([still.shape])
    return {action: (still, *_leaning(pack, relief, neutral, action)) for action in actions}


def _leaning(pack: Pack, relief: Relief, neutral: Neutral, action: Action) -> Iterator[Frame]:
    """Turn a relief until the movement is clear, or as clear as it gets; yield the phases after the rest."""
    sideways, upwards, _ = MOVEMENTS.of(action).direction

    def at(degrees: float) -> Picture:
        """Return the picture after a turn of `degrees`."""
        return relief.turned(sideways * degrees, upwards * degrees)

    made: dict[int, float] = {}
    for degrees in _DEGREES:
        made[degrees] = _plain(neutral, _guided(pack, at(degrees)), action)
        if made[degrees] >= PLAIN:
            break
    furthest = max(made, key=made.__getitem__)
    return (framed(pack, at(part * furthest)) for part in np.linspace(0, 1, _PHASES)[1:])


def _plain(neutral: Neutral, found: tuple[Points, Box] | None, action: Action) -> float:
    """Return the extent of a movement, 0 if another one spoils it."""
    if found is None:
        return 0.0
    extent = extents(pose_change(neutral, shape_of(found[0])))
    made = extent.pop(action)
    return made if max(extent.values()) < MIXED else 0.0


# ---- changed


def remade(pack: Pack, footage: Footage, change: Callable[[Picture], Picture]) -> Footage:
    """Change every picture and measure it again; the template stays."""
    seen: dict[int, Frame] = {}

    def anew(frames: Sequence[Frame]) -> tuple[Frame, ...]:
        """Change each frame once, however often the footage shows it."""
        for frame in frames:
            if id(frame) not in seen:
                seen[id(frame)] = framed(pack, change(frame.picture))
        return tuple(seen[id(frame)] for frame in frames)

    moves = {action: anew(frames) for action, frames in footage.moves.items()}
    return Footage(anew(footage.clip), footage.rate, anew(footage.rests), moves, footage.template)


def mirrored(picture: Picture) -> Picture:
    """Swap left and right, as the preview of a phone does."""
    return np.ascontiguousarray(picture[:, ::-1])


def without_eyes(still: Frame) -> Picture:
    """Replace the eyes of a photo by dark holes, as in a mask."""
    holed = still.picture.copy()
    if still.shape is not None:
        left, right = five_of(still.shape)[:2]
        reach = float(np.linalg.norm(right - left))
        for eye in (left, right):
            axes = (round(0.3 * reach), round(0.16 * reach))
            cv2.ellipse(holed, (round(eye[0]), round(eye[1])), axes, 0, 0, 360, (24, 26, 30), -1, cv2.LINE_AA)
    return holed
