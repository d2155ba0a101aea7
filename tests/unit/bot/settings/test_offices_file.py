"""An operator's offices are read from a file, and a bad file is refused in one line."""

import pytest

from bot.errors import BadSetting
from bot.settings.settings import read
from dialogs.rules.places.offices import SHIPPED, Office
from tests.unit.bot.settings.test_settings import ENOUGH

HEADER = "city,name,address,phone,home_visit"


def offices(tmp_path, *lines, header=HEADER, encoding="utf-8"):
    file = tmp_path / "offices.csv"
    file.write_bytes("\n".join([header, *lines]).encode(encoding))
    return read(ENOUGH | {"PENSION_BOT_OFFICES": str(file)}).offices


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_office_in_the_file_overrides_the_shipped_one(tmp_path, encoding):
    found = offices(
        tmp_path, "440100,越秀区社保中心,某路 1 号,020-87654321,拨 020-1 预约", "", encoding=encoding
    )
    assert found.of("440100") == Office(
        "440100", "越秀区社保中心", "020-87654321", "某路 1 号", "拨 020-1 预约"
    )
    assert found.of("440300") == SHIPPED.of("440300")


def test_empty_fields_of_a_line_keep_shipped_values(tmp_path):
    assert offices(tmp_path, "440100,,某路 1 号,,").of("440100") == Office(
        "440100", "广州市", "020-12333", "某路 1 号"
    )


def test_shipped_offices_are_used_without_the_setting():
    assert read(ENOUGH).offices.of("440100") == SHIPPED.of("440100")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("广州,a,b,020,", "line 2: city must be six digits"),
        ("440100,a,b,ask Li,", "line 2: phone must be a telephone number"),
        ("440100,a,b", "line 2: 3 columns instead of 5"),
        (f"440100,a,{'路' * 81},,", "line 2: address must be one line of at most 80 characters"),
        ("440100,a\x07,b,,", "line 2: name must be one line"),
        ('440100,"a"b,c,,', "line 2: broken quotation"),
        ("440100,a,b,,\n440100,c,d,,", "line 3: this city is there twice"),
    ],
)
def test_bad_line_is_refused_by_number_and_reason(tmp_path, line, wrong):
    with pytest.raises(BadSetting, match=f"^PENSION_BOT_OFFICES: {wrong}"):
        offices(tmp_path, line)


def test_bad_file_is_refused_by_reason(tmp_path):
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_OFFICES: line 1: broken quotation"):
        offices(tmp_path, header='"city"x,name')
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_OFFICES: line 1: broken quotation"):
        offices(tmp_path, header="city," + "n" * 200_000)
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_OFFICES: the first line must be city,name,"):
        offices(tmp_path, header="city,phone")
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_OFFICES: is not UTF-8, UTF-16 or GB18030"):
        offices(tmp_path, "440100,\xff\xff,,,", encoding="latin-1")
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_OFFICES: cannot be read: "):
        read(ENOUGH | {"PENSION_BOT_OFFICES": str(tmp_path / "none.csv")})
