"""Reading the registry out of a workbook: the same rows as out of the CSV, and Excel's own traps."""

from datetime import date

import pytest

from storage.errors import BadFile
from storage.registry.file import RegistryRow, Rejected, read_rows
from storage.registry.row import COLUMNS
from tests.support.workbooks import write_workbook

GOOD = [
    "employee",
    "欧阳·测试",
    "resident_id",
    "11010519491231002x",
    "440100",
    "active",
    "2010-01-01",
    "2025-06-07",
    "photos/a.jpg",
    "",
]


def changed(**cells):
    return [cells.get(name, value) for name, value in zip(COLUMNS, GOOD, strict=True)]


def written(tmp_path, *rows, header=COLUMNS):
    return write_workbook(tmp_path / "people.xlsx", [header, *rows])


def test_a_workbook_reads_as_the_csv_of_the_same_rows(tmp_path):
    csv = tmp_path / "people.csv"
    csv.write_text("\n".join(",".join(row) for row in (COLUMNS, GOOD)), encoding="utf-8")
    assert list(read_rows(written(tmp_path, GOOD))) == list(read_rows(csv))


def test_number_and_date_cells_read_as_they_look(tmp_path):
    typed = changed(city=440100, benefit_start=date(2010, 1, 1), last_certified=date(2025, 6, 7))
    assert list(read_rows(written(tmp_path, typed))) == list(read_rows(written(tmp_path, GOOD)))


def test_an_id_number_that_excel_rounded_is_refused_with_that_reason(tmp_path):
    [refused, good] = read_rows(written(tmp_path, changed(id_number=440524188001010014), GOOD))
    assert (refused.line, refused.reason) == (2, "bad id_number: a number cell, digits lost")
    assert isinstance(good, RegistryRow)


def test_blank_rows_count_as_lines_and_are_no_refusals(tmp_path):
    rows = list(read_rows(written(tmp_path, [], GOOD, [" "], changed(city="4401"), GOOD)))
    assert [(row.line, row.reason) for row in rows if isinstance(row, Rejected)] == [
        (5, "bad city"),
        (6, "a second line for this person"),
    ]


def test_cells_left_out_and_columns_in_excess_are_fine(tmp_path):
    row = [*changed(photo=None), None, "a remark"]
    [read] = read_rows(written(tmp_path, row, header=(*COLUMNS, "kept", "remark")))
    assert (read.photo, read.beneficiary.city) == ("", "440100")


@pytest.mark.parametrize("rows", [[], [[]], [["name", "city"], ["x", "y"]]])
def test_a_workbook_without_the_columns_is_no_registry(tmp_path, rows):
    with pytest.raises(BadFile, match="lacks"):
        list(read_rows(write_workbook(tmp_path / "people.xlsx", rows)))


def test_a_cut_workbook_is_said_to_be_unreadable(tmp_path):
    path = written(tmp_path, GOOD)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(BadFile, match="no workbook"):
        list(read_rows(path))
