"""The header is found by contract or third-party headings, below titles; a duplicate column is refused."""

import re

import pytest

from messages.language.codes import Language
from storage.registry.row import COLUMNS
from storage.sheets.faults import BadFile
from tests.support.files.registry_files import GOOD, changed_row, read_refusals, read_rows, write_csv
from tests.support.files.workbooks import write_workbook

HEADINGS = [
    "险种,姓名,证件类型,证件号码,参保地,待遇状态,待遇开始日期,上次认证日期,照片,死亡日期",
    "险种类型,待遇领取人姓名,证件种类,身份证号,行政区划代码,发放状态,待遇享受开始时间,最近认证时间,照片路径,身故日期",
    "*险种,* 姓 名,证件类型（必填）,证件号码(18位),城市,状态,开始日期,认证日期,相片,死亡时间",
    "Scheme,NAME,ID Type,ID Number,City,Benefit Status,Benefit Start,Last Certified,Photo,Death Reported",
]
VALUES = changed_row(
    scheme="企业职工", id_type="居民身份证", city="广州市", benefit_status="正常", benefit_start="2010/1/1"
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_third_party_headings_and_values_read_like_the_contract(tmp_path, heading):
    path = write_csv(tmp_path / "theirs.csv", VALUES, header=heading.split(","))
    assert read_rows(path) == read_rows(write_csv(tmp_path / "ours.csv", GOOD))


@pytest.mark.parametrize(
    "above", [["广州市待遇领取人员名单"], ["sep=,"], ["名单"], ["", "2026年11月", "单位：甲"]]
)
def test_title_above_the_header_is_skipped(tmp_path, above):
    rows = [(line,) for line in above[1:]]
    path = write_csv(
        tmp_path / "people.csv", *rows, COLUMNS, GOOD, changed_row(city="4401"), header=above[:1]
    )
    assert read_refusals(path) == [
        (len(above) + 3, "bad city: no city of Guangdong, no region code such as 430100")
    ]
    book = write_workbook(tmp_path / "people.xlsx", [*([line] for line in above), COLUMNS, GOOD])
    assert len(read_rows(book)) == 1


def test_missing_columns_are_named(tmp_path):
    path = write_csv(tmp_path / "people.csv", header=("名单", *COLUMNS[:-2]))
    with pytest.raises(BadFile, match="lacks: photo, death_reported"):
        read_rows(path)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADINGS[0].split(",")[:-2], "照片, 死亡日期"),
        (["险种", "姓名", *COLUMNS[2:-2]], "照片 (photo), 死亡日期 (death_reported)"),
        (["名单"], "险种 (scheme), 姓名 (name), 证件类型 (id_type)"),
    ],
    ids=["Chinese", "both", "none"],
)
@pytest.mark.parametrize("language", Language)
def test_missing_columns_are_named_in_the_language_of_the_header(tmp_path, header, told, language):
    with pytest.raises(BadFile) as refused:
        read_rows(write_csv(tmp_path / "people.csv", header=header))
    assert told in refused.value.reason(language)


@pytest.mark.parametrize(
    ("twin", "named"),
    [("id_number", "id_number"), ("证件号码", "证件号码 (id_number)"), ("身份证号", "证件号码 (id_number)")],
)
def test_duplicate_column_is_refused_by_name(tmp_path, twin, named):
    path = write_csv(tmp_path / "people.csv", (*GOOD, "1"), header=(*COLUMNS, twin))
    told = re.escape(f"more than once: {named}: id_number, {twin}")
    with pytest.raises(BadFile, match=told):
        read_rows(path)
