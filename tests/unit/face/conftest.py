from pathlib import Path

import cv2
import insightface
import numpy as np
import pytest
import skimage

from face import Checker
from face.attack.bench import material_of
from face.attack.clips import packaged_people
from face.attack.footage import footage_of_photo
from face.media.images import read_image
from tests.support.captures.capture_service import STRANGER, shared_checker
from tests.support.faces.caching_pack import fresh_pack


def jpeg(picture):
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


def enlarged(picture, times):
    return cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)


@pytest.fixture(scope="session")
def fresh_checker():
    """Return a checker without a cache, for tests of repetition and of threads."""
    return Checker(fresh_pack())


@pytest.fixture(scope="session")
def checker():
    return shared_checker()


@pytest.fixture(scope="session")
def pack(checker):
    return checker._pack


@pytest.fixture(scope="session")
def person(pack):
    """Model the astronaut as the attack bench does."""
    return footage_of_photo(pack, packaged_people()[0])


@pytest.fixture(scope="session")
def other(pack):
    """Model somebody else."""
    return footage_of_photo(pack, read_image(STRANGER))


@pytest.fixture(scope="session")
def material(pack, person, other):
    return material_of(pack, person, (other,))


@pytest.fixture(scope="session")
def astronaut():
    return np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])


@pytest.fixture(scope="session")
def template(checker, astronaut):
    return checker.enrol(jpeg(astronaut)).template


@pytest.fixture(scope="session")
def selfie(astronaut):
    """Frame the astronaut as a phone does: 960 × 900, the face near the middle."""
    return enlarged(astronaut[:300, 60:380], 3)


@pytest.fixture(scope="session")
def group():
    return cv2.imread(str(Path(insightface.__file__).parent / "data/images/t1.jpg"))


@pytest.fixture(scope="session")
def strangers(checker, group):
    """Frame four people of a group photo as selfies."""
    faces = checker._pack.detector.detect(group)
    assert len(faces) == 6
    return [enlarged(around(group, faces[place]), 4) for place in (0, 1, 2, 4)]


@pytest.fixture(scope="session")
def turned(checker, group):
    """Frame a person who looks some 45 degrees to the side."""
    return enlarged(around(group, checker._pack.detector.detect(group)[3]), 4)


def around(picture, face):
    across, down = round(face.left + face.width / 2), round(face.top + face.height / 2)
    reach = round(face.width)
    top, left = max(0, down - reach), max(0, across - reach)
    return picture[top : down + reach, left : across + reach]


@pytest.fixture
def film(tmp_path):
    """Write frames as a clip and return its bytes."""

    def write(frames, rate=10, kind="mp4"):
        path = tmp_path / f"clip.{kind}"
        height, width = frames[0].shape[:2]
        code = {"mp4": "mp4v", "mov": "mp4v", "webm": "VP80"}[kind]
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*code), rate, (width, height))
        for frame in frames:
            writer.write(frame)
        writer.release()
        return path.read_bytes()

    return write
