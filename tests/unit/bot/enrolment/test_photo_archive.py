"""Photo archives as offices pack them: the list is found, and nothing is written outside the folder."""

import zipfile

import pytest

from bot.enrolment import photo_archive
from bot.enrolment.photo_archive import unpack
from storage.sheets.faults import BadFile, FileFault

LIST = "id_type,id_number,photo\nresident_id,11010519491231002X,照片/甲.jpg\n"


@pytest.fixture
def packed(tmp_path):
    """Return a function that packs files, given by name, and unpacks them."""

    def pack(files):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return unpack(tmp_path / "a.zip", tmp_path / "unpacked")

    return pack


class WindowsEntry(zipfile.ZipInfo):
    """An entry as Chinese Windows packs it: its name in GBK, without the UTF-8 flag."""

    def _encodeFilenameFlags(self):  # noqa: N802 - zipfile names it
        return self.filename.encode("gbk"), self.flag_bits


@pytest.mark.parametrize("folder", ["", "2026年/"])
def test_list_and_photos_are_unpacked_with_private_permissions(packed, folder):
    found = packed(
        {f"{folder}名单.csv": LIST, f"{folder}照片/甲.jpg": b"photo", "__MACOSX/._名单.csv": b"resource"}
    )
    assert found.read_text() == LIST
    photo = found.parent / "照片/甲.jpg"
    assert photo.read_bytes() == b"photo"
    assert photo.stat().st_mode & 0o077 == 0
    assert photo.parent.stat().st_mode & 0o077 == 0


def test_gbk_file_names_of_a_windows_archive_are_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(WindowsEntry("名单.csv"), LIST)
        archive.writestr(WindowsEntry("照片/甲.jpg"), b"photo")
    assert (unpack(tmp_path / "a.zip", tmp_path / "x").parent / "照片/甲.jpg").read_bytes() == b"photo"


@pytest.mark.parametrize(
    "name",
    [
        "../out.jpg",
        "/{outside}/out.jpg",
        "//{outside}/out.jpg",
        "///{outside}/out.jpg",
        "\\\\{outside}/out.jpg",
        "a/../../out.jpg",
        "..\\out.jpg",
    ],
)
def test_archive_entry_is_not_written_outside_its_folder(packed, tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    packed({"list.csv": LIST, name.format(outside=f"{outside}"[1:]): b"out"})
    assert not [path for path in tmp_path.rglob("out.jpg") if tmp_path / "unpacked" not in path.parents]


def fault_of(path, folder):
    with pytest.raises(BadFile) as told:
        unpack(path, folder)
    return told.value.fault


def test_list_with_photos_is_chosen_among_several_text_files(packed):
    assert packed({"readme.txt": "hello", "list.csv": LIST, "a.jpg": b"1"}).name == "list.csv"


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"a.jpg": b"1"}, FileFault.NO_LIST),
        ({"one.csv": LIST, "two.csv": LIST}, FileFault.SEVERAL_LISTS),
        ({}, FileFault.NO_LIST),
    ],
)
def test_archive_without_exactly_one_list_is_refused(packed, files, fault):
    with pytest.raises(BadFile) as told:
        packed(files)
    assert told.value.fault is fault


def test_zip_bomb_is_not_unpacked(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(photo_archive, "_MOST_BYTES", 1_000_000)
    with pytest.raises(BadFile) as told:
        packed({"list.csv": LIST, "a.jpg": b"0" * 2_000_000})
    assert told.value.fault is FileFault.HUGE_ARCHIVE
    assert not (tmp_path / "unpacked").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"scheme,name\n"])
def test_file_that_is_not_an_archive_is_refused(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert fault_of(path, tmp_path / "unpacked") is FileFault.NO_ARCHIVE


@pytest.fixture
def fault_after(packed, tmp_path):
    """Return a function that packs a list, changes bytes of the archive, and returns its fault."""

    def changed(change):
        packed({"list.csv": LIST})
        path = tmp_path / "a.zip"
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)
        return fault_of(path, tmp_path / "again")

    return changed


def test_encrypted_archive_is_refused(fault_after):
    def lock(content):
        content[content.index(b"PK\x01\x02") + 8] |= 1  # the encryption flag, in the directory

    assert fault_after(lock) is FileFault.LOCKED_ARCHIVE


def test_archive_directory_too_large_for_memory_is_refused(fault_after):
    def claim(content):
        end = content.rindex(b"PK\x05\x06")
        content[end + 12 : end + 16] = (65 * 1024**2).to_bytes(4, "little")

    assert fault_after(claim) is FileFault.HUGE_ARCHIVE


@pytest.mark.parametrize("mark", [b"PK\x05\x06", b"PK\x06\x06"])
def test_truncated_archive_is_refused(tmp_path, mark):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + mark + b"\x00")
    assert fault_of(path, tmp_path / "unpacked") is FileFault.NO_ARCHIVE


def test_archive_is_not_unpacked_without_disk_space(packed, tmp_path):
    packed({"list.csv": LIST, "a.jpg": b"0" * 1000})
    asked = []
    with pytest.raises(OSError, match="No space left"):
        unpack(tmp_path / "a.zip", tmp_path / "again", lambda size: asked.append(size) or False)
    assert asked == [len(LIST.encode()) + 1000]
    assert not (tmp_path / "again").exists()
