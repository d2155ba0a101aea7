"""A number that a spreadsheet rounded is refused even where its check character fits by chance."""

from dialogs.values import IdType
from tests.support.files.registry_files import GOOD, OTHER, changed_row, read_refusals, read_rows, write_csv

FITTING = ("440103194501014000", "440103194501022000")
"""End in three zeros, and are valid: one in eleven rounded numbers is."""
ROUNDED = ("440103194501010000", "440103194501011000", "440103194501012000")
LOST = "bad id_number: a number cell, digits lost; make the cell text"


def written(path, *numbers):
    rows = (changed_row(id_number=number, id_type=IdType.RESIDENT_ID) for number in numbers)
    return write_csv(path / "people.csv", GOOD, *rows, OTHER)


def test_fitting_number_among_rounded_ones_is_refused_like_them(tmp_path):
    path = written(tmp_path, ROUNDED[0], FITTING[0], *ROUNDED[1:])
    assert read_refusals(path) == [(line, LOST) for line in (3, 4, 5, 6)]
    assert len(read_rows(path)) == 6


def test_fitting_number_with_signs_of_text_around_it_is_refused_too(tmp_path):
    path = written(tmp_path, *ROUNDED, f" {FITTING[0]}\u3000")
    assert [line for line, _ in read_refusals(path)] == [3, 4, 5, 6]


def test_numbers_that_end_in_three_zeros_are_read_where_none_is_rounded(tmp_path):
    assert read_refusals(written(tmp_path, *FITTING)) == []


def test_one_wrong_number_among_true_ones_that_end_in_zeros_refuses_no_other(tmp_path):
    assert read_refusals(written(tmp_path, ROUNDED[0], *FITTING)) == [(3, LOST)]


def test_true_number_with_the_wrong_document_refuses_no_other(tmp_path):
    wrong = changed_row(id_number=FITTING[0], id_type="")
    path = write_csv(tmp_path / "people.csv", wrong, changed_row(id_number=FITTING[1]))
    assert read_refusals(path) == [(2, "bad id_type: empty")]
