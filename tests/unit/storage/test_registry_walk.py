"""Random files: the reader raises only if there is no list, and reads a row the same in any notation."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from storage.registry.dates import read_date
from storage.registry.file import open_registry_file
from storage.registry.importing.rejects import Rejected, reject_file
from storage.registry.row import COLUMNS, RegistryRow
from storage.sheets.cells import clean, inert, inert_in_csv
from storage.sheets.faults import BadFile
from tests.support.files.registry_files import GOOD, OTHER, TODAY, changed_row, read_rows, write_csv
from tests.support.files.workbooks import write_workbook

MARKS = "'=\"+-@,;\t \u200b\ufeff＝0123456789X年月日/.企业职工正常"
CELLS = st.text(st.sampled_from(MARKS) | st.characters(exclude_categories=["Cs"]), max_size=20)
ROWS = st.builds(lambda place, cell: (*GOOD[:place], cell, *GOOD[place + 1 :]), st.integers(0, 9), CELLS)
DAYS = st.dates(min_value=TODAY.replace(year=1960), max_value=TODAY)


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@given(content=st.binary(max_size=300))
def test_random_content_never_crashes_the_reader(folder, content):
    path = folder / "people.csv"
    path.write_bytes(f"{','.join(COLUMNS)}\n{','.join(GOOD)}\n".encode() + content)
    rows = read_rows(path)
    assert rows
    assert all(isinstance(row, (RegistryRow, Rejected)) for row in rows)


@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"<", b"\xd0\xcf\x11\xe0"]),
)
def test_random_file_without_header_is_refused(folder, content, start):
    path = folder / "people.csv"
    path.write_bytes(start + content)
    with pytest.raises(BadFile):
        read_rows(path)


@given(place=st.integers(0, 3000), byte=st.integers(0, 255))
def test_workbook_with_changed_byte_is_read_or_refused(folder, place, byte):
    path = write_workbook(folder / "flipped.xlsx", [COLUMNS, GOOD])
    content = bytearray(path.read_bytes())
    content[place % len(content)] = byte
    path.write_bytes(content)
    try:
        rows = read_rows(path)
    except BadFile:
        return
    assert all(isinstance(row, (RegistryRow, Rejected)) for row in rows)


@given(row=ROWS)
@example(row=("\ufffd", *GOOD[1:]))
@example(row=(*GOOD[:2], "陈\ufffd国", *GOOD[3:]))
def test_row_in_reject_file_is_refused_again_for_the_same_reason(folder, row):
    cells = ["".join(c for c in cell if c.isprintable() or c in "\t\u200b\ufeff") for cell in row]
    file = open_registry_file(write_workbook(folder / "row.xlsx", [COLUMNS, cells]), TODAY)
    [read] = file.rows()
    assume(isinstance(read, Rejected))
    with reject_file(folder / "again", file.source.header) as rejects:
        rejects.add(read)
    for name in ("again.csv", "again.xlsx"):
        assert [again.fault for again in read_rows(folder / name)] == [read.fault]


@given(
    rows=st.lists(st.sampled_from([GOOD, OTHER, changed_row(city="1"), GOOD[:7]]), max_size=5),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    delimiter=st.sampled_from([",", "\t", ";"]),
)
def test_rows_are_the_same_in_any_encoding_line_end_and_delimiter(folder, rows, encoding, end, delimiter):
    plain = read_rows(write_csv(folder / "plain.csv", *rows))
    other = write_csv(folder / "other.csv", *rows, encoding=encoding, end=end, delimiter=delimiter)
    assert read_rows(other) == plain
    assert read_rows(write_workbook(folder / "rows.xlsx", [COLUMNS, *rows])) == plain


@given(day=DAYS)
def test_date_is_the_same_in_every_notation(day):
    year, month, date = day.year, day.month, day.day
    notations = [
        f"{year}/{month}/{date}",
        f"{year}.{month}.{date}",
        f"{year}年{month}月{date}日",
        f"{day:%Y%m%d}",
    ]
    assert {read_date(text) for text in (day.isoformat(), *notations)} == {day}


@given(cell=st.text(max_size=30))
def test_inert_cell_reads_back_unchanged(cell):
    assert clean(inert(cell)) == clean(inert_in_csv(cell)) == clean(cell)
    assert not inert(cell).startswith(tuple("=+-@＝＋－＠\t\r\n"))


@given(cell=st.text(max_size=30))
def test_random_cell_never_crashes_the_date_reader(cell):
    read_date(clean(cell))
