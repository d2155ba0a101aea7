"""What decision 0013 rests on: how heads are held in photos, and what a clip's movements make of a face.

`python -m tests.bench.poses PEOPLE CLIP`, PEOPLE a folder with a subfolder of photos for each person.
"""

import sys
from pathlib import Path

import numpy as np

from face.attack.clips import read_clip
from face.attack.footage import framed
from face.engine import load_pack
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


def main():
    """Measure the photos and the clip that the command line names."""
    pack = load_pack("opencv-zoo")
    found = [read_image(path.read_bytes()) for path in sorted(Path(sys.argv[1]).glob("*/*.jpg"))]
    photos = [framed(pack, photo) for photo in found if not isinstance(photo, Reason)]
    clip = [framed(pack, picture) for picture in read_clip(Path(sys.argv[2])).frames]
    others, seen = ([one for one in frames if one.vector is not None] for frames in (photos, clip))
    people(others)
    movements(seen, others)


if __name__ == "__main__":
    main()
