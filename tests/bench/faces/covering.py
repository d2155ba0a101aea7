"""`python -m tests.bench.faces.covering FOLDER`: how often bare faces are called covered, and covers missed.

FOLDER holds photos and clips of uncovered people, at any depth. Every tenth frame of a clip counts.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from face import load_pack
from face.media.images import shrunk
from face.models.alignment import align
from face.models.covering import is_covered
from face.models.pack import Pack
from face.quality import main_face
from face.values import Picture
from tests.support.faces.covers import COVERS, draw_cover

CLIPS = {".mp4", ".gif", ".webm", ".mov"}
EVERY = 10


def pictures(folder: Path) -> Iterator[tuple[bool, Picture]]:
    """Yield whether the picture is from a clip, and the picture."""
    for file in sorted(folder.rglob("*.*")):
        is_clip = file.suffix in CLIPS
        if not is_clip and file.suffix != ".jpg":
            continue
        frames, number = cv2.VideoCapture(str(file)), 0
        while frames.grab():
            if number % EVERY == 0:
                yield is_clip, shrunk(frames.retrieve()[1])
            number += 1


def judge_main_face(pack: Pack, picture: Picture) -> bool | None:
    """Judge the main face; None if no face is certain enough to be compared."""
    faces = pack.detector.detect(picture)
    if not faces or main_face(faces).score < pack.sure:
        return None
    crop = align(picture, main_face(faces).points)
    return is_covered(pack, crop, pack.embedder.embed(crop))


def table_row(name: str, verdicts: list[bool | None]) -> str:
    """Write one line of the table."""
    found = [verdict for verdict in verdicts if verdict is not None]
    unsure = len(verdicts) - len(found)
    return f"{name:24} {sum(found):4} of {len(found):4} called covered; no sure face in {unsure}\n"


def main(folder: Path) -> None:
    """Print the table."""
    pack, bare, hidden = load_pack("opencv-zoo"), {False: [], True: []}, {name: [] for name in COVERS}
    for is_clip, picture in pictures(folder):
        verdict = judge_main_face(pack, picture)
        bare[is_clip].append(verdict)
        if verdict is None or is_clip:
            continue
        for name, colour in COVERS.items():
            hidden[name].append(judge_main_face(pack, draw_cover(np.ascontiguousarray(picture), colour)))
    lines = [table_row("bare, photos", bare[False]), table_row("bare, frames of clips", bare[True])]
    sys.stdout.writelines([*lines, *(table_row(name, verdicts) for name, verdicts in hidden.items())])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
