"""The architecture page matches the code."""

import pytest

from tests.architecture.pictures import CAPTURE, MESSAGE, PAGE, Stage, exists, with_pictures


def test_committed_pictures_match_the_code():
    page = PAGE.read_text(encoding="utf-8")
    assert with_pictures(page) == page, "run `python -m tests.architecture.pictures`"


@pytest.mark.parametrize("stage", [*MESSAGE, *CAPTURE], ids=lambda stage: stage.function)
def test_every_stage_names_an_existing_function(stage):
    assert exists(stage)


def test_stage_that_names_no_function_is_detected():
    assert not exists(Stage("dialogs.flow.step", "no_such_function", ""))
