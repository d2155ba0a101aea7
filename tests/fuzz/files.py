"""Sound files of untrusted kinds (pictures, clips, lists), their readers and tokens of their formats."""

import io
import tempfile
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from face import Reason
from face.media.frames import read_deciding, read_small
from face.media.images import read_image
from face.media.video import read_video
from storage.registry.file import open_registry_file
from storage.registry.importing.rejects import Rejected
from storage.registry.row import COLUMNS, RegistryRow
from storage.sheets.faults import BadFile
from tests.support.files.registry_files import GOOD, OLD_WORKBOOK, OTHER, TODAY, write_csv
from tests.support.files.workbooks import write_workbook


@cache
def noise_picture() -> Image.Image:
    noise = np.random.default_rng(1).integers(0, 256, (60, 80, 3), np.uint8)
    return Image.fromarray(cv2.resize(noise, (160, 120)))


def encoded_pictures(*kinds: str) -> list[bytes]:
    written = []
    for kind in kinds:
        name, _, flavour = kind.partition(" ")
        file = io.BytesIO()
        noise_picture().convert("P" if flavour == "palette" else "RGB").save(
            file, name, **({"progressive": True} if flavour == "progressive" else {})
        )
        written.append(file.getvalue())
    return written


def read_picture(data: bytes) -> None:
    read = read_image(data)
    assert isinstance(read, Reason) or read.shape[2] == 3


def read_frame(data: bytes) -> None:
    for reader in (read_small, read_deciding):
        read = reader(data)
        assert isinstance(read, Reason) or read.shape[2] == 3


def encoded_clips() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return [encoded_clip(Path(folder), *kind) for kind in (("mp4", "mp4v"), ("webm", "VP80"))]


def encoded_clip(folder: Path, ending: str, code: str) -> bytes:
    path = folder / f"clip.{ending}"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), 10, (64, 48))
    for shade in range(0, 240, 20):
        writer.write(np.full((48, 64, 3), shade, np.uint8))
    writer.release()
    return path.read_bytes()


def read_clip(data: bytes) -> None:
    read = read_video(data)
    assert isinstance(read, Reason) or all(one.shape[2] == 3 for one in read)


def registry_lists() -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            write_csv(folder / "a.csv", GOOD, OTHER),
            write_csv(folder / "b.csv", GOOD, encoding="gb18030", delimiter=";"),
            write_workbook(folder / "a.xlsx", [COLUMNS, GOOD, OTHER]),
        ]
        return [one.read_bytes() for one in (*files, OLD_WORKBOOK)]


def read_list(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            rows = list(open_registry_file(Path(file.name), TODAY).rows())
        except BadFile:
            return
    assert all(isinstance(row, RegistryRow | Rejected) for row in rows)


JPEG_WORDS = (
    b"\xff\xd8",
    b"\xff\xc0",
    b"\xff\xc2",
    b"\xff\xda",
    b"\xff\xdd",
    b"\xff\xd9",
    b"\xff\xe1Exif\x00\x00",
)


CLIP_WORDS = (b"moov", b"mdat", b"stsz", b"stco", b"\x1a\x45\xdf\xa3", b"ftyp")


CELLS = (
    b'"',
    b"\r\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"PK\x03\x04",
    b"<c t='s'>",
    b"<row r='99999999'>",
    b"\x00",
)


KINDS = ("JPEG", "JPEG progressive", "PNG", "PNG palette", "BMP")
