"""Reads the input of the bench: clips of a turning head, frame by frame, and photos of other people.

These are the operator's own files, read once in the terminal. Uploads go through `face.media`.
"""

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from PIL import Image, ImageSequence

from face.media.images import read_image, shrunk
from face.media.video import known_kind
from face.models.model_files import packaged
from face.values import Picture

MOST_FRAMES = 400
MOST_PHOTOS = 6
"""Maximum number of photos of other people, or of one person; each costs a second."""
CLIP_SIDE = 960
GIF_SECONDS = 0.1
"""Seconds per frame in most viewers, for a GIF without a rate."""
_PHOTOS = {".jpg", ".jpeg", ".png"}


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """The frames of a clip in order, `rate` of them per second.

    Photos of one person have the rate 0; the first is the enrolled one.
    """

    frames: tuple[Picture, ...] = field(repr=False)
    rate: float


def read_clip(path: Path) -> Clip | None:
    """Read a GIF, MP4, MOV or WebM, or a folder with photos of one person; None for anything else."""
    try:
        if path.is_dir():
            return _album(path)
        return _gif(path) if path.suffix.lower() == ".gif" else _video(path)
    except (OSError, SyntaxError, ValueError, cv2.error):
        return None


def _album(folder: Path) -> Clip | None:
    photos = [read_image(path.read_bytes()) for path in _photos(folder)[:MOST_PHOTOS]]
    pictures = tuple(photo for photo in photos if isinstance(photo, np.ndarray))
    return Clip(pictures, 0.0) if pictures else None


def _gif(path: Path) -> Clip | None:
    with Image.open(path, formats=("GIF",)) as image:
        pace: list[float] = []
        frames: list[Picture] = []
        for frame in islice(ImageSequence.Iterator(image), MOST_FRAMES):
            pace.append(frame.info.get("duration", 0) / 1000 or GIF_SECONDS)
            frames.append(shrunk(np.asarray(frame.convert("RGB"))[:, :, ::-1], CLIP_SIDE))
    return Clip(tuple(frames), 1 / median(pace)) if frames else None


def _video(path: Path) -> Clip | None:
    with path.open("rb") as file:
        if not known_kind(file.read(64)):
            return None
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    frames: list[Picture] = []
    try:
        rate = capture.get(cv2.CAP_PROP_FPS)
        while len(frames) < MOST_FRAMES and (read := capture.read())[0]:
            frames.append(shrunk(np.asarray(read[1], np.uint8), CLIP_SIDE))
    finally:
        capture.release()
    return Clip(tuple(frames), rate if 1 <= rate <= 120 else 30.0) if frames else None


def read_people(folder: Path) -> tuple[Picture, ...]:
    """Read one photo of each subfolder (one person each), else each photo of the folder itself."""
    persons = sorted(path for path in folder.iterdir() if path.is_dir())
    firsts = [next(iter(_photos(person)), None) for person in persons] or _photos(folder)
    pictures = (read_image(path.read_bytes()) for path in firsts[:MOST_PHOTOS] if path is not None)
    return tuple(picture for picture in pictures if isinstance(picture, np.ndarray))


def _photos(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _PHOTOS)


def packaged_people() -> tuple[Picture, Picture]:
    """Return the photos packaged with the libraries: one person (scikit-image) and a group (insightface)."""
    from skimage import data  # noqa: PLC0415 - 0.4 s, only where it is used

    one: Picture = np.ascontiguousarray(data.astronaut()[0:330, 80:370, ::-1])
    many = cv2.imread(str(packaged("insightface", "data/images/t1.jpg")))
    return one, np.asarray(many, np.uint8)
