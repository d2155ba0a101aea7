"""Identities are compared by their content, not by their spelling."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.characters import SIMPLIFIED
from dialogs.rules.identity import check_name, is_same_name, is_same_person
from dialogs.values import Identity, IdType
from tests.support.dialog.dialogue import PERSON


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("买买提·吐尔逊", "买买提 吐尔逊"),
        ("张大文", "張大文"),
        ("張大文", "张大文"),
        ("叶丽丽", "葉麗麗"),
        ("龚䶮", "龔龑"),
        ("SMITH JOHN", "smith john"),
        ("SMITH JOHN", "John Smith"),
        ("MARY JANE SMITH", "Smith Mary-Jane"),
        ("CHEN DAWEN", "Chen Da Wen"),
        ("CHEN DAWEN", "Da Wen Chen"),
        ("JOSÉ MUÑOZ", "jose munoz"),
        ("ŁUKASZ SØRENSEN", "Lukasz Sorensen"),
        ("NGUYỄN VĂN ĐỨC", "Nguyen Van Duc"),
        ("GROSS", "Groß"),
        ("O'NEIL", "O’Neil"),
        ("O'NEIL", "ONEIL"),
        ("J. R. SMITH", "JR Smith"),
    ],
)
def test_name_in_another_spelling_is_the_same_name(registered, typed):
    assert is_same_name(registered, typed)
    assert is_same_name(typed, registered)


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("陈大文", "陈大雯"),
        ("陈大文", "陈文大"),
        ("陈大文", "陈大"),
        ("买买提·吐尔逊", "吐尔逊·买买提"),
        ("SMITH JOHN", "SMITH JOAN"),
        ("SMITH JOHN", "SMITH"),
        ("がく", "かく"),
        ("陈大文", ""),
    ],
)
def test_different_names_are_not_the_same_name(registered, typed):
    assert not is_same_name(registered, typed)
    assert not is_same_name(typed, registered)


def permit(number: str, name: str = "陈大文") -> Identity:
    return Identity(name, IdType.HK_MACAU_PERMIT, number)


@pytest.mark.parametrize("renewed", ["H01234567", "H0123456702"])
def test_renewed_permit_belongs_to_the_same_person(renewed):
    assert permit("H0123456701").document == permit(renewed, "陳大文").document
    assert is_same_person(permit("H0123456701"), permit(renewed, "陳大文"))


@pytest.mark.parametrize(
    "other",
    [
        permit("H0123456801"),
        permit("M0123456701"),
        replace(permit("H0123456701"), id_type=IdType.PASSPORT),
        permit("H0123456701", "陈小文"),
    ],
)
def test_other_number_id_type_or_name_is_another_person(other):
    assert not is_same_person(permit("H0123456701"), other)


def test_document_is_the_same_under_another_name():
    assert PERSON.document == replace(PERSON, name="某某").document
    assert not is_same_person(PERSON, replace(PERSON, name="某某"))


TRADITIONAL = "".join(map(chr, SIMPLIFIED))


@given(st.text(TRADITIONAL, min_size=2, max_size=4), st.sampled_from("·• "))
def test_name_is_the_same_in_either_script_and_with_any_dot(name, dot):
    simplified = name.translate(SIMPLIFIED)
    assert is_same_name(check_name(f"{name[0]}{dot}{name[1:]}") or "", check_name(simplified) or "-")


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_comparison_never_raises_and_is_symmetric(one, other):
    assert is_same_name(one, one)
    assert is_same_name(one, other) == is_same_name(other, one)


@given(st.text(min_size=2, max_size=12))
def test_accepted_name_is_stable_and_differs_from_an_empty_one(text):
    name = check_name(text)
    if name is not None:
        assert check_name(name) == name
        assert not is_same_name(name, "")
        assert is_same_name(name, unicodedata.normalize("NFD", name))
