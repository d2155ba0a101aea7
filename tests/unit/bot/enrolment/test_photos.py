"""Photos on file are read from below the list's folder, by any system's paths, BMP among them."""

from io import BytesIO

import pytest
from PIL import Image

from bot.enrolment.photos import read_photo
from storage.sheets.faults import FaultKind


def bitmap(size=(102, 126), mode="RGB"):
    packed = BytesIO()
    Image.new(mode, size, "white").save(packed, "BMP")
    return packed.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "list" / "photos").mkdir(parents=True)
    (tmp_path / "outside.jpg").write_bytes(b"secret")
    (tmp_path / "list" / "photos" / "a.jpg").write_bytes(b"jpeg")
    return tmp_path / "list"


@pytest.mark.parametrize(
    "name", ["photos/a.jpg", "photos\\a.jpg", ".\\photos\\a.jpg", "photos/../photos/a.jpg"]
)
def test_a_photo_is_found_by_any_systems_path(folder, name):
    assert read_photo(folder, name) == b"jpeg"


@pytest.mark.parametrize(
    "name", ["photos\\A.JPG", "photos/a.Jpg", "PHOTOS\\A.JPG", "./Photos/../photos/A.JPG"]
)
def test_the_case_of_a_name_is_windows_own(folder, name):
    assert read_photo(folder, name) == b"jpeg"


def test_a_name_is_found_as_macos_writes_it(folder):
    (folder / "José.jpg").write_bytes(b"jpeg")
    assert read_photo(folder, "Jose\u0301.jpg") == b"jpeg"


def test_of_two_that_differ_in_case_none_is_guessed(folder):
    (folder / "photos" / "A.jpg").write_bytes(b"another")
    assert read_photo(folder, "photos/A.JPG") is FaultKind.NO_SUCH_FILE
    assert read_photo(folder, "photos/A.jpg") == b"another"


@pytest.mark.parametrize(
    "name", ["../outside.jpg", "..\\outside.jpg", "/etc/passwd", "C:\\a.jpg", "photos", ".", "b.jpg"]
)
def test_nothing_else_is_read(folder, name):
    assert read_photo(folder, name) is FaultKind.NO_SUCH_FILE


def test_a_link_out_of_the_folder_is_not_followed(folder):
    (folder / "link.jpg").symlink_to(folder.parent / "outside.jpg")
    assert read_photo(folder, "link.jpg") is FaultKind.NO_SUCH_FILE


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_a_bitmap_comes_as_png_of_the_same_size(folder, mode):
    (folder / "a.bmp").write_bytes(bitmap(mode=mode))
    with Image.open(BytesIO(read_photo(folder, "a.bmp"))) as read:
        assert (read.format, read.size) == ("PNG", (102, 126))


@pytest.mark.parametrize("content", [b"BM", b"BM" + b"\xff" * 200, bitmap()[:60]])
def test_a_broken_bitmap_is_no_picture(folder, content):
    (folder / "a.bmp").write_bytes(content)
    assert read_photo(folder, "a.bmp") is FaultKind.BAD_MEDIA


def test_a_bitmap_of_too_many_pixels_is_not_decoded(folder):
    (folder / "a.bmp").write_bytes(bitmap((10_000, 5_000), mode="1"))
    assert read_photo(folder, "a.bmp") is FaultKind.TOO_LARGE


def test_a_file_over_ten_megabytes_is_not_read(folder):
    (folder / "a.jpg").write_bytes(bytes(10 * 1024 * 1024 + 1))
    assert read_photo(folder, "a.jpg") is FaultKind.TOO_LARGE
