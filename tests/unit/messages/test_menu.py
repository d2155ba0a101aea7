"""The account's menu: every entry has a name, the platform accepts it, and the simulator shows it."""

import re
from pathlib import Path

from bot.wechat.api.menu import account_menu
from dialogs.values import Scheme
from messages.language.labels import MenuKey
from messages.menu import MENU_BAR, MENU_NAMES

CHAT = Path(__file__).parents[3] / "bot" / "simulator" / "static" / "chat.js"


def test_every_key_appears_in_menu_once_and_has_a_name():
    assert sorted(key for keys in MENU_BAR.values() for key in keys) == sorted(MenuKey)
    assert set(MENU_NAMES) == set(MenuKey)


def test_menu_is_within_platform_limits():
    buttons = account_menu()["button"]
    assert len(buttons) <= 3
    assert all(1 <= len(button["sub_button"]) <= 5 for button in buttons)
    assert all(len(entry["name"]) <= 8 for button in buttons for entry in button["sub_button"])


def test_simulator_shows_every_scheme_under_its_menu_name():
    shown = {key: name for name, key in re.findall(r'\["([^"]+)", "([A-Z_]+)"\]', CHAT.read_text())}
    assert shown.items() <= {str(key): name for key, name in MENU_NAMES.items()}.items()
    assert shown.keys() >= {f"{act}_{scheme.name}" for act in ("CERTIFY", "QUERY") for scheme in Scheme}
