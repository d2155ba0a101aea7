"""Cells of XLSX workbooks, as Excel, WPS and other programs write them."""

import tracemalloc
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from storage.registry.dates import read_date
from storage.registry.row import COLUMNS
from storage.sheets.faults import BadFile, FaultKind, FileFault
from storage.sheets.xlsx import xlsx_sheets
from tests.support.files.registry_files import GOOD, OTHER, changed_row, read_refusals, read_rows
from tests.support.files.workbooks import write_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, TEXTS, STYLES = "xl/worksheets/sheet0.xml", "xl/sharedStrings.xml", "xl/styles.xml"
STYLED = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>'
    '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0.00&quot;day&quot;"/><numFmt numFmtId="166" formatCode="h:mm"/>'
    '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (14, 31, 58, 164, 165, 166, 20))
    + "</cellXfs></styleSheet>"
)


def with_parts(path, parts, **book):
    """Write a workbook in which some parts are replaced."""
    plain = write_workbook(path.with_name("plain.xlsx"), [("a",)], **book)
    with zipfile.ZipFile(plain) as read, zipfile.ZipFile(path, "w") as file:
        for name in read.namelist():
            file.writestr(name, parts.get(name) or read.read(name))
    return path


def lines_of(path):
    return [(line.number, line.cells) for sheet in xlsx_sheets(path) for line in sheet.lines()]


def of_rows(tmp_path, rows, **parts):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_parts(tmp_path / "a.xlsx", {SHEET: sheet, STYLES: STYLED} | parts)


def test_shared_strings_read_like_inline_strings(tmp_path):
    rows = [COLUMNS, GOOD, changed_row(OTHER, name="欧阳·𠮷<&>", city=440100), changed_row(photo=None)]
    apart = write_workbook(tmp_path / "apart.xlsx", rows, shares=True)
    assert read_rows(apart) == read_rows(write_workbook(tmp_path / "inside.xlsx", rows))
    assert lines_of(apart)[2][1][1] == "欧阳·𠮷<&>"


def test_calamine_reads_the_same_cells(tmp_path):
    rows = [("a", 1, 2.5, date(2020, 2, 29), None, "b"), ("x", None, 440100), (None, "陈"), (-0.25, "y")]
    path = write_workbook(tmp_path / "a.xlsx", rows, shares=True)
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
    told = [[f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row] for row in theirs]
    assert [cells + [""] * (6 - len(cells)) for _, cells in lines_of(path)] == told


def test_rich_text_runs_are_joined_without_their_phonetic_guide(tmp_path):
    runs = "<r><t>陈</t></r><r><rPr/><t xml:space='preserve'>大 文</t></r><rPh><t>チン</t></rPh>"
    texts = f'<sst xmlns="{MAIN}"><si><t>other</t></si><si>{runs}</si><si/></sst>'
    cells = f"<c r='A2' t='s'><v>1</v></c><c t='inlineStr'><is>{runs}</is></c><c t='s'><v>2</v></c>"
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{cells}</row></sheetData></worksheet>'
    path = with_parts(tmp_path / "a.xlsx", {SHEET: sheet, TEXTS: texts}, shares=True)
    assert lines_of(path) == [(2, ["陈大 文", "陈大 文"])]


def test_xml_prefix_whitespace_and_cells_without_reference_are_read(tmp_path):
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>\n<x:row>\n <x:c>\n<x:v>1</x:v>\n</x:c>\n'
        "<x:c t='str'><x:f>A1&amp;B1</x:f><x:v>found</x:v></x:c></x:row>\n"
        "<x:row><x:c r='AB2' t='b'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    path = with_parts(tmp_path / "a.xlsx", {SHEET: sheet})
    assert lines_of(path) == [(1, ["1", "found"]), (2, [""] * 27 + ["true"])]


def test_empty_cell_without_reference_keeps_its_column(tmp_path):
    path = of_rows(tmp_path, "<row><c/><c><v>1</v></c><c/><c><v/></c><c><v>2</v></c></row>")
    assert lines_of(path) == [(1, ["", "1", "", "", "2"])]


@pytest.mark.parametrize(
    ("style", "shown"),
    [*((style, "45815") for style in (0, 5, 6, 7)), *((style, "2025-06-07") for style in (1, 2, 3, 4))],
    ids=[
        "plain",
        "custom number",
        "custom time",
        "time",
        "built-in",
        "Chinese",
        "Chinese month",
        "custom date",
    ],
)
def test_number_is_read_as_date_if_its_style_shows_one(tmp_path, style, shown):
    path = of_rows(tmp_path, f"<row><c s='{style}'><v>45815</v></c></row>")
    assert lines_of(path) == [(1, [shown])]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2028-02-29T00:00:00.000", date(2028, 2, 29)),
        ("2028-02-29T00:00:00+08:00", date(2028, 2, 29)),
        ("2028-02-28T16:00:00.000Z", FaultKind.NOT_A_DAY),
    ],
    ids=["no zone", "China", "another zone"],
)
def test_date_in_another_time_zone_is_not_guessed(tmp_path, written, read):
    """Web pages write midnight in Shanghai as four in the afternoon of the day before."""
    [(_, [cell])] = lines_of(of_rows(tmp_path, f"<row><c t='d'><v>{written}</v></c></row>"))
    assert read_date(cell) == read


def from_1904():
    """Return the part that sets a workbook's date system to 1904."""
    listed = '<workbookPr date1904="1"/><sheets><sheet name="S" r:id="r0"/></sheets>'
    return {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="r">{listed}</workbook>'}


def test_dates_of_workbook_with_1904_date_system_are_read(tmp_path):
    rows = "<row><c s='1'><v>44353</v></c><c t='d'><v>2025-06-07T00:00:00</v></c></row>"
    assert lines_of(of_rows(tmp_path, rows, **from_1904())) == [(1, ["2025-06-07", "2025-06-07"])]


@pytest.mark.parametrize("parts", [{}, from_1904()], ids=["1900", "1904"])
def test_date_beyond_the_calendar_affects_only_its_cell(tmp_path, parts):
    rows = "<row><c s='1'><v>2958465</v></c><c s='1'><v>2958466</v></c><c t='str'><v>a</v></c></row>"
    [(_, cells)] = lines_of(of_rows(tmp_path, rows, **parts))
    assert cells[1:] == ["2958466", "a"]


def test_unstyled_day_number_in_1904_workbook_is_not_guessed(tmp_path):
    """44353 is 2025-06-07 there; in the 1900 date system it is four years and a day earlier."""
    rows = "<row><c><v>44353</v></c><c><v>440100</v></c></row>"
    [(_, cells)] = lines_of(of_rows(tmp_path, rows, **from_1904()))
    assert read_date(cells[0]) is FaultKind.NOT_A_DAY
    assert cells[1] == "440100"


def test_error_cell_is_not_read_as_empty(tmp_path):
    """An empty date of death would mean that the person is alive."""
    header, good = ("".join(f"<c t='str'><v>{cell}</v></c>" for cell in cells) for cells in (COLUMNS, GOOD))
    died = "<c r='J2' t='e'><v>#N/A</v></c>"
    path = of_rows(tmp_path, f"<row>{header}</row><row>{good}{died}</row>")
    assert [line for line, _ in read_refusals(path)] == [2]


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='2'/><row r='2'/>",
        "<row r='99999999'/>",
        "<row r='x'/>",
        "<row><c r='XFE1'><v>1</v></c></row>",
        "<row><c t='s'><v>0</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row><c>",
        f"<row><c t='str'><v>{'9' * (1 << 21)}</v></c></row>",
    ],
    ids=[
        "row twice",
        "row too far",
        "no row number",
        "column too far",
        "no strings",
        "index -1",
        "cut",
        "too long",
    ],
)
def test_malformed_sheet_is_damaged(tmp_path, rows):
    with pytest.raises(BadFile) as refused:
        lines_of(of_rows(tmp_path, rows))
    assert refused.value.fault is FileFault.DAMAGED


def test_long_sheet_is_not_held_in_memory(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", [("x" * 4000, str(n)) for n in range(1000)])
    tracemalloc.start()
    [sheet] = xlsx_sheets(path)
    assert sum(1 for _ in sheet.lines()) == 1000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with zipfile.ZipFile(path) as book:
        assert peak < book.getinfo(SHEET).file_size / 2


def test_rows_up_to_the_last_column_are_not_held_in_memory(tmp_path):
    path = of_rows(tmp_path, "<row><c r='XFD1'><v>1</v></c></row>" * 1500)
    tracemalloc.start()
    [sheet] = xlsx_sheets(path)
    assert sum(len(row.cells) for row in sheet.rows()) == 1500 << 14
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 << 20
