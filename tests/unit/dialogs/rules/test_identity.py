"""Names and numbers: those that a document can show are accepted, all others are refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.id_numbers import check_digit
from dialogs.rules.identity import check_name, check_number, mask_name, mask_number, masked
from dialogs.values import IdType
from tests.support.dialog.dialogue import PERSON
from tests.support.tables import over

STANDARD = ("11010519491231002X", "440524188001010014")
"""The two examples of GB 11643."""


@pytest.mark.parametrize("number", STANDARD)
def test_examples_of_the_standard_are_accepted(number):
    assert check_number(IdType.RESIDENT_ID, number) == number
    assert check_digit(number[:17]) == number[17]


@pytest.mark.parametrize("number", STANDARD)
def test_wrong_check_character_is_refused(number):
    others = set("0123456789X") - {number[17]}
    assert [check_number(IdType.RESIDENT_ID, number[:17] + other) for other in others] == [None] * 10


@given(st.sampled_from(STANDARD), st.integers(0, 16), st.sampled_from("0123456789"))
def test_single_mistyped_digit_is_always_detected(number, place, digit):
    mistyped = number[:place] + digit + number[place + 1 :]
    expected = number if mistyped == number else None
    assert check_number(IdType.RESIDENT_ID, mistyped) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002x ",
        "'11010519491231002X'",
        '="11010519491231002X"',
        "\u200b11010519491231002X",
        "\u202d11010519491231002X\u202c",
        "\ufeff110105—19491231—002X",
        "110105-19491231-002x",
        "\u3000110105194912310\u00a002X\n",
    ],
)
def test_full_width_spaced_or_lower_case_number_is_normalised(typed):
    assert check_number(IdType.RESIDENT_ID, typed) == "11010519491231002X"


def with_check(first_17: str) -> str:
    return first_17 + check_digit(first_17)


@over(
    [
        (IdType.RESIDENT_ID, "440103195001010120"),
        (IdType.HK_MACAU_PERMIT, "H12345678"),
        (IdType.HK_MACAU_PERMIT, "M1234567890"),
        (IdType.TAIWAN_PERMIT, "12345678"),
        (IdType.TAIWAN_PERMIT, "1234567890"),
        (IdType.HMT_RESIDENCE, with_check("81000019500101001")),
        (IdType.HMT_RESIDENCE, with_check("82000019500101001")),
        (IdType.HMT_RESIDENCE, with_check("83000019500101001")),
        (IdType.FOREIGNER_PERMANENT_RESIDENCE, "USA440100500101"),
        (IdType.FOREIGNER_PERMANENT_RESIDENCE, with_check("91144019500101001")),
        (IdType.PASSPORT, "E12345678"),
        (IdType.PASSPORT, "AB123"),
    ]
)
def test_id_type_accepts_its_own_numbers(kind, number):
    assert check_number(kind, number.lower()) == number


@over(
    [
        (IdType.RESIDENT_ID, ""),
        (IdType.RESIDENT_ID, "44010319500101012"),
        (IdType.RESIDENT_ID, with_check("44010319500230012")),
        (IdType.RESIDENT_ID, with_check("44010319501301012")),
        (IdType.RESIDENT_ID, with_check("81000019500101001")),
        (IdType.RESIDENT_ID, with_check("91144019500101001")),
        (IdType.RESIDENT_ID, "٤٤٠١٠٣١٩٥٠٠١٠١٠١٢٠"),
        (IdType.HK_MACAU_PERMIT, "H1234567"),
        (IdType.HK_MACAU_PERMIT, "H123456789"),
        (IdType.HK_MACAU_PERMIT, "A12345678"),
        (IdType.TAIWAN_PERMIT, "123456789"),
        (IdType.HMT_RESIDENCE, "440103195001010120"),
        (IdType.HMT_RESIDENCE, with_check("84000019500101001")),
        (IdType.FOREIGNER_PERMANENT_RESIDENCE, "US1440100500101"),
        (IdType.FOREIGNER_PERMANENT_RESIDENCE, "440103195001010120"),
        (IdType.PASSPORT, "E123"),
        (IdType.PASSPORT, "E123456789012345"),
        (IdType.PASSPORT, "护照12345"),
    ]
)
def test_id_type_refuses_any_other_number(kind, number):
    assert check_number(kind, number) is None


@over(
    [
        ("陈建国", "陈建国"),
        ("  陈 建 国 ", "陈建国"),
        ("𠮷田𫝆", "𠮷田𫝆"),
        ("买买提·艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提●艾力", "买买提·艾力"),
        ("买买提﹒艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提。艾力", "买买提·艾力"),
        ("MARY  JANE O'NEIL-SMITH", "MARY JANE O'NEIL-SMITH"),
        ("José", "José"),
        ("O’Neil", "O'Neil"),
        ("J. R. Smith Jr.", "J R Smith Jr"),
        ("ＳＭＩＴＨ　ＪＯＨＮ", "SMITH JOHN"),
        ("ＳＭＩＴＨ，ＪＯＨＮ", "SMITH JOHN"),
        ("SMITH,JOHN", "SMITH JOHN"),
        ("Ｓｍｉｔｈ， Ｊ．", "Smith J"),
        ("⽅明", "方明"),
        ("⻢⻰", "马龙"),
        ("\ue863明", "䶮明"),
        ("陈\ufe0f大\u200b文", "陈大文"),
        ("\u202d陈大文\u202c", "陈大文"),
        ("陈\x1d大文", "陈大文"),
        ("'陈大文'", "陈大文"),
        ('="陈大文"', "陈大文"),
        ("བརྒྱུད་".strip("་"), "བརྒྱུད"),
    ]
)
def test_name_in_any_script_is_normalised(typed, name):
    assert check_name(typed) == name


@over(
    [
        *("", " ", "陈", "陈1国", "陈🙂国", "·艾力", "艾力·", "陈" * 41, "陈建国？", "<b>陈", "---", "· ·"),
        *("ㅤㅤ", "\u115f\u1160", "陈ㅤ", "\ufe0f\ufe0f", "\u0301\u0301", "ﾠﾠ", "\u200b\u200b"),
        *("n" + "\u0323" * 30, "陈大" + "\u0363" * 5, "x\u030c", "陈\u20dd大文"),
    ]
)
def test_text_that_is_not_a_name_is_refused(typed):
    assert check_name(typed) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("陈国", "陈*"),
        ("陈建国", "陈*国"),
        ("欧阳桂兰", "欧阳*兰"),
        ("买买提·艾力", "买***力"),
        ("欧阳·桂兰", "欧**兰"),
        ("SMITH JOHN", "SM*******N"),
        ("𠮷田𫝆", "𠮷*𫝆"),
    ],
)
def test_middle_of_name_is_masked(name, shown):
    assert mask_name(name) == shown


def test_middle_of_number_is_masked():
    assert masked(PERSON) == ("陈*国", "4401**********0120")
    assert mask_number("H12345678") == "H1*****78"


@given(st.text(min_size=1, max_size=60))
def test_random_text_never_raises_and_accepted_value_is_stable(text):
    name = check_name(text)
    assert name is None or check_name(name) == name
    for kind in IdType:
        number = check_number(kind, text)
        assert number is None or check_number(kind, number) == number


def test_accepted_name_with_any_letter_or_mark_is_stable():
    written = (chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] in "LM")
    names = [name for character in written if (name := check_name(f"a{character}b"))]
    assert [check_name(name) for name in names] == names
