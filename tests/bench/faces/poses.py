"""Measures the evidence of decision 0014: how heads are held, how heads and photos move, which points work.

Run `python -m tests.bench.faces.poses PEOPLE CLIP`; PEOPLE is a folder with a subfolder of photos per person.
"""

import math
import sys
from pathlib import Path
from random import Random

import numpy as np

from face.attack import footage
from face.attack.clips import read_clip
from face.attack.footage import framed
from face.attack.pictures import Camera, rendered
from face.attack.scene import Scene
from face.attack.surface import Surface
from face.liveness.bounds import GUIDED
from face.liveness.head_pose import camera_pose, neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, NODS, TURNS, extents
from face.media.frames import GUIDING_SIDE, read_deciding
from face.media.images import read_image, shrunk
from face.models.alignment import align
from face.models.mesh import five_of
from face.models.pack_loader import load_pack
from face.quality import ENROLMENT, main_face
from face.values import Reason

WAYS = ("detector at 320", "mesh at 320", "found anew at 480")
RESTING = slice(0, 3)
"""The first pictures of the clip, which look straight ahead."""


def write_line(name, values):
    """Write one line: the count, the minimum, the median and the maximum."""
    least, middle, most = np.quantile(values, [0, 0.5, 1])
    sys.stdout.write(f"{name:28} {len(values):4}  {least:6.2f} {middle:6.2f} {most:6.2f}\n")


def report_people(frames):
    """Report how heads are held."""
    poses = np.array([camera_pose(frame.shape) for frame in frames])
    for name, degrees in zip(("yaw", "pitch", "roll"), poses.T, strict=True):
        write_line(name, degrees)


def report_movements(clip, others):
    """Report how far movements go, and the similarity of moved heads to the person and to strangers."""
    neutral = neutral_pose([frame.shape for frame in clip[RESTING]])
    rest = np.sum([frame.vector for frame in clip[RESTING]], axis=0)
    rest /= np.linalg.norm(rest)
    leans = [pose_change(neutral, frame.shape) for frame in clip]
    for action in (*TURNS, *NODS):
        whole = [place for place, now in enumerate(leans) if extents(now)[action] >= GUIDED.whole]
        write_line(f"{action}: extent", [extents(leans[place])[action] for place in whole])
        write_line(f"{action}: like oneself", [clip[place].vector @ rest for place in whole])
        write_line(
            f"{action}: like strangers",
            [clip[place].vector @ other.vector for place in whole for other in others],
        )
        write_line(f"{action}: rigid", [leans[place].rigid for place in whole])
        write_line(f"{action}: misfit", [leans[place].misfit for place in whole])


def report_photos(pack, still):
    """Report how often a photo held at 20 to 60 degrees counts as a full movement, and as a head's."""
    for radius in (math.inf, 4.0, 2.0, 1.2):
        neutral = neutral_pose(
            [film_photo(pack, still, Surface(radius=radius), seed).shape for seed in range(5)]
        )
        for kind, actions in (("turn", TURNS), ("nod", NODS)):
            ways = [sign * degrees for degrees in range(20, 61, 5) for sign in (1, -1)]
            surfaces = [
                Surface(yaw=way, radius=radius) if kind == "turn" else Surface(pitch=way, radius=radius)
                for way in ways
            ]
            frames = [
                film_photo(pack, still, surface, seed) for surface in surfaces for seed in range(10, 14)
            ]
            leans = [pose_change(neutral, frame.shape) for frame in frames if frame.shape is not None]
            whole = [now for now in leans if max(extents(now)[action] for action in actions) >= GUIDED.whole]
            rows = [MOVEMENTS.of(action) for action in actions]
            solid = sum(any(row.is_of_head(now) and row.extent(now) >= 1 for row in rows) for now in whole)
            name = "flat" if radius == math.inf else f"bent round {radius}"
            sys.stdout.write(f"{name}, {kind}: {len(whole)} of {len(leans)} whole, {solid} of a head\n")


def report_points(pack, clip, people):
    """Report the similarities for different ways of finding the points of a face."""
    moved, own = _by_way(pack, [frame.picture for frame in clip[RESTING.stop :]]), clip[0].vector
    phone = _by_way(pack, [picture for _, picture in people])
    names = np.array([name for name, _ in people])
    same = names[:, None] == names
    np.fill_diagonal(same, val=False)
    for way in WAYS:
        write_line(f"{way}: clip like its rest", moved[way] @ own)
        alike = phone[way] @ phone["found anew at 480"].T
        write_line(f"{way}: photos of one", alike[same])
        write_line(f"{way}: of two", alike[names[:, None] != names])


def _by_way(pack, pictures):
    vectors = {way: [] for way in WAYS}
    for picture in pictures:
        small = shrunk(picture, GUIDING_SIDE)
        face, scale = main_face(pack.guiding.detect(small)), picture.shape[0] / small.shape[0]
        found = main_face(pack.detector.detect(picture)).points
        mesh = five_of(pack.mesh.shape(small, face))
        for way, five in zip(WAYS, (face.points * scale, mesh * scale, found), strict=True):
            vectors[way].append(pack.embedder.embed(align(picture, five.astype(np.float32))))
    return {way: np.array(found) for way, found in vectors.items()}


def crop_for_phones(pack, folder):
    """Cut each photo that enrolment accepts to the view of a phone; return (name, picture)."""
    shown = []
    for path in sorted(folder.glob("*/*.jpg")):
        photo = read_image(path.read_bytes())
        faces = () if isinstance(photo, Reason) else pack.detector.detect(photo)
        if faces and sum(face.width >= ENROLMENT.rival * main_face(faces).width for face in faces) == 1:
            shown.append((path.parent.name, footage._cut(photo, footage._window([main_face(faces)]))))
    return shown


def film_photo(pack, still, surface, seed):
    """Measure a photo of `still` through a random camera."""
    camera = Camera.drawn(Random(seed))  # noqa: S311 - a bench's chance, no secret
    jpeg = camera.taken(rendered(Scene(still, surface=surface), 0.0))
    return framed(pack, read_deciding(jpeg))


def main():
    """Measure the photos and the clip that the command line names."""
    pack = load_pack("opencv-zoo")
    found = [read_image(path.read_bytes()) for path in sorted(Path(sys.argv[1]).glob("*/*.jpg"))]
    photos = [framed(pack, photo) for photo in found if not isinstance(photo, Reason)]
    clip = [framed(pack, picture) for picture in read_clip(Path(sys.argv[2])).frames]
    others, seen = ([one for one in frames if one.vector is not None] for frames in (photos, clip))
    report_people(others)
    report_movements(seen, others)
    report_photos(pack, seen[0])
    report_points(pack, seen, crop_for_phones(pack, Path(sys.argv[1])))


if __name__ == "__main__":
    main()
