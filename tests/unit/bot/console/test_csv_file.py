"""Cells of a downloaded table are text and never formulas."""

import pytest

from bot.console.csv_file import csv_response


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1"])
def test_cell_that_looks_like_a_formula_is_escaped(cell):
    body = csv_response("tasks", ["name", "count"], [(cell, 3)]).body.decode("utf-8-sig")
    assert body.split("\r\n", 1)[1].lstrip('"').startswith("'")
    assert body.rstrip().endswith(",3")
