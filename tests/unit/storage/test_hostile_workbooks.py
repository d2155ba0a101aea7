"""Workbooks made to do harm: each is refused in a sentence, before a memory is filled."""

import zipfile

import pytest

from storage.sheets import xlsx, xlsx_rows
from storage.sheets.faults import BadFile, FileFault
from storage.sheets.xlsx import xlsx_sheets
from tests.support.files.workbooks import write_workbook

SHEET = "xl/worksheets/sheet0.xml"
DECLARATION = b'<?xml version="1.0"?>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
DOUBLED = (
    b'<!DOCTYPE x [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("f")))
    + b"]>"
)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Let a megabyte be large, so that a test need not make one of hundreds."""
    monkeypatch.setattr(xlsx, "_SMALL", 1 << 20)


def changed(path, change):
    """Write a workbook whose parts went through `change`."""
    plain = write_workbook(path.with_name("plain.xlsx"), [("name",), ("NAME",)])
    with zipfile.ZipFile(plain) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in book.namelist():
            file.writestr(name, change(name, book.read(name)))
    return path


def swollen(name, content, by=2 << 20):
    return content.replace(b"</sheetData>", b" " * by + b"</sheetData>") if name == SHEET else content


def fault_of(path):
    with pytest.raises(BadFile) as refused:
        read(path)
    return refused.value.fault


def read(path):
    for sheet in xlsx_sheets(path):
        list(sheet.lines())


def test_a_small_file_that_unpacks_to_a_large_one_is_not_unpacked(tmp_path):
    assert fault_of(changed(tmp_path / "a.xlsx", swollen)) is FileFault.HUGE_WORKBOOK


def test_rows_that_are_nearly_all_blank_are_not_read_for_an_hour(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_rows, "_MOST_BLANK", 1 << 16)

    def far_right(name, content):
        cells = b"<row><c r='XFD%d'><v>1</v></c></row>"
        rows = b"".join(cells % number for number in range(3, 9))
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else content

    assert fault_of(changed(tmp_path / "a.xlsx", far_right)) is FileFault.HUGE_WORKBOOK


def test_a_part_that_is_longer_than_it_says_is_damaged(tmp_path):
    path = changed(tmp_path / "a.xlsx", swollen)
    with zipfile.ZipFile(path) as book:
        size = book.getinfo(SHEET).file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little")))
    assert fault_of(path) is FileFault.DAMAGED


@pytest.mark.parametrize("kind", [OUTSIDE, DOUBLED], ids=["a file outside", "doubled"])
def test_an_entity_is_never_followed(tmp_path, kind):
    def change(part, content):
        if part != SHEET:
            return content
        return content.replace(DECLARATION, DECLARATION + kind).replace(b"NAME", b"&e;")

    assert fault_of(changed(tmp_path / "a.xlsx", change)) is FileFault.DAMAGED


def test_a_million_texts_that_nothing_uses_are_not_read(tmp_path):
    texts = b"<sst>" + b"<si><t>abcdefgh</t></si>" * 100_000 + b"</sst>"
    path = changed(tmp_path / "a.xlsx", lambda _, content: content)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", texts)
    assert fault_of(path) is FileFault.HUGE_WORKBOOK


def pointing(path, target, mode=""):
    """Write a workbook whose list of parts says that the sheet lies at `target`."""

    def change(_name, content):
        return content.replace(b'Target="worksheets/sheet0.xml"', f'Target="{target}"{mode}'.encode())

    return changed(path, change)


@pytest.mark.parametrize(
    "target",
    [
        "./worksheets/sheet0.xml",
        "../xl/worksheets/sheet0.xml",
        "/xl/worksheets/sheet0.xml",
        "/xl/./worksheets/../worksheets/sheet0.xml",
        "worksheets//sheet0.xml",
        ".\\worksheets\\sheet0.xml",
    ],
)
def test_a_sheet_is_found_however_its_place_is_written(tmp_path, target):
    [sheet] = xlsx_sheets(pointing(tmp_path / "a.xlsx", target))
    assert len(list(sheet.lines())) == 2


@pytest.mark.parametrize(
    "target", ["../../xl/worksheets/sheet0.xml", "/../xl/worksheets/sheet0.xml", "..", "..\\..\\etc\\passwd"]
)
def test_a_place_outside_of_the_workbook_is_refused(tmp_path, target):
    assert fault_of(pointing(tmp_path / "a.xlsx", target)) is FileFault.DAMAGED


def test_what_lies_on_another_machine_is_no_sheet(tmp_path):
    path = pointing(tmp_path / "a.xlsx", "http://example.com/../../sheet.xml", ' TargetMode="External"')
    assert xlsx_sheets(path) == []
