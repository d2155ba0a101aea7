"""Lines that share a document's number: equal ones count once, different ones are all refused."""

import pytest

from tests.support.files.registry_files import GOOD, OTHER, changed, read_rows, refusals, write_csv

REPEATED = "a second line for this person"
CONTRADICTED = "several lines for this person differ: keep the right one"
TWO_NAMES = "one document number under two names"


@pytest.mark.parametrize(
    "again",
    [GOOD, changed(id_number="11010519491231002x"), changed(benefit_start="2010/1/1", scheme="企业职工")],
)
def test_an_equal_line_is_refused_and_the_first_counts(tmp_path, again):
    path = write_csv(tmp_path / "people.csv", GOOD, OTHER, again)
    assert refusals(path) == [(4, REPEATED)]
    assert len(read_rows(path)) == 3


@pytest.mark.parametrize(
    ("again", "reason"),
    [
        (changed(city="440300"), CONTRADICTED),
        (changed(benefit_status="suspended"), CONTRADICTED),
        (changed(name="陈测试"), TWO_NAMES),
        (changed(name="陈测试", scheme="resident"), TWO_NAMES),
    ],
)
def test_lines_that_contradict_each_other_are_all_refused(tmp_path, again, reason):
    path = write_csv(tmp_path / "people.csv", GOOD, OTHER, again)
    assert refusals(path) == [(2, reason), (4, reason)]


@pytest.mark.parametrize("printed", ["H0123456702", "H01234567", "H01234567(01)"])
def test_a_renewed_permit_is_the_same_person_s(tmp_path, printed):
    held = changed(id_type="hk_macau_permit", id_number="H0123456701")
    path = write_csv(tmp_path / "people.csv", held, changed(held, id_number=printed, name="歐陽测试"))
    assert refusals(path) == [(3, REPEATED)]


def test_one_person_in_two_schemes_is_fine(tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed(scheme="resident", city="440300"))
    assert refusals(path) == []


def test_a_refused_line_contradicts_nobody(tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed(city="999999"))
    assert refusals(path) == [(3, "bad city: no known city or region code (GB/T 2260)")]
