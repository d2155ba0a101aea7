"""Reading the registry from a workbook: the same rows as from CSV, and the pitfalls of Excel."""

from datetime import date

import pytest

from storage.registry.dates import read_date
from storage.registry.row import COLUMNS, RegistryRow
from storage.sheets.faults import BadFile, FaultKind
from storage.sheets.xls import xls_sheets
from tests.support.files.registry_files import (
    GOOD,
    OLD_WORKBOOK,
    OTHER,
    changed_row,
    read_refusals,
    read_rows,
    write_csv,
)
from tests.support.files.workbooks import write_workbook


def written(tmp_path, *rows, header=COLUMNS, **book):
    return write_workbook(tmp_path / "people.xlsx", [header, *rows], **book)


def test_workbook_reads_like_a_csv_of_the_same_rows(tmp_path):
    assert read_rows(written(tmp_path, GOOD)) == read_rows(write_csv(tmp_path / "people.csv", GOOD))


def test_number_and_date_cells_read_as_displayed(tmp_path):
    typed = changed_row(city=440100, benefit_start=date(2010, 1, 1), last_certified=45815)
    assert read_rows(written(tmp_path, typed)) == read_rows(written(tmp_path, GOOD))


def test_xls_workbook_reads_the_same_and_its_hidden_row_is_refused(tmp_path):
    first = read_rows(OLD_WORKBOOK)[0]
    assert [first] == read_rows(write_csv(tmp_path / "people.csv", changed_row(photo="")))
    assert read_refusals(OLD_WORKBOOK) == [(4, "a hidden row: show or delete it")]


def test_xls_workbook_with_1904_dates_reads_styled_dates_only(tmp_path):
    since_1900, since_1904 = b"\x22\0\x02\0\0\0", b"\x22\0\x02\0\x01\0"
    path = tmp_path / "people.xls"
    path.write_bytes(OLD_WORKBOOK.read_bytes().replace(since_1900, since_1904))
    [sheet] = xls_sheets(path)
    rows = [line.cells for line in sheet.lines()]
    assert rows[2][6:8] == ["2014-01-02", "2029-06-08"]
    assert read_date(rows[3][6]) is FaultKind.NOT_A_DAY


def test_id_number_rounded_by_excel_is_refused_with_that_reason(tmp_path):
    path = written(tmp_path, changed_row(id_number=440524188001010014), GOOD)
    assert read_refusals(path) == [(2, "bad id_number: a number cell, digits lost; make the cell text")]
    assert isinstance(read_rows(path)[1], RegistryRow)


def test_blank_rows_count_as_lines_but_are_not_refused(tmp_path):
    assert read_refusals(
        written(tmp_path, [], GOOD, [" ", "", "\u3000"], changed_row(OTHER, city="4401"))
    ) == [(5, "bad city: no city of Guangdong, no region code such as 430100")]


def test_missing_cells_and_extra_columns_are_accepted(tmp_path):
    row = [*changed_row(photo=None), None, "a remark"]
    [read] = read_rows(written(tmp_path, row, header=(*COLUMNS, "kept", "remark")))
    assert (read.photo, read.beneficiary.city) == ("", "440100")


def test_hidden_row_is_refused(tmp_path):
    path = written(tmp_path, GOOD, OTHER, hidden={3})
    assert read_refusals(path) == [(3, "a hidden row: show or delete it")]


def test_hidden_and_empty_sheets_are_skipped(tmp_path):
    path = write_workbook(
        tmp_path / "people.xlsx", [["说明"]], [COLUMNS, GOOD], [], [COLUMNS, OTHER], unseen={3}
    )
    assert [row.beneficiary.city for row in read_rows(path)] == ["440100"]


def test_workbook_with_lists_on_two_sheets_is_refused(tmp_path):
    path = write_workbook(tmp_path / "people.xlsx", [COLUMNS, GOOD], [COLUMNS, OTHER])
    with pytest.raises(BadFile, match="several sheets"):
        read_rows(path)


@pytest.mark.parametrize("rows", [[], [[]], [["name", "city"], ["x", "y"]]])
def test_workbook_without_the_columns_is_refused(tmp_path, rows):
    with pytest.raises(BadFile, match="lacks"):
        read_rows(write_workbook(tmp_path / "people.xlsx", rows))


def test_truncated_workbook_is_refused_as_no_workbook(tmp_path):
    path = written(tmp_path, GOOD)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(BadFile, match="no workbook"):
        read_rows(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><table><tr><td>", "a web page"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "a web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "a web page"),
        (b"MIME-Version: 1.0\r\n", "a web page"),
        (b"<!-- report --><div>", "a web page"),
        ("\ufeff<html>".encode("utf-16-le"), "a web page"),
        (b'<?xml version="1.0"?><Workbook>', "an XML file"),
        (b"%PDF-1.7", "a PDF document"),
        (b"Rar!\x1a\x07", "an archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"PK\x03\x04\xff\xfe", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    ],
)
def test_refusal_names_the_actual_file_type(tmp_path, content, reason):
    path = tmp_path / "people.xls"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=reason):
        read_rows(path)
