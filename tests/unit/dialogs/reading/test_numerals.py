"""Numerals of any script become digits, one for one, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.numerals import digits


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("四四零一零三一九五零零一零一零一二零", "440103195001010120"),
        ("肆肆〇壹〇叁", "440103"),
        ("壹貳參肆伍陸柒捌玖零", "1234567890"),
        ("幺三八○○", "13800"),
        ("４４０１０３", "440103"),
        ("٤٤٠", "440"),
        ("〡〢〣", "123"),
        ("陈三，一九五〇年", "陈3，1950年"),
    ],
)
def test_number_in_any_script_becomes_digits(typed, expected):
    assert digits(typed) == expected


@pytest.mark.parametrize("typed", ["十", "百", "两个", "兩", "半", "①", "½", "Ⅻ", "x", "", "万"])
def test_text_that_is_not_a_single_digit_is_unchanged(typed):
    assert digits(typed) == typed


@given(st.text())
def test_conversion_changes_only_non_ascii_digits(text):
    read = digits(text)
    assert len(read) == len(text)
    assert all(
        new == old or (new.isascii() and new.isdigit() and not old.isascii())
        for new, old in zip(read, text, strict=True)
    )
    assert digits(read) == read
