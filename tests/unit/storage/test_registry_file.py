"""Reading the contract's CSV: good rows normalised, bad ones refused with a reason, no file a crash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values import BenefitStatus, IdType, Scheme
from storage.errors import BadFile
from storage.registry.file import Rejected, read_rows
from storage.registry.row import COLUMNS, RegistryRow

HEADER = ",".join(COLUMNS)
GOOD = "employee,欧阳·测试,resident_id,11010519491231002x,440100,active,2010-01-01,2025-06-07,photos/a.jpg,"
OTHER = "resident,李测试,passport,E12345678,440300,terminated,,,,2026-01-02"


def write(tmp_path, *lines, encoding="utf-8", header=HEADER, end="\n"):
    path = tmp_path / "people.csv"
    path.write_bytes((end.join((header, *lines)) + end).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_common_encoding_reads_alike(tmp_path, encoding, end):
    first, second = read_rows(write(tmp_path, GOOD, "", OTHER, encoding=encoding, end=end))
    assert first.photo == "photos/a.jpg"
    assert first.beneficiary.identity.name == "欧阳·测试"
    assert first.beneficiary.identity.number == "11010519491231002X"
    assert (first.beneficiary.scheme, first.beneficiary.status) == (Scheme.EMPLOYEE, BenefitStatus.ACTIVE)
    assert str(first.beneficiary.last_certified) == "2025-06-07"
    assert second.beneficiary.identity.id_type is IdType.PASSPORT
    assert (second.beneficiary.benefit_start, str(second.beneficiary.death_reported)) == (None, "2026-01-02")


def test_columns_in_another_order_and_more_of_them_are_fine(tmp_path):
    header = ",".join((*reversed(COLUMNS), "remark"))
    line = ",".join((*reversed(GOOD.split(",")), "x"))
    [row] = read_rows(write(tmp_path, line, header=header))
    assert row.beneficiary.city == "440100"
    assert row.photo == "photos/a.jpg"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("employee", "worker", "bad scheme"),
        ("欧阳·测试", "", "bad name"),
        ("resident_id", "id_card", "bad id_type"),
        ("002x", "0021", "bad id_number"),
        ("440100", "4401", "bad city"),
        ("440100", "４４０１００", "bad city"),
        ("active", "paid", "bad benefit_status"),
        ("2010-01-01", "2010-02-30", "bad benefit_start"),
        ("2010-01-01", "20100101", "bad benefit_start"),
        ("2025-06-07", "yesterday", "bad last_certified"),
        ("photos/a.jpg,", "photos/a.jpg,2026", "bad death_reported"),
        ("photos/a.jpg,", "photos/a.jpg", "9 columns instead of 10"),
        ("photos/a.jpg,", "photos/a.jpg,,", "11 columns instead of 10"),
        ("employee", '"employee', "broken quotation"),
    ],
)
def test_a_bad_row_is_refused_by_line_and_reason_and_spoils_no_other(tmp_path, old, new, reason):
    refused, good = read_rows(write(tmp_path, GOOD.replace(old, new), OTHER))
    assert (refused.line, refused.reason) == (2, reason)
    assert isinstance(good, RegistryRow)


def test_a_second_line_for_one_person_is_refused(tmp_path):
    rows = list(read_rows(write(tmp_path, GOOD, OTHER, GOOD.replace("440100", "440300"))))
    assert [type(row) for row in rows] == [RegistryRow, RegistryRow, Rejected]
    assert (rows[2].line, rows[2].reason) == (4, "a second line for this person")


def test_one_line_in_another_encoding_is_refused_alone(tmp_path):
    path = write(tmp_path, GOOD, OTHER.replace("李", "王"))
    path.write_bytes(path.read_bytes() + (OTHER + "\n").encode("gb18030"))
    assert [getattr(row, "reason", "") for row in read_rows(path)] == ["", "", "not utf-8"]


@pytest.mark.parametrize("content", [b"", b"\n", b"PK\x03\x04\xff\xfe", b"name,id\n", b"\xff" * 100])
def test_what_is_no_registry_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        list(read_rows(path))


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(BadFile):
        list(read_rows(tmp_path / "none.csv"))


def test_a_refusal_shows_no_person_when_printed(tmp_path):
    [refused] = read_rows(write(tmp_path, GOOD.replace("active", "paid")))
    assert "欧阳" not in repr(refused)
    assert "1101051949" not in repr(refused)


@given(st.binary(max_size=300))
def test_no_content_breaks_the_reader(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("registry") / "people.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n".encode() + content)
    rows = list(read_rows(path))
    assert all(isinstance(row, (RegistryRow, Rejected)) for row in rows)
    assert rows
