"""Uploads that can be checked, and the reasons for all others."""

import functools
import io
import random
import struct
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image

from face import Outcome, Reason
from face.media.images import read_image

pytestmark = pytest.mark.slow


def encoded(image, kind, **options):
    """Save a picture; a PNG with the least compression, which takes a third of the time."""
    out = io.BytesIO()
    image.save(out, kind, **({"compress_level": 1} if kind == "PNG" else {}), **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def photo(selfie):
    return Image.fromarray(np.ascontiguousarray(selfie[:, :, ::-1]))


def png_claiming(width, height):
    """Make a PNG of a few bytes whose header claims a huge picture."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = [
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (header, data)
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture(scope="module")
def huge(photo):
    """Return the photo as a JPEG of 48 megapixels, of either kind; each takes half a second to make."""
    large = photo.resize((8000, 6000))
    return functools.cache(
        lambda *, progressive=False: encoded(large, "JPEG", quality=30, progressive=progressive)
    )


GOOD = {
    "jpeg": lambda photo: encoded(photo, "JPEG"),
    "progressive": lambda photo: encoded(photo, "JPEG", progressive=True),
    "cmyk": lambda photo: encoded(photo.convert("CMYK"), "JPEG"),
    "grey": lambda photo: encoded(photo.convert("L"), "JPEG"),
    "png": lambda photo: encoded(photo, "PNG"),
    "palette": lambda photo: encoded(photo.quantize(256), "PNG"),
    "alpha": lambda photo: encoded(photo.convert("RGBA"), "PNG"),
    "16 bit": lambda photo: encoded(
        Image.fromarray(np.asarray(photo.convert("L")).astype(np.uint16) * 257), "PNG"
    ),
    "bmp": lambda photo: encoded(photo, "BMP"),
}


@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD.keys())
def test_every_common_image_format_can_be_checked(checker, template, photo, make):
    assert checker.check_image(make(photo), template).outcome is Outcome.PASSED


@pytest.mark.parametrize("missing", [1, 2, 3, 40])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_without_its_last_bytes_is_accepted(checker, template, photo, missing, progressive):
    cut = encoded(photo, "JPEG", progressive=progressive)[:-missing]
    assert checker.enrol(cut).reason is Reason.OK
    assert checker.check_image(cut, template).outcome is Outcome.PASSED


def test_jpeg_with_missing_pixels_is_logged(photo, caplog):
    read_image(encoded(photo, "JPEG")[:-40])
    assert caplog.messages == ["a JPEG without its end was decoded"]


def test_stamp_sized_bmp_portrait_is_enrolled(checker, astronaut):
    stamp = Image.fromarray(np.ascontiguousarray(astronaut[20:272, 100:304, ::-1])).resize((102, 126))
    assert checker.enrol(encoded(stamp, "BMP")).reason is Reason.OK


@pytest.mark.parametrize("mode", ["L", "1", "P"])
def test_bmp_without_colours_is_decoded(mode):
    assert (read_image(encoded(Image.new(mode, (102, 126), "white"), "BMP")) == 255).all()


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_of_48_megapixels_can_be_checked(checker, template, huge, progressive):
    assert checker.check_image(huge(progressive=progressive), template).outcome is Outcome.PASSED


def test_large_jpeg_is_decoded_at_reduced_size(huge):
    assert read_image(huge()).shape == (960, 1280, 3)
    assert len(huge()) < 1_000_000


TURNS = {3: 180, 6: 90, 8: 270}


@pytest.mark.parametrize("orientation", TURNS)
def test_exif_orientation_is_applied(checker, template, photo, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    sideways = photo.rotate(TURNS[orientation], expand=True)
    assert checker.check_image(encoded(sideways, "JPEG"), template).outcome is Outcome.RETRY
    assert checker.check_image(encoded(sideways, "JPEG", exif=exif), template).outcome is Outcome.PASSED


@pytest.mark.parametrize("orientation", range(2, 9))
def test_all_exif_orientations_agree_with_pillow(orientation):
    from PIL import ImageOps  # noqa: PLC0415 - the oracle of this test alone

    picture = Image.fromarray(np.arange(24, dtype=np.uint8).reshape(2, 4, 3) * 10)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(picture, "PNG", exif=exif)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert np.array_equal(read_image(data)[:, :, ::-1], expected)


def test_transparent_pixels_become_white():
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    assert (read_image(encoded(clear, "PNG")) == 255).all()


def test_large_picture_is_scaled_down_with_its_aspect_ratio(photo):
    assert read_image(encoded(photo.resize((4000, 3000)), "JPEG")).shape == (960, 1280, 3)


BAD = {
    "nothing": lambda _: b"",
    "text": lambda _: b"<html>not a picture</html>",
    "gif": lambda photo: encoded(photo, "GIF"),
    "webp": lambda photo: encoded(photo, "WEBP"),
    "bmp's first letters": lambda _: b"BM",
    "bmp of nonsense": lambda _: b"BM" + b"\xff" * 200,
    "bmp's first half": lambda photo: encoded(photo, "BMP")[:1_000_000],
    "animated png": lambda photo: encoded(photo, "PNG", save_all=True, append_images=[photo.rotate(9)]),
    "cut jpeg": lambda photo: encoded(photo, "JPEG")[:-8000],
    "jpeg of one colour, cut": lambda _: encoded(Image.new("RGB", (640, 480), "white"), "JPEG")[:-2],
    "jpeg's first bytes": lambda photo: encoded(photo, "JPEG")[:20],
    "cut png": lambda photo: encoded(photo, "PNG")[:-5000],
    "png's first bytes": lambda photo: encoded(photo, "PNG")[:30],
    "png without its data": lambda _: png_claiming(640, 480),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD.keys())
def test_file_that_is_not_a_picture_is_bad_media(checker, template, photo, make):
    data = make(photo)
    verdict = checker.check_image(data, template)
    assert (verdict.outcome, verdict.reason, verdict.quality) == (Outcome.RETRY, Reason.BAD_MEDIA, None)
    assert checker.enrol(data).reason is Reason.BAD_MEDIA


LARGE = {
    "a jpeg over 51 megapixels": lambda: encoded(Image.new("L", (8600, 6000)), "JPEG"),
    "over 40 megapixels": lambda: encoded(Image.new("L", (8000, 6000)), "PNG"),
    "a bitmap over 40 megapixels": lambda: encoded(Image.new("1", (10_000, 5_000)), "BMP"),
    "a decompression warning": lambda: png_claiming(10_000, 10_000),
    "a decompression bomb": lambda: png_claiming(60_000, 60_000),
    "over ten megabytes": lambda: b"\xff\xd8\xff" + bytes(10_000_000),
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE.keys())
def test_too_large_picture_is_reported_as_too_large(checker, template, make):
    verdict = checker.check_image(make(), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.TOO_LARGE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_damaged_files_never_raise(photo, kind):
    whole = encoded(photo.resize((120, 112)), kind)
    dice = random.Random(7)  # noqa: S311 - damage, not secrets
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        answer = read_image(bytes(damaged))
        assert isinstance(answer, np.ndarray) or answer in {Reason.BAD_MEDIA, Reason.TOO_LARGE}


def test_pixels_are_blue_green_red():
    red = encoded(Image.new("RGB", (64, 64), "red"), "PNG")
    assert read_image(red)[0, 0].tolist() == [0, 0, 255]
    assert np.array_equal(read_image(red), cv2.imdecode(np.frombuffer(red, np.uint8), cv2.IMREAD_COLOR))
