"""A date, value, heading or cell is read the same in all notations of programs and spreadsheets."""

from datetime import date

import pytest

from dialogs.reading.lexicon.registry_files import NOTHING
from dialogs.values import BenefitStatus, IdType, Scheme
from messages.catalogue.lookup import phrase_of
from messages.language.codes import Language
from storage.registry.cell_content import content
from storage.registry.dates import read_date
from storage.registry.values import read_city, read_id_type, read_scheme, read_status
from storage.sheets.cells import clean, inert, inert_in_csv
from storage.sheets.faults import FaultKind
from tests.support.tables import over

NEW_YEAR = date(2010, 1, 1)


@over(
    [
        "2010-01-01",
        "2010/1/1",
        "2010/01/01",
        "2010.1.1",
        "20100101",
        "2010年1月1日",
        "2010年01月01号",
        "2010 年 1 月 1 日",
        "2010-1-1 0:00",
        "2010-01-01 00:00:00",
        "2010-01-01T00:00:00.000",
        "2010-01-01T00:00:00+08:00",
        "２０１０－０１－０１",
        "2010–1–1",
        "二〇一〇年一月一日",
        "二○一○年一月一日",
        "40179",
        "40179.5",
    ]
)
def test_year_first_date_is_read_in_any_notation(cell):
    assert read_date(cell) == NEW_YEAR


@over([*NOTHING.split("|"), "", "NULL", "NaN", "／", "－", "——", "--", " \\ ", "（空）", "(空白)"])
def test_cell_that_says_there_is_nothing_is_empty_in_every_column(cell):
    assert content(cell) == ""


@over(["南", "Na", "倪尔", "#N/A", "不详", "0", "吴", "-1", "A/B"])
def test_cell_that_says_something_keeps_it(cell):
    assert content(cell) == cell


@over(
    [
        "",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0000/00/00",
        "0000/0/0",
        "00000000",
        "1900/1/0",
        "1900-01-00 0:00:00",
    ]
)
def test_day_zero_of_a_program_is_no_date(cell):
    assert read_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇一〇年十月十日", date(2010, 10, 10)),
        ("二〇一〇年十一月二十一日", date(2010, 11, 21)),
        ("二〇一〇年十二月三十日", date(2010, 12, 30)),
    ],
)
def test_chinese_numerals_above_nine_are_read_in_dates(cell, day):
    assert read_date(cell) == day


@over(
    [
        "2010-01",
        "201001",
        "2010",
        "2010年1月",
        "1/1/2010",
        "01-01-10",
        "10/1/1",
        "yesterday",
        "2010-01-01T00:00:00Z",
        "2009-12-31T16:00:00+00:00",
        "0",
        "00000",
        "01234",
        "100000",
        "2010-1-1-1",
    ]
)
def test_incomplete_or_ambiguous_date_is_not_read(cell):
    assert read_date(cell) is FaultKind.NOT_A_DAY


@pytest.mark.parametrize("cell", ["2010-02-30", "20101301", "2010/0/1", "0000-01-01"])
def test_nonexistent_date_is_reported_as_no_such_day(cell):
    assert read_date(cell) is FaultKind.NO_SUCH_DAY


@pytest.mark.parametrize("member", Scheme)
@pytest.mark.parametrize("language", Language)
def test_scheme_is_read_by_code_and_catalogue_name(member, language):
    assert read_scheme(member.value) is read_scheme(phrase_of("schemes", member, language)) is member


@over(IdType, Language)
def test_id_type_is_read_by_code_and_catalogue_name(member, language):
    assert read_id_type(member.value) is read_id_type(phrase_of("id_types", member, language)) is member


@over(
    [
        ("企业职工", Scheme.EMPLOYEE),
        ("企业职工基本养老保险", Scheme.EMPLOYEE),
        ("城镇企业职工基本养老保险", Scheme.EMPLOYEE),
        ("城镇职工", Scheme.EMPLOYEE),
        ("城乡居民", Scheme.RESIDENT),
        ("城乡居民基本养老保险待遇", Scheme.RESIDENT),
        ("城镇居民养老保险", Scheme.RESIDENT),
        ("EMPLOYEE", Scheme.EMPLOYEE),
        ("机关事业单位养老保险", None),
        ("职工医疗保险", None),
        ("", None),
    ]
)
def test_scheme_is_read_by_common_names_only(cell, member):
    assert read_scheme(cell) is member


@pytest.mark.parametrize(
    ("cell", "member"),
    [
        ("身份证", IdType.RESIDENT_ID),
        ("居民身份证（户口簿）", IdType.RESIDENT_ID),
        ("回乡证", IdType.HK_MACAU_PERMIT),
        ("台胞证", IdType.TAIWAN_PERMIT),
        ("港澳台居住证", IdType.HMT_RESIDENCE),
        ("外国人永久居留证", IdType.FOREIGNER_PERMANENT_RESIDENCE),
        ("Passport", IdType.PASSPORT),
        ("军官证", None),
    ],
)
def test_id_type_is_read_by_common_names_only(cell, member):
    assert read_id_type(cell) is member


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("正常", BenefitStatus.ACTIVE),
        ("正常发放", BenefitStatus.ACTIVE),
        ("暂停", BenefitStatus.SUSPENDED),
        ("停发", BenefitStatus.SUSPENDED),
        ("终止", BenefitStatus.TERMINATED),
        ("终止（死亡）", BenefitStatus.TERMINATED),
        ("Active", BenefitStatus.ACTIVE),
        ("正常？", BenefitStatus.ACTIVE),
        ("不正常", None),
    ],
)
def test_benefit_status_is_read_by_common_names_only(cell, status):
    assert read_status(cell) is status


@over(
    [
        ("440100", "440100"),
        ("440103", "440100"),
        ("４４０１００", "440100"),
        ("440100.0", "440100"),
        ("441900", "441900"),
        ("110000", "110000"),
        ("110105", "110000"),
        ("310115", "310000"),
        ("500101", "500000"),
        ("500241", "500000"),
        ("429004", "429004"),
        ("440000", "440000"),
        ("广州", "440100"),
        ("广州市", "440100"),
        ("粤-广州", "440100"),
        ("广东省广州市", "440100"),
        ("广州市荔湾区", "440100"),
        ("广东省 广州市", "440100"),
        ("廣東省廣州市", "440100"),
        ("佛山市顺德区", "440600"),
        ("顺德区", "440600"),
        ("穗", "440100"),
        ("440100广州市", "440100"),
        ("广州市(440100)", "440100"),
        ("440106-天河区", "440100"),
        ("430100 长沙市", "430100"),
        ("长沙市（430100）", "430100"),
        ("台山市", "440700"),
        ("广州市第5片区", "440100"),
        ("440100深圳市", None),
        ("999999广州市", None),
        ("440100、440300", None),
        ("长沙市", None),
        ("唐山市开平区", None),
        ("开平区", None),
        ("大连市中山区", None),
        ("广西南宁市兴宁区", None),
        ("鹤壁市鹤山区", None),
        ("天津市河源路", None),
        ("广州、深圳", None),
        ("999999", None),
        ("000000", None),
        ("449900", None),
        ("110500", None),
        ("440", None),
        ("gz", None),
        ("汕", None),
        ("", None),
    ]
)
def test_city_is_read_by_code_district_or_name(cell, city):
    assert read_city(cell) == city


@over(
    [
        "440103195001011238",
        " 440103195001011238\u3000",
        "'440103195001011238",
        "`440103195001011238",
        "\t440103195001011238",
        '="440103195001011238"',
        '= "440103195001011238"',
        '\'="440103195001011238"',
        "\u200b440103195001011238",
        "\u202d440103195001011238\u202c",
        "\ufeff440103195001011238",
        "440103195001011238\x00",
    ]
)
def test_spreadsheet_artefacts_around_text_are_stripped(cell):
    assert clean(cell) == "440103195001011238"


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "\r=1+1", "＝1+1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_formula_is_written_inert_and_reads_back_unchanged(cell):
    for written in (inert(cell), inert_in_csv(cell)):
        assert written.startswith("'")
        assert clean(written) == clean(cell)


@pytest.mark.parametrize("cell", ["440103195001011238", "00123456", "12E45678"])
def test_number_that_excel_would_round_is_written_as_text(cell):
    assert inert_in_csv(cell) == f"'{cell}"
    assert clean(inert_in_csv(cell)) == cell
