"""Malicious workbooks: each is refused with a reason before it fills the memory."""

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
    """Lower the size limit to a megabyte, so that no test has to write hundreds."""
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


def test_zip_bomb_is_refused(tmp_path):
    assert fault_of(changed(tmp_path / "a.xlsx", swollen)) is FileFault.HUGE_WORKBOOK


def test_sheet_of_mostly_blank_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_rows, "_MOST_BLANK", 1 << 16)

    def far_right(name, content):
        cells = b"<row><c r='XFD%d'><v>1</v></c></row>"
        rows = b"".join(cells % number for number in range(3, 9))
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else content

    assert fault_of(changed(tmp_path / "a.xlsx", far_right)) is FileFault.HUGE_WORKBOOK


def test_part_longer_than_its_declared_size_is_damaged(tmp_path):
    path = changed(tmp_path / "a.xlsx", swollen)
    with zipfile.ZipFile(path) as book:
        size = book.getinfo(SHEET).file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little")))
    assert fault_of(path) is FileFault.DAMAGED


@pytest.mark.parametrize("kind", [OUTSIDE, DOUBLED], ids=["external file", "billion laughs"])
def test_workbook_with_xml_entity_is_refused(tmp_path, kind):
    def change(part, content):
        if part != SHEET:
            return content
        return content.replace(DECLARATION, DECLARATION + kind).replace(b"NAME", b"&e;")

    assert fault_of(changed(tmp_path / "a.xlsx", change)) is FileFault.DAMAGED


def test_huge_table_of_unused_shared_strings_is_refused(tmp_path):
    texts = b"<sst>" + b"<si><t>abcdefgh</t></si>" * 100_000 + b"</sst>"
    path = changed(tmp_path / "a.xlsx", lambda _, content: content)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", texts)
    assert fault_of(path) is FileFault.HUGE_WORKBOOK


def pointing(path, target, mode=""):
    """Write a workbook whose relationships point to the sheet at `target`."""

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
def test_sheet_is_found_by_any_spelling_of_its_path(tmp_path, target):
    [sheet] = xlsx_sheets(pointing(tmp_path / "a.xlsx", target))
    assert len(list(sheet.lines())) == 2


@pytest.mark.parametrize(
    "target", ["../../xl/worksheets/sheet0.xml", "/../xl/worksheets/sheet0.xml", "..", "..\\..\\etc\\passwd"]
)
def test_sheet_path_outside_the_workbook_is_refused(tmp_path, target):
    assert fault_of(pointing(tmp_path / "a.xlsx", target)) is FileFault.DAMAGED


def test_external_target_is_not_a_sheet(tmp_path):
    path = pointing(tmp_path / "a.xlsx", "http://example.com/../../sheet.xml", ' TargetMode="External"')
    assert xlsx_sheets(path) == []
