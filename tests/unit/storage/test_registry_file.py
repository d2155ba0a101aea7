"""Reading the contract's CSV normalises good rows, refuses bad ones with a reason and never crashes."""

import pytest

from dialogs.rules.identity import check_name
from dialogs.values import BenefitStatus, IdType, Scheme
from messages.language.codes import Language
from storage.registry.row import COLUMNS, RegistryRow
from storage.sheets.faults import BadFile
from tests.support.files.registry_files import GOOD, OTHER, changed_row, read_refusals, read_rows, write_csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_file_reads_the_same_in_any_encoding_line_end_and_delimiter(tmp_path, encoding, end, delimiter):
    rows = (GOOD, ("",), OTHER)
    path = write_csv(tmp_path / "people.csv", *rows, encoding=encoding, end=end, delimiter=delimiter)
    first, second = read_rows(path)
    assert first.photo == "photos/a.jpg"
    assert first.beneficiary.identity.name == "欧阳·测试"
    assert first.beneficiary.identity.number == "11010519491231002X"
    assert (first.beneficiary.scheme, first.beneficiary.status) == (Scheme.EMPLOYEE, BenefitStatus.ACTIVE)
    assert str(first.beneficiary.last_certified) == "2025-06-07"
    assert second.beneficiary.identity.id_type is IdType.PASSPORT
    assert (second.beneficiary.benefit_start, str(second.beneficiary.death_reported)) == (None, "2026-01-02")


def test_reordered_and_extra_columns_are_accepted(tmp_path):
    header, line = (*reversed(COLUMNS), "remark"), (*reversed(GOOD), "x")
    [row] = read_rows(write_csv(tmp_path / "people.csv", line, header=header))
    assert row.beneficiary.city == "440100"
    assert row.photo == "photos/a.jpg"


@pytest.mark.parametrize("blank", ["," * 9, ", ,\t,\u3000" + "," * 7, '"",""', "," * 30])
def test_blank_rows_count_as_lines_but_are_not_refused(tmp_path, blank):
    lines = (",".join(row) for row in (COLUMNS, GOOD, changed_row(OTHER, city="4401"), ()))
    path = tmp_path / "people.csv"
    path.write_text("\n".join(f"{blank}\n{line}" for line in lines), encoding="utf-8")
    assert read_refusals(path) == [(6, "bad city: no city of Guangdong, no region code such as 430100")]
    assert len(read_rows(path)) == 2


def test_full_passport_name_too_long_for_the_chat_is_read(tmp_path):
    name = "MARIA CONCEPCION DE LOS ANGELES FERNANDEZ DE LA VEGA G"
    [row] = read_rows(write_csv(tmp_path / "people.csv", changed_row(OTHER, name=name)))
    assert row.beneficiary.identity.name == name
    assert check_name(name) is None


REFUSED = [
    ({"scheme": "worker"}, "bad scheme: none of employee pension / resident pension"),
    ({"scheme": ""}, "bad scheme: empty"),
    ({"name": ""}, "bad name: empty"),
    ({"name": "NULL"}, "bad name: empty"),
    ({"name": "／"}, "bad name: empty"),
    ({"id_number": "无"}, "bad id_number: empty"),
    ({"name": "不详"}, "bad name: empty"),
    ({"name": "合计"}, "bad name: empty"),
    ({"name": "1"}, "bad name: characters or length that a name does not have"),
    ({"name": "A" * 81}, "bad name: characters or length that a name does not have"),
    ({"id_number": "110105194912310021"}, "bad id_number: not a number of this document"),
    ({"id_number": "4.40103E+17"}, "bad id_number: a number cell, digits lost; make the cell text"),
    ({"id_number": "110105194912310000"}, "bad id_number: a number cell, digits lost; make the cell text"),
    ({"city": "NULL"}, "bad city: empty"),
    ({"city": "4401"}, "bad city: no city of Guangdong, no region code such as 430100"),
    ({"city": "999999"}, "bad city: no city of Guangdong, no region code such as 430100"),
    ({"benefit_status": "paid"}, "bad benefit_status: none of active / suspended / terminated"),
    ({"benefit_start": "2010-02-30"}, "bad benefit_start: no such day"),
    ({"benefit_start": "2010-01"}, "bad benefit_start: not a whole date, year first, such as 2010-01-01"),
    ({"benefit_start": "0001-01-01"}, "bad benefit_start: too early to be true"),
    ({"benefit_start": "2028-12-01"}, "bad benefit_start: more than two years ahead"),
    ({"benefit_start": "9999-12-31"}, "bad benefit_start: more than two years ahead"),
    ({"benefit_start": "1949-12-30"}, "bad benefit_start: before the birth date in the number"),
    ({"last_certified": "2026-11-29"}, "bad last_certified: later than today"),
    ({"last_certified": "9999-12-31"}, "bad last_certified: later than today"),
    ({"last_certified": "2062-05-01"}, "bad last_certified: later than today"),
    ({"last_certified": "1949-01-01"}, "bad last_certified: before the birth date in the number"),
    (
        {"death_reported": "2099-01-01", "benefit_status": "terminated"},
        "bad death_reported: later than today",
    ),
    ({"death_reported": "2026-01-01"}, "bad benefit_status: active, with a date of death"),
    ({"id_number": "11010518501231002X"}, "bad id_number: its birth date is too early to be true"),
    ({"id_number": "110105202001010023"}, "bad id_number: by its birth date too young for a pension"),
]


@pytest.mark.parametrize(("cells", "reason"), REFUSED)
def test_bad_row_is_refused_with_line_and_reason_and_others_are_read(tmp_path, cells, reason):
    path = write_csv(tmp_path / "people.csv", changed_row(**cells), OTHER)
    assert read_refusals(path) == [(2, reason)]
    assert isinstance(read_rows(path)[1], RegistryRow)


def test_refusal_reason_is_available_in_chinese(tmp_path):
    path = write_csv(tmp_path / "people.csv", changed_row(city="长沙市"))
    [(_, reason)] = read_refusals(path, Language.CHINESE)
    assert reason == "待遇领取地没有认出来：广东的城市可以写名称，其他地方请写六位行政区划代码，例如 430100。"


def test_photo_that_is_said_to_be_missing_is_none(tmp_path):
    [row] = read_rows(write_csv(tmp_path / "people.csv", changed_row(photo="无")))
    assert row.photo == ""


@pytest.mark.parametrize(
    "cells",
    [
        {"benefit_start": "2028-11-28"},
        {"last_certified": "2026-11-28"},
        {"death_reported": "2026-11-28", "benefit_status": "suspended"},
        {"benefit_start": "1949-12-31"},
    ],
)
def test_dates_at_the_limits_are_accepted(tmp_path, cells):
    assert read_refusals(write_csv(tmp_path / "people.csv", changed_row(**cells))) == []


def test_missing_last_cells_are_empty_and_extra_cells_are_refused(tmp_path):
    short, long = changed_row(OTHER, death_reported="", benefit_status="active")[:8], (*GOOD, "")
    path = write_csv(tmp_path / "people.csv", short, long)
    assert read_rows(path)[0].beneficiary.death_reported is None
    assert read_refusals(path) == [(3, "more cells than the header has columns")]


def test_stray_quotation_mark_affects_only_its_own_line(tmp_path):
    path = write_csv(tmp_path / "people.csv", changed_row(scheme='"employee'), OTHER, GOOD)
    assert read_refusals(path) == [(2, "broken quotation")]
    assert len(read_rows(path)) == 3


def test_only_the_line_in_another_encoding_is_refused(tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed_row(OTHER, id_number="E7654321"))
    path.write_bytes(path.read_bytes() + (",".join(OTHER) + "\n").encode("gb18030"))
    assert read_refusals(path) == [(4, "characters that the file's encoding does not have")]


def test_only_the_line_invalid_in_gb18030_is_refused(tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, GOOD, encoding="gb18030")
    path.write_bytes(path.read_bytes() + b"resident,\xff\xff" + b"\nx" + b",".join([b""] * 10) + b"\n")
    assert read_refusals(path)[0] == (4, "characters that the file's encoding does not have")


@pytest.mark.parametrize("content", [b"", b"\n", b"name,id\n", b"\xff" * 100, b"\xff\xfe\x00"])
def test_file_without_header_is_refused_as_lacking_columns(tmp_path, content):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="lacks"):
        read_rows(path)


def test_missing_file_is_reported_as_missing(tmp_path):
    with pytest.raises(BadFile, match="No such file"):
        read_rows(tmp_path / "none.csv")


def test_repr_of_rejected_row_reveals_no_personal_data(tmp_path):
    [refused] = read_rows(write_csv(tmp_path / "people.csv", changed_row(benefit_status="paid")))
    assert "欧阳" not in repr(refused)
    assert "1101051949" not in repr(refused)


@pytest.mark.parametrize(("most", "one"), [("utf-8", "gbk"), ("gbk", "utf-8"), ("utf-8-sig", "gbk")])
def test_rejected_line_in_another_encoding_keeps_readable_cells(tmp_path, most, one):
    first, second, third = (
        changed_row(name=name, id_type="passport", id_number=f"E{n:08}")
        for n, name in enumerate(["王芳", "李娜", "张伟"])
    )
    path = write_csv(tmp_path / "list.csv", first, second, encoding=most)
    path.write_bytes(path.read_bytes() + ",".join(third).encode(one) + b"\n")
    refused, *fine = read_rows(path)
    assert [row.beneficiary.identity.name for row in fine] == ["王芳", "李娜"]
    assert read_refusals(path) == [(4, "characters that the file's encoding does not have")]
    assert refused.cells[1] == "张伟"


def test_name_valid_in_two_encodings_is_read_in_that_of_the_file(tmp_path):
    """濮洪福 in GBK is 姺鸣 in UTF-8."""
    names = ["王芳", "李娜", "濮洪福"]
    rows = [changed_row(name=name, id_type="passport", id_number=f"E{n:08}") for n, name in enumerate(names)]
    path = write_csv(tmp_path / "list.csv", *rows, encoding="gbk")
    assert [row.beneficiary.identity.name for row in read_rows(path)] == names


def test_line_with_lost_byte_keeps_its_other_characters(tmp_path):
    path = write_csv(
        tmp_path / "list.csv", changed_row(name="王芳"), changed_row(name="张建国"), encoding="utf-8"
    )
    path.write_bytes(path.read_bytes().replace("国".encode(), "国".encode()[:2]))
    [refused] = [row for row in read_rows(path) if not hasattr(row, "beneficiary")]
    assert refused.cells[1] == "张建\ufffd"
