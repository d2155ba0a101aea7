"""One row per setting: the field of a settings class, with its parser, default, secrecy and help.

The name in the environment follows from the field's name. Everything that lists settings (reading, the
reference page, `.env.example`, the warning about unknown names) is derived from the rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from bot.errors import BadSetting
from bot.settings import parsers

Parser = Callable[[str, str], Any]
"""Reads a value; the second argument is the setting's name for the error's sentence."""

_T = TypeVar("_T")
_ROW = "setting"
IN_FILE = "_FILE"
"""Suffix of the name under which a secret is given as the path of a file (Docker and systemd secrets)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name (without the prefix), help, parser and default; `required` if it has none."""

    name: str
    help: str
    parse: Parser
    secret: bool
    default: object
    required: bool

    def default_text(self) -> str:
        """Return the default as an operator would write it, "" for none."""
        if self.required or not isinstance(self.default, str | tuple | int | float | Path):
            return ""
        if isinstance(self.default, bool):
            return "on" if self.default else ""
        if isinstance(self.default, tuple):
            return ",".join(
                ":".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in self.default
            )
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)


def setting(
    help_: str, parse: Parser = parsers.text, *, default: object = MISSING, secret: bool = False
) -> Any:  # noqa: ANN401 - as `dataclasses.field`, it stands for a value of any field's type
    """Declare a setting as a field's default.

    Without `default` it is required. A secret stays out of the repr.
    """
    return field(default=default, repr=not secret, metadata={_ROW: (help_, parse, secret)})


def settings_of(kind: type) -> tuple[Setting, ...]:
    """Return the settings that a class declares, in its order."""
    return tuple(_setting(one) for one in fields(kind) if _ROW in one.metadata)


def read_all(source: Mapping[str, str], kind: type[_T]) -> _T:
    """Build the settings class from `PENSION_BOT_…` names; raises BadSetting that names the first bad one."""
    return kind(**{one.name.lower(): value_of(source, one) for one in settings_of(kind)})


def value_of(source: Mapping[str, str], one: Setting) -> Any:  # noqa: ANN401 - the field's own type
    """Read and parse one setting, or return its default; raises BadSetting."""
    text = _given(source, one)
    if "\0" in text or (not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        parsers.refuse(one.name, "text in UTF-8")
    if text:
        return one.parse(text, one.name)
    if one.required:
        missing(one.name)
    return one.default


def _given(source: Mapping[str, str], one: Setting) -> str:
    """Return the text of a setting; a secret may stand in a file that `NAME_FILE` names instead."""
    name = parsers.PREFIX + one.name
    text, path = source.get(name, "").strip(), source.get(name + IN_FILE, "").strip()
    if not path or not one.secret:
        return text
    if text:
        parsers.refuse(one.name, f"given once, by itself or by {name}{IN_FILE}")
    try:
        return Path(path).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError):
        parsers.refuse(one.name + IN_FILE, "a text file that this program can read")


def missing(name: str) -> NoReturn:
    """Raise the sentence about a missing setting."""
    message = f"{parsers.PREFIX}{name} is not set"
    raise BadSetting(message)


def unknown_names(source: Mapping[str, str], kind: type) -> tuple[str, ...]:
    """Return the names with our prefix that no row declares."""
    rows = settings_of(kind)
    known = {parsers.PREFIX + one.name for one in rows}
    known |= {parsers.PREFIX + one.name + IN_FILE for one in rows if one.secret}
    return tuple(sorted(name for name in source if name.startswith(parsers.PREFIX) and name not in known))


def _setting(one: "Field[Any]") -> Setting:
    help_, parse, secret = one.metadata[_ROW]
    required = one.default is MISSING
    return Setting(one.name.upper(), help_, parse, secret, None if required else one.default, required)
