"""Lists the commands of `pension-bot`, with their arguments, as the program's own parser has them."""

import argparse
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.cli.main import _parser

_MANY = 4
"""Choices from which on a line names the value and a table the choices."""


class Argument(NamedTuple):
    """One argument as it is typed; `flags` is empty for a positional one."""

    flags: tuple[str, ...]
    typed: str
    about: str
    choices: tuple[str, ...] = ()


class Command(NamedTuple):
    """One command without its program's name, such as `registry import`."""

    name: str
    about: str
    arguments: tuple[Argument, ...]

    @property
    def usage(self) -> str:
        """Return the whole line that is typed."""
        return " ".join(["pension-bot", self.name, *(one.typed for one in self.arguments)])


@cache
def commands() -> tuple[Command, ...]:
    """Return every command in the order of `--help`."""
    return tuple(_below(_parser(), "", ""))


@cache
def groups() -> frozenset[str]:
    """Return the words that are followed by an action, such as `registry` and `admin user`."""
    names = [one.name.split() for one in commands()]
    return frozenset(" ".join(words[:end]) for words in names for end in range(1, len(words)))


def _below(parser: argparse.ArgumentParser, name: str, about: str) -> Iterator[Command]:
    words = _words(parser)
    if words is None:
        yield Command(
            name, about, tuple(_argument(one) for one in parser._actions[1:] if one.help != argparse.SUPPRESS)
        )
        return
    helps = {one.dest: one.help or "" for one in words._choices_actions}
    for word, inner in words.choices.items():
        yield from _below(inner, f"{name} {word}".strip(), ": ".join(filter(None, (about, helps.get(word)))))


def _words(parser: argparse.ArgumentParser) -> argparse._SubParsersAction | None:
    found = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return next(found, None)


def _argument(action: argparse.Action) -> Argument:
    choices = tuple(map(str, action.choices or ()))
    value = str(action.metavar or ("|".join(choices) if len(choices) < _MANY else "") or action.dest.upper())
    if not action.option_strings:
        return Argument((), f"[{value} …]" if action.nargs == "*" else value, action.help or "")
    typed = action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {value}"
    shown = typed if action.required else f"[{typed}]"
    return Argument(tuple(action.option_strings), shown, action.help or "", choices)
