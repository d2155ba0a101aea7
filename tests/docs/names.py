"""Finds what the documentation names: links, commands with their options, settings."""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from bot.settings.parsers import PREFIX
from bot.settings.settings import Settings
from bot.settings.table import IN_FILE, settings_of
from tests.docs.commands import Command, commands, groups

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"```.*?```|`[^`\n]+`|<code>.*?</code>", re.DOTALL)
_LINK = re.compile(r"!?\[(?:[^\]]|\](?!\())*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_WORD = re.compile(r"[a-z][a-z-]*")
_PROGRAM = re.compile(r"(?:^|[\s`/])pension-bot +((?!pension-bot)[a-z][^\n`|;#&]*)")
_PATH = re.compile(r"(?:bot|deploy|dialogs|docs|examples|face|messages|storage|tests)/[\w./-]+")
_SETTING = re.compile(rf"{PREFIX}([A-Z][A-Z_]*[A-Z])(?![A-Z_]|…|\$)")


class Named(NamedTuple):
    """One thing that a page names, and the page."""

    page: Path
    text: str

    def __str__(self) -> str:
        """Name both, for a test's failure."""
        return f"{self.page.relative_to(ROOT)}: {self.text}"


def pages() -> list[Path]:
    """Return every Markdown page for readers."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def codes_in(text: str) -> list[str]:
    """Return the code of a text with its marks: blocks, and words in a line."""
    return _CODE.findall(text)


def links() -> Iterator[Named]:
    """Yield the links that lead into this repository, without those of code."""
    for page in pages():
        for link in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
            if not link.startswith(("http:", "https:", "mailto:")):
                yield Named(page, link)


def leads_somewhere(link: Named) -> bool:
    """Return whether the file exists and, of a page, the heading."""
    path, _, heading = link.text.partition("#")
    target = (link.page.parent / path).resolve() if path else link.page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not heading or heading in anchors(target)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings: words in small letters, joined by dashes."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in _HEADING.findall(text)}


def command_lines() -> Iterator[Named]:
    """Yield what follows `pension-bot` in code, and code that begins with a command of two words."""
    for page in pages():
        for code in _CODE.findall(page.read_text(encoding="utf-8")):
            yield from (Named(page, line.strip()) for line in _PROGRAM.findall(code))
            if code.strip("`").split(" ")[0] in groups():
                yield from (Named(page, line) for line in code.strip("`").split(" · "))


def is_command(line: Named) -> bool:
    """Return whether a line names a command, and only options that it has."""
    words = re.split(r"[\s,:]+", line.text)
    name = _command_name(words)
    if name is None:
        return False
    options = {word.partition("=")[0].strip("[],") for word in words if word.strip("[").startswith("--")}
    return options <= _options(name)


def _command_name(words: list[str]) -> str | None:
    """Return the command or the group of commands that a line begins with."""
    plain = list(takewhile(_WORD.fullmatch, words))
    known = groups() | {one.name for one in commands()}
    named = [" ".join(plain[:end]) for end in range(len(plain), 0, -1)]
    longest = next((name for name in named if name in known), None)
    is_whole = longest is not None and (longest not in groups() or longest == named[0])
    return longest if is_whole else None


def _options(name: str) -> set[str]:
    below: list[Command] = [one for one in commands() if f"{one.name} ".startswith(f"{name} ")]
    return {"--help"} | {flag for one in below for given in one.arguments for flag in given.flags}


def paths() -> Iterator[Named]:
    """Yield the files and folders of this repository that are named in code; records tell of their day."""
    for page in (page for page in pages() if page.parent.name != "decisions"):
        codes = (code.strip("`") for code in _CODE.findall(page.read_text(encoding="utf-8")))
        yield from (Named(page, code) for code in codes if _PATH.fullmatch(code))


def is_there(path: Named) -> bool:
    """Return whether the repository has such a file or folder."""
    return (ROOT / path.text).exists()


def settings() -> Iterator[Named]:
    """Yield the settings that are named with their prefix."""
    for page in pages():
        yield from (Named(page, name) for name in _SETTING.findall(page.read_text(encoding="utf-8")))


def setting_names() -> set[str]:
    """Return the settings' names, without the prefix."""
    return {one.name for one in settings_of(Settings)}


def is_setting(name: Named) -> bool:
    """Return whether there is such a setting, or a secret that may stand in such a file."""
    secrets = {one.name + IN_FILE for one in settings_of(Settings) if one.secret}
    return name.text in setting_names() | secrets
