"""`faq test`, and what `doctor` says about a custom FAQ file."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.support.programs.command_line"]

SUPPORT = Path(__file__).parents[2] / "support" / "dialog" / "faq"
OWN = "question,more_ways,answer,choices\n几点上班,几点开门,早上九点。,\n"


@pytest.fixture
def operator(terminal, tmp_path):
    terminal.set(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    return terminal


@pytest.fixture
def file(tmp_path):
    def write(text, name="phrasings.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def test_accurate_index_passes(operator):
    ran = await operator.run("faq", "test", SUPPORT / "tuning.csv")
    assert ran.code == 0
    assert "1402 phrasings with an entry" in ran.out
    assert "503 phrasings without an entry" in ran.out


async def test_wrong_answer_is_named_and_fails(operator, file):
    ran = await operator.run("faq", "test", file("phrasing,expected\n戴眼镜可以吗,几点上班\n你好,\n"))
    assert ran.code == 1
    assert "wrong: 戴眼镜可以吗: answered 戴眼镜可以刷脸吗, expected 几点上班" in ran.out
    assert "wrong and confident     1  100.0%" in ran.out


async def test_custom_faq_file_is_measured(operator, file):
    operator.set(FAQ=file(OWN, "faq.csv"))
    ran = await operator.run("faq", "test", file("phrasing,expected\n几点开门,几点上班\n戴眼镜可以吗,\n"))
    assert ran.code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("phrasing,expected\n几点开门,没有这一条\n", "line 2: no entry has the question 没有这一条"),
        ("phrasing\n几点开门\n", "the first line must be phrasing,expected"),
        ("", "the first line must be phrasing,expected"),
    ],
)
async def test_unusable_phrasings_file_is_reported_in_one_line(operator, file, text, says):
    ran = await operator.run("faq", "test", file(text))
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


async def test_missing_phrasings_file_is_reported_in_one_line(operator, tmp_path):
    ran = await operator.run("faq", "test", tmp_path / "none.csv")
    assert ran.code == 2
    assert ran.err.endswith("none.csv: the file cannot be read: No such file or directory\n")
    assert len(ran.err.splitlines()) == 1


async def test_doctor_shows_which_questions_are_in_force(operator, file):
    shipped = await operator.run("doctor", "--offline")
    assert "ok   questions: 80 in en, 87 in zh, shipped" in shipped.out
    operator.set(FAQ=file(OWN, "faq.csv"))
    own = await operator.run("doctor", "--offline")
    assert "ok   questions: 80 in en, 1 in zh, of PENSION_BOT_FAQ" in own.out
    operator.set(FAQ=file("a,b\n", "faq.csv"))
    bad = await operator.run("doctor", "--offline")
    assert bad.code == 1
    assert "FAIL questions: PENSION_BOT_FAQ: line 1: must be question,more_ways,answer,choices" in bad.out
