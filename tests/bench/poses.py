"""Prints how people hold their heads in photos: `python -m tests.bench.poses FOLDER`, a subfolder a person."""

import sys
from pathlib import Path

import numpy as np

from face.engine import load_pack
from face.head import pose_of
from face.media import read_image
from face.quality import main_face
from face.values import Reason


def poses(folder):
    """Give yaw, pitch and roll (degrees) of the main face of each photo that shows one."""
    detector = load_pack("opencv-zoo").detector
    for path in sorted(folder.glob("*/*.jpg")):
        picture = read_image(path.read_bytes())
        faces = () if isinstance(picture, Reason) else detector.detect(picture)
        if faces:
            pose = pose_of(main_face(faces).points.astype(np.float64))
            yield pose.yaw, pose.pitch, pose.roll


def main():
    """Print the least, the middle and the largest of each."""
    found = np.array(list(poses(Path(sys.argv[1]))))
    print(f"{len(found)} faces")
    for name, column in zip(("yaw", "pitch", "roll"), found.T, strict=True):
        least, middle, most = np.quantile(column, [0, 0.5, 1])
        print(f"{name:6} {least:6.2f} {middle:6.2f} {most:6.2f}")


if __name__ == "__main__":
    main()
