"""The account's menu in the platform's format."""

from messages.language.labels import MenuKey
from messages.menu import MENU_BAR, MENU_NAMES


def account_menu() -> dict[str, object]:
    """Return the JSON of `/cgi-bin/menu/create`: at most 3 buttons of at most 5 entries, each a CLICK key."""
    return {
        "button": [
            {"name": name, "sub_button": [_entry(key) for key in keys]} for name, keys in MENU_BAR.items()
        ]
    }


def _entry(key: MenuKey) -> dict[str, str]:
    return {"type": "click", "name": MENU_NAMES[key], "key": key}
