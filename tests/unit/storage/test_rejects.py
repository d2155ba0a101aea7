"""The reject files: the original row with reasons in both languages, safe to open in a spreadsheet."""

import csv

import pytest

from storage.registry.file import open_registry_file
from storage.registry.importing.rejects import Rejected, reject_file
from storage.registry.row import COLUMNS
from tests.support.files.registry_files import (
    GOOD,
    OTHER,
    TODAY,
    changed_row,
    read_refusals,
    read_rows,
    write_csv,
)
from tests.support.files.workbooks import write_workbook


def rejected(path):
    """Write the reject files of a file; return both."""
    file = open_registry_file(path, TODAY)
    with reject_file(path.with_name("r"), file.source.header) as rejects:
        for row in file.rows():
            if isinstance(row, Rejected):
                rejects.add(row)
    return path.with_name("r.csv"), path.with_name("r.xlsx")


def in_csv(path):
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_reject_file_has_the_original_header_and_row_with_reasons(tmp_path):
    header = (*COLUMNS[:-1], "死亡日期", "备注")
    as_csv, _ = rejected(write_csv(tmp_path / "p.csv", (*changed_row(city="1"), "x"), GOOD, header=header))
    assert as_csv.read_bytes().startswith(b"\xef\xbb\xbf")
    assert in_csv(as_csv) == [
        [*header, "line", "原因", "reason"],
        [
            *changed_row(city="1"),
            "x",
            "2",
            "待遇领取地没有认出来：广东的城市可以写名称，其他地方请写六位行政区划代码，例如 430100。",
            "bad city: no city of Guangdong, no region code such as 430100",
        ],
    ]


def test_reject_files_are_accessible_to_owner_only(tmp_path):
    for path in rejected(write_csv(tmp_path / "p.csv", changed_row(city="1"))):
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("which", [0, 1])
def test_unfixed_reject_file_is_refused_again_for_the_same_reasons(tmp_path, which):
    bad = [
        changed_row(city="1"),
        changed_row(OTHER, scheme="=1+1"),
        (*GOOD, "too", "many"),
        changed_row(id_number="00123"),
    ]
    path = write_csv(tmp_path / "p.csv", *bad)
    once = rejected(path)[which]
    assert [why for _, why in read_refusals(once)] == [why for _, why in read_refusals(path)]
    first, second = in_csv(path.with_name("r.csv")), in_csv(rejected(once.rename(tmp_path / "once"))[0])
    assert second == first


@pytest.mark.parametrize("which", [0, 1])
def test_fixed_row_is_accepted_from_either_reject_file(tmp_path, which):
    path = rejected(write_csv(tmp_path / "p.csv", changed_row(city="1")))[which]
    fixed = {0: fix_csv, 1: fix_xlsx}[which](path)
    assert read_rows(fixed) == read_rows(write_csv(tmp_path / "good.csv", GOOD))


def fix_csv(path):
    """Fix the row and save it as Excel does, in GB18030 and with its own date format."""
    text = (
        path.read_text("utf-8-sig").replace(",1,active", ",440100,active").replace("2010-01-01", "2010/1/1")
    )
    path.write_text(text, encoding="gb18030")
    return path


def fix_xlsx(path):
    [row] = read_rows(path)
    cells = ["440100" if cell == "1" else cell for cell in row.cells]
    return write_workbook(path, [[*COLUMNS, "line", "原因", "reason"], cells])


def test_no_cell_of_either_reject_file_starts_a_formula(tmp_path):
    row = changed_row(
        scheme="=HYPERLINK(1)", name="@x", id_number="+1", city="-1", photo="=cmd|' /C calc'!A0"
    )
    as_csv, as_xlsx = rejected(write_csv(tmp_path / "p.csv", row))
    cells = [cell for line in in_csv(as_csv) for cell in line]
    [in_xlsx] = read_rows(as_xlsx)
    for cell in [*cells, *in_xlsx.cells]:
        assert not cell.startswith(("=", "+", "-", "@", "\t"))


def test_long_number_is_quoted_in_csv_and_unchanged_in_workbook(tmp_path):
    as_csv, as_xlsx = rejected(write_csv(tmp_path / "p.csv", changed_row(id_number="440103195001011239")))
    assert in_csv(as_csv)[1][3] == "'440103195001011239"
    assert read_rows(as_xlsx)[0].cells[3] == "440103195001011239"


def test_no_rejects_means_no_files_and_earlier_ones_are_removed(tmp_path):
    path = write_csv(tmp_path / "p.csv", changed_row(city="1"))
    assert all(one.exists() for one in rejected(path))
    assert not any(one.exists() for one in rejected(write_csv(path, GOOD)))
