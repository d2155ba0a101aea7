"""A setting is one row, and everything that lists settings is generated from the rows."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.errors import BadSetting
from bot.settings.parsers import fraction
from bot.settings.reference import example, page
from bot.settings.settings import Settings
from bot.settings.table import read_all, setting, unknown_names
from tests.unit.bot.settings.test_settings import ENOUGH

ROOT = Path(__file__).parents[4]


@dataclass(frozen=True, slots=True, kw_only=True)
class More(Settings):
    """The settings with one additional row."""

    patience: float = setting("How long to wait, as a share.", fraction, default=0.5)


def test_committed_settings_reference_is_up_to_date():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page(), (
        "run `python -m bot.settings`"
    )
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example(), "run `python -m bot.settings`"


def test_new_row_is_parsed_documented_and_known():
    given = ENOUGH | {"PENSION_BOT_PATIENCE": "0.25"}
    assert read_all(given, More).patience == 0.25
    assert read_all(ENOUGH, More).patience == 0.5
    assert unknown_names(given, More) == ()
    assert unknown_names(given, Settings) == ("PENSION_BOT_PATIENCE",)
    assert "| `PATIENCE` |" in page(More)
    assert "PENSION_BOT_PATIENCE=" in example(More)
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_PATIENCE must be "):
        read_all(ENOUGH | {"PENSION_BOT_PATIENCE": "long"}, More)


def test_reference_contains_no_secret_values():
    assert "https://api.weixin.qq.com" in example()
    assert "pension-bot.db" in example()
    assert "DATA_KEYS=\n" in example()


def test_example_names_pages_by_their_path_and_not_as_links():
    assert "face verification (docs/wechat-face.md)" in example()
    assert "](" not in example()
