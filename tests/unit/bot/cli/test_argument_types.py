"""An invalid argument is explained in plain words, and a number is bounded before it is used."""

import argparse
from collections.abc import Iterator

import pytest

from bot.cli.main import _parser
from tests.support.tables import over

ABSURD = {
    "empty": "",
    "negative": "-1",
    "word": "dance",
    "twenty digits": "9" * 20,
    "five thousand digits": "9" * 5000,
    "wide digit": "\uff11",
    "underscore": "1_0",
    "fraction": "1.5",
    "nan": "nan",
    "null": "a\0b",
    "half a character": "\udcff",
}
INT64 = 2**63


def typed_arguments(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.Action]]:
    """Yield every argument that has a type, of every command."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from typed_arguments(inner, f"{name} {word}".strip())
        elif action.type is not None:
            yield f"{name} {action.option_strings[0] if action.option_strings else action.dest}", action


PARSER = _parser()
ARGUMENTS = dict(typed_arguments(PARSER))


def error_message(action: argparse.Action, typed: str) -> str:
    """Return the error message for a value, or "" if it is accepted; an accepted number fits in 64 bits."""
    try:
        value = PARSER._get_value(action, typed)
    except argparse.ArgumentError as error:
        return error.message
    assert not isinstance(value, int) or value < INT64
    return ""


@over(ARGUMENTS, ABSURD)
def test_error_for_an_invalid_value_shows_no_internal_name(argument, absurd):
    said = error_message(ARGUMENTS[argument], ABSURD[absurd])
    assert not said or said.startswith("must be ")


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("tasks show 99999999999999999999", "must be a whole number from 1 to 9223372036854775807"),
        ("tasks done x", "must be a whole number from 1 to 9223372036854775807"),
        ("accounts --people 1", "must be a whole number from 2 to 1000000"),
        ("serve --port high", "must be a whole number from 0 to 65535"),
        ("serve --processes 65", "must be a whole number from 1 to 64"),
        ("face attack --out x --tries many", "must be a whole number from 0 to 1000000"),
        ("tasks list --kind x", "must be one of death, assist, "),
        ("certifications --csv --channel x", "must be one of "),
        ("grant revoke --id-type x --id-number 1", "must be one of resident_id, "),
        ("admin user add anna --role boss", "must be one of viewer, clerk, "),
    ],
)
def test_error_message_says_which_values_are_allowed(capsys, line, needed):
    with pytest.raises(SystemExit) as ended:
        PARSER.parse_args(line.split())
    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n"), needed in said) == (2, 1, True), said


@pytest.mark.parametrize("line", ["accounts --since=--", "grant revoke --id-type passport --id-number=--"])
def test_double_dash_is_not_taken_as_an_option_value(capsys, line):
    with pytest.raises(SystemExit) as ended:
        PARSER.parse_args(line.split())
    assert (ended.value.code, "expected one argument" in capsys.readouterr().err) == (2, True)
