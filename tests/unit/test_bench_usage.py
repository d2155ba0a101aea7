"""`python -m tests.bench` says what it measures, and takes no other word for it."""

import pytest

from tests.bench.__main__ import PARTS, main


@pytest.mark.parametrize(("word", "code"), [("--help", 0), ("webhok", 2)])
def test_the_parts_are_named_to_who_asks_or_misspells_one(capsys, word, code):
    with pytest.raises(SystemExit) as ended:
        main([word])
    said = capsys.readouterr()
    assert ended.value.code == code
    assert all(part in said.out + said.err for part in PARTS)
