"""ID numbers as keyboards, old documents and renewed permits show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.id_numbers import check_digit
from dialogs.rules.identity import check_number
from dialogs.values import IdType

NUMBER = "440103195001011238"


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (IdType.RESIDENT_ID, "44O103195OO1O11238", NUMBER),
        (IdType.RESIDENT_ID, "44o1o3195oＯ1o11238", NUMBER),
        (IdType.RESIDENT_ID, "440l03I950O|O!1238", NUMBER),
        (IdType.RESIDENT_ID, "44О1ο3195001011238", NUMBER),
        (IdType.RESIDENT_ID, "11010519491231002×", "11010519491231002X"),
        (IdType.RESIDENT_ID, "11010519491231002*", "11010519491231002X"),
        (IdType.RESIDENT_ID, "11010519491231002Х", "11010519491231002X"),
        (IdType.HMT_RESIDENCE, "8l0000l95OO1010010", "810000195001010010"),
    ],
)
def test_lookalike_is_read_as_digit_if_check_character_agrees(kind, typed, number):
    assert check_number(kind, typed) == number


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (IdType.RESIDENT_ID, "44O103195OO1O11237"),
        (IdType.RESIDENT_ID, "44O103195OO1311238"),
        (IdType.RESIDENT_ID, "11O105491231002"),
        (IdType.HK_MACAU_PERMIT, "HO1234567"),
        (IdType.TAIWAN_PERMIT, "O1234567"),
        (IdType.FOREIGNER_PERMANENT_RESIDENCE, "USA44O10050010l"),
    ],
)
def test_lookalike_is_not_read_as_digit_without_proof(kind, typed):
    assert check_number(kind, typed) is None


def test_passport_number_keeps_its_letters():
    assert check_number(IdType.PASSPORT, "EO1234567") == "EO1234567"


@pytest.mark.parametrize(
    ("old", "number"),
    [
        ("110105491231002", "11010519491231002X"),
        ("440103 500101 123", NUMBER),
        ("４４０１０３５００１０１１２３", NUMBER),
        ("440103501301123", None),
        ("940103500101123", None),
        ("44010350010112", None),
    ],
)
def test_valid_15_digit_number_is_extended_to_18(old, number):
    assert check_number(IdType.RESIDENT_ID, old) == number


def test_15_digits_are_accepted_for_resident_id_only():
    others = set(IdType) - {IdType.RESIDENT_ID, IdType.PASSPORT}
    assert {check_number(kind, "110105491231002") for kind in others} == {None}


@pytest.mark.parametrize(
    ("kind", "printed", "number", "lifelong"),
    [
        (IdType.HK_MACAU_PERMIT, "H01234567(01)", "H0123456701", "H01234567"),
        (IdType.HK_MACAU_PERMIT, "h01234567（02）", "H0123456702", "H01234567"),
        (IdType.HK_MACAU_PERMIT, "M01234567", "M01234567", "M01234567"),
        (IdType.TAIWAN_PERMIT, "01234567(01)", "0123456701", "01234567"),
        (IdType.TAIWAN_PERMIT, "01234567", "01234567", "01234567"),
        (IdType.TAIWAN_PERMIT, "0123456701(B)", "0123456701", "01234567"),
        (IdType.TAIWAN_PERMIT, "0123456701（d）", "0123456701", "01234567"),
        (IdType.TAIWAN_PERMIT, "0123456701A", "0123456701", "01234567"),
        (IdType.PASSPORT, "E1234567801", "E1234567801", "E1234567801"),
        (IdType.RESIDENT_ID, NUMBER, NUMBER, NUMBER),
    ],
)
def test_permit_is_kept_as_printed_and_compared_by_its_lifelong_part(kind, printed, number, lifelong):
    assert check_number(kind, printed) == number
    assert kind.lifelong(number) == kind.lifelong(lifelong) == lifelong


@given(st.sampled_from(IdType), st.text("0123456789OoIl|×XxHM()='\u200b-", max_size=24))
def test_accepted_number_is_accepted_again_unchanged(kind, typed):
    number = check_number(kind, typed)
    assert number is None or check_number(kind, number) == number


@given(st.integers(0, 10**17 - 1), st.data())
def test_letters_for_digits_never_give_another_number(digits, data):
    number = f"{digits:017}"
    number += check_digit(number)
    looks = {"0": "0OoＯ", "1": "1lI|"}
    typed = "".join(data.draw(st.sampled_from(looks.get(digit, digit))) for digit in number)
    assert check_number(IdType.RESIDENT_ID, typed) == check_number(IdType.RESIDENT_ID, number)
