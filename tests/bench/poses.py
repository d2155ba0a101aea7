"""What decision 0014 rests on: how heads are held, and what movements, of heads and of photos, look like.

`python -m tests.bench.poses PEOPLE CLIP`, PEOPLE a folder with a subfolder of photos for each person.
"""

import math
import sys
from pathlib import Path
from random import Random

import numpy as np

from face.attack.clips import read_clip
from face.attack.footage import framed
from face.attack.pictures import Camera, rendered
from face.attack.scene import Scene
from face.attack.surface import Surface
from face.challenge import NODS, TURNS
from face.engine import load_pack
from face.frames import read_frame
from face.head import extents, lean, neutral_of, straight
from face.media import read_image
from face.values import Reason
from face.walk import WHOLE

RESTING = slice(0, 3)
"""The clip's first pictures look straight ahead."""


def told(name, values):
    """Write one line: the least, the middle and the largest."""
    least, middle, most = np.quantile(values, [0, 0.5, 1])
    sys.stdout.write(f"{name:28} {len(values):4}  {least:6.2f} {middle:6.2f} {most:6.2f}\n")


def people(frames):
    """Tell how heads are held."""
    poses = np.array([straight(frame.shape) for frame in frames])
    for name, degrees in zip(("yaw", "pitch", "roll"), poses.T, strict=True):
        told(name, degrees)


def movements(clip, others):
    """Tell how far movements go, and what they leave of the likeness to oneself and to strangers."""
    neutral = neutral_of([frame.shape for frame in clip[RESTING]])
    rest = np.sum([frame.vector for frame in clip[RESTING]], axis=0)
    rest /= np.linalg.norm(rest)
    leans = [lean(neutral, frame.shape) for frame in clip]
    for action in ("turn_left", "turn_right", "look_up", "look_down"):
        whole = [place for place, now in enumerate(leans) if extents(now)[action] >= WHOLE]
        told(f"{action}: extent", [extents(leans[place])[action] for place in whole])
        told(f"{action}: like oneself", [clip[place].vector @ rest for place in whole])
        told(
            f"{action}: like strangers",
            [clip[place].vector @ other.vector for place in whole for other in others],
        )
        told(f"{action}: rigid", [leans[place].rigid for place in whole])
        told(f"{action}: misfit", [leans[place].misfit for place in whole])


def sheets(pack, still):
    """Tell how often a photo held at 20 to 60 degrees is read as a whole movement, and as a head's."""
    for radius in (math.inf, 4.0, 2.0, 1.2):
        neutral = neutral_of([held(pack, still, Surface(radius=radius), seed).shape for seed in range(5)])
        for kind, actions in (("turn", TURNS), ("nod", NODS)):
            ways = [sign * degrees for degrees in range(20, 61, 5) for sign in (1, -1)]
            surfaces = [
                Surface(yaw=way, radius=radius) if kind == "turn" else Surface(pitch=way, radius=radius)
                for way in ways
            ]
            frames = [held(pack, still, surface, seed) for surface in surfaces for seed in range(10, 14)]
            leans = [lean(neutral, frame.shape) for frame in frames if frame.shape is not None]
            whole = [now for now in leans if max(extents(now)[action] for action in actions) >= WHOLE]
            solid = sum(now.solid for now in whole)
            name = "flat" if radius == math.inf else f"bent round {radius}"
            sys.stdout.write(f"{name}, {kind}: {len(whole)} of {len(leans)} whole, {solid} of a head\n")


def held(pack, still, surface, seed):
    """Look at a photo of `still` through some camera."""
    camera = Camera.drawn(Random(seed))  # noqa: S311 - a bench's chance, no secret
    jpeg = camera.taken(rendered(Scene(still, surface=surface), 0.0))
    return framed(pack, read_frame(jpeg))


def main():
    """Measure the photos and the clip that the command line names."""
    pack = load_pack("opencv-zoo")
    found = [read_image(path.read_bytes()) for path in sorted(Path(sys.argv[1]).glob("*/*.jpg"))]
    photos = [framed(pack, photo) for photo in found if not isinstance(photo, Reason)]
    clip = [framed(pack, picture) for picture in read_clip(Path(sys.argv[2])).frames]
    others, seen = ([one for one in frames if one.vector is not None] for frames in (photos, clip))
    people(others)
    movements(seen, others)
    sheets(pack, seen[0])


if __name__ == "__main__":
    main()
