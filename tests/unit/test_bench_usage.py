"""`python -m tests.bench` lists what it measures, and refuses other words."""

import pytest

from tests.bench.__main__ import PARTS, main


@pytest.mark.parametrize(("word", "code"), [("--help", 0), ("webhok", 2)])
def test_bench_parts_are_listed_for_help_and_for_an_unknown_part(capsys, word, code):
    with pytest.raises(SystemExit) as ended:
        main([word])
    said = capsys.readouterr()
    assert ended.value.code == code
    assert all(part in said.out + said.err for part in PARTS)
