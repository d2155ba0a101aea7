"""Photos on file are read only from below the list's folder, by Windows and POSIX paths."""

import pytest

from bot.enrolment.photos import read_photo
from storage.sheets.faults import FaultKind


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "list" / "photos").mkdir(parents=True)
    (tmp_path / "outside.jpg").write_bytes(b"secret")
    (tmp_path / "list" / "photos" / "a.jpg").write_bytes(b"jpeg")
    return tmp_path / "list"


@pytest.mark.parametrize(
    "name", ["photos/a.jpg", "photos\\a.jpg", ".\\photos\\a.jpg", "photos/../photos/a.jpg"]
)
def test_photo_is_found_by_windows_and_posix_paths(folder, name):
    assert read_photo(folder, name) == b"jpeg"


@pytest.mark.parametrize(
    "name", ["photos\\A.JPG", "photos/a.Jpg", "PHOTOS\\A.JPG", "./Photos/../photos/A.JPG"]
)
def test_case_of_a_file_name_is_ignored_as_on_windows(folder, name):
    assert read_photo(folder, name) == b"jpeg"


def test_file_name_in_macos_normal_form_is_found(folder):
    (folder / "José.jpg").write_bytes(b"jpeg")
    assert read_photo(folder, "Jose\u0301.jpg") == b"jpeg"


def test_ambiguous_case_of_a_file_name_is_not_guessed(folder):
    (folder / "photos" / "A.jpg").write_bytes(b"another")
    assert read_photo(folder, "photos/A.JPG") is FaultKind.NO_SUCH_FILE
    assert read_photo(folder, "photos/A.jpg") == b"another"


@pytest.mark.parametrize(
    "name", ["../outside.jpg", "..\\outside.jpg", "/etc/passwd", "C:\\a.jpg", "photos", ".", "b.jpg"]
)
def test_path_outside_the_folder_or_to_no_file_is_not_read(folder, name):
    assert read_photo(folder, name) is FaultKind.NO_SUCH_FILE


def test_symlink_out_of_the_folder_is_not_followed(folder):
    (folder / "link.jpg").symlink_to(folder.parent / "outside.jpg")
    assert read_photo(folder, "link.jpg") is FaultKind.NO_SUCH_FILE
