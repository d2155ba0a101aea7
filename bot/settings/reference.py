"""Writes the reference of the settings: the page `docs/settings.md` and the file `.env.example`."""

import re

from bot.settings.parsers import PREFIX
from bot.settings.settings import Settings
from bot.settings.table import Setting, settings_of

_COMMAND = "`python -m bot.settings`"
_LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
"""A link to another page of `docs/`."""


def page(kind: type = Settings) -> str:
    """Return the page in Markdown: one line per setting."""
    rows = "\n".join(_line(one) for one in settings_of(kind))
    return (
        "# Settings\n\n[中文](settings.zh.md)\n\n"
        f"Written by {_COMMAND} from the table in `bot/settings/settings.py`; a test compares the two.\n\n"
        f"Every name begins with `{PREFIX}`. Settings come from the environment, or from `.env` in the\n"
        "working folder, and are read once. A missing or malformed setting is reported in one line and\n"
        "prevents the start. A secret may be given in a file instead: `NAME_FILE` is its path. Dates are in\n"
        "Asia/Shanghai.\n\n"
        "| name | default | secret | meaning |\n| --- | --- | --- | --- |\n"
        f"{rows}\n"
    )


def example(kind: type = Settings) -> str:
    """Return `.env.example`: required settings to fill in, the others with their defaults, commented out."""
    lines = [f"# Copy to .env and fill in. Written by {_COMMAND.strip('`')}.", ""]
    for one in settings_of(kind):
        lines += [f"# {_plain(one.help)}", _assignment(one), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _plain(markdown: str) -> str:
    return _LINK.sub(r"docs/\1", markdown).replace("`", "")


def _line(one: Setting) -> str:
    default = "required" if one.required else f"`{one.default_text()}`" if one.default_text() else ""
    return f"| `{one.name}` | {default} | {'yes' if one.secret else ''} | {one.help} |"


def _assignment(one: Setting) -> str:
    return f"{'' if one.required else '# '}{PREFIX}{one.name}={one.default_text()}"
