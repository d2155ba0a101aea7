"""Lines with the same document number: equal ones count once, differing ones are all refused."""

import pytest

from tests.support.files.registry_files import GOOD, OTHER, changed_row, read_refusals, read_rows, write_csv

REPEATED = "a second line for this person"
CONTRADICTED = "several lines for this person differ: keep the right one"
TWO_NAMES = "one document number under two names"


@pytest.mark.parametrize(
    "again",
    [
        GOOD,
        changed_row(id_number="11010519491231002x"),
        changed_row(benefit_start="2010/1/1", scheme="企业职工"),
    ],
)
def test_duplicate_line_is_refused_and_the_first_is_kept(tmp_path, again):
    path = write_csv(tmp_path / "people.csv", GOOD, OTHER, again)
    assert read_refusals(path) == [(4, REPEATED)]
    assert len(read_rows(path)) == 3


@pytest.mark.parametrize(
    ("again", "reason"),
    [
        (changed_row(city="440300"), CONTRADICTED),
        (changed_row(benefit_status="suspended"), CONTRADICTED),
        (changed_row(name="陈测试"), TWO_NAMES),
        (changed_row(name="陈测试", scheme="resident"), TWO_NAMES),
    ],
)
def test_contradicting_lines_are_all_refused(tmp_path, again, reason):
    path = write_csv(tmp_path / "people.csv", GOOD, OTHER, again)
    assert read_refusals(path) == [(2, reason), (4, reason)]


@pytest.mark.parametrize("printed", ["H0123456702", "H01234567", "H01234567(01)"])
def test_renewed_permit_belongs_to_the_same_person(tmp_path, printed):
    held = changed_row(id_type="hk_macau_permit", id_number="H0123456701")
    path = write_csv(tmp_path / "people.csv", held, changed_row(held, id_number=printed, name="歐陽测试"))
    assert read_refusals(path) == [(3, REPEATED)]


def test_person_in_two_schemes_is_accepted(tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed_row(scheme="resident", city="440300"))
    assert read_refusals(path) == []


def test_refused_line_does_not_contradict_a_valid_one(tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed_row(city="999999"))
    assert read_refusals(path) == [(3, "bad city: no city of Guangdong, no region code such as 430100")]
