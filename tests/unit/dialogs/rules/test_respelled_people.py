"""Random respellings of a name and number, by any program or keyboard, are the same person."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.lexicon.surnames import SURNAMES
from dialogs.rules.characters import NAME_DOTS, SIMPLIFIED
from dialogs.rules.id_numbers import check_digit
from dialogs.rules.identity import check_name, check_number, is_same_person
from dialogs.values import Identity, IdType
from storage.sheets.cells import clean, inert, inert_in_csv

UNSEEN = ("\u200b", "\u200e", "\ufeff", "\u2060", "\xad", "\ufe0f", "\x00", "\u202d", "\u202c")
WRAPPED = ("{}", " {}", "{}\u3000", "'{}", "`{}", '="{}"', "\t{}", "\u202d{}\u202c", "\ufeff{}", "{}\n")
TRADITIONAL = {chr(simple): chr(code) for code, one in SIMPLIFIED.items() for simple in map(ord, one)}

GIVEN = "国秀英建军桂兰文明丽华刚玉珍龙凤"
HAN_NAMES = st.builds(
    "{}{}".format, st.sampled_from(sorted(SURNAMES)), st.text(GIVEN, min_size=1, max_size=2)
)
DOTTED_NAMES = st.builds(
    "{}·{}".format, *[st.sampled_from(["买买提", "吐尔逊", "艾力", "古丽娜尔", "阿卜杜拉"])] * 2
)
BIRTHS = st.builds("{:04}{:02}{:02}".format, st.integers(1925, 1975), st.integers(1, 12), st.integers(1, 28))


@st.composite
def resident_numbers(draw):
    body = draw(st.sampled_from(["440103", "110105", "650102"])) + draw(BIRTHS)
    body += f"{draw(st.integers(0, 999)):03}"
    return body + check_digit(body)


PERMITS = st.builds("{}{:08}".format, st.sampled_from("HM"), st.integers(0, 10**8 - 1))


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@st.composite
def respelled(draw, text):
    """Return the text as some program or keyboard may give it."""
    text = draw(st.sampled_from([text, text.lower(), full_width(text), unicodedata.normalize("NFD", text)]))
    place = draw(st.integers(0, len(text)))
    text = text[:place] + draw(st.sampled_from(["", *UNSEEN])) + text[place:]
    text = draw(st.sampled_from([str, clean, inert, inert_in_csv]))(text)
    return draw(st.sampled_from(WRAPPED)).format(text)


@st.composite
def respelled_names(draw, name):
    if "·" in name:
        name = name.replace("·", draw(st.sampled_from(["", " ", " · ", *NAME_DOTS])))
    if draw(st.booleans()):
        name = "".join(TRADITIONAL.get(c, c) for c in name)
    return draw(respelled(name))


@st.composite
def twice(draw, names, numbers):
    """Return a person as registered, and the same name and number as they come in."""
    name, number = draw(names), draw(numbers)
    return name, number, draw(respelled_names(name)), draw(respelled(number))


@given(twice(HAN_NAMES | DOTTED_NAMES, resident_numbers()))
def test_respelled_name_and_number_are_the_same_person(person):
    name, number, typed_name, typed_number = person
    found = Identity(
        check_name(typed_name), IdType.RESIDENT_ID, check_number(IdType.RESIDENT_ID, typed_number)
    )
    assert found.number == number
    assert is_same_person(Identity(name, IdType.RESIDENT_ID, number), found)


RENEWED = st.builds(
    str.format, st.sampled_from(["{}", "{}{:02}", "{}({:02})", "{}（{:02}）"]), PERMITS, st.integers(0, 99)
)


@given(HAN_NAMES, RENEWED, st.data())
def test_renewed_permit_belongs_to_the_same_person(name, printed, data):
    typed_name, typed = data.draw(respelled_names(name)), data.draw(respelled(printed))
    number = check_number(IdType.HK_MACAU_PERMIT, typed)
    assert number is not None
    found = Identity(check_name(typed_name), IdType.HK_MACAU_PERMIT, number)
    assert is_same_person(Identity(name, IdType.HK_MACAU_PERMIT, printed[:9]), found)


@given(resident_numbers(), resident_numbers())
def test_different_numbers_are_different_people(one, other):
    same = (
        Identity("陈大文", IdType.RESIDENT_ID, one).document
        == Identity("陈大文", IdType.RESIDENT_ID, other).document
    )
    assert same is (one == other)
