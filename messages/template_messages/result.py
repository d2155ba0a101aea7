"""A chat result as a template message, for accounts that no customer message may reach any more.

The template that the operator registers (`RESULT_TEMPLATE_ID`) has these five fields, with these names.
"""

from dataclasses import dataclass, field

from messages.catalogue.phrases import Phrase
from messages.language.codes import DEFAULT
from messages.template_messages.fields import character_string, phrase, thing


def _text(key: str) -> str:
    return Phrase("result", key).spoken(DEFAULT)


FIELDS = ("thing1", "phrase2", "time3", "character_string4", "thing5")

PASSED, FAILED, RECORD, NO_RECORD = map(_text, ("passed", "failed", "record", "no_record"))
NOTHING_TO_DO = _text("nothing_to_do")


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """Fields of a result; `due` is a formatted date, "" if there is none."""

    name: str = field(repr=False)
    outcome: str
    time: str
    receipt: str = ""
    due: str = ""


def result_fields(facts: ResultFacts) -> dict[str, str]:
    """Return the template's data, each value within its field's limits."""
    values = (
        thing(facts.name),
        phrase(facts.outcome),
        facts.time,
        character_string(facts.receipt),
        thing(_text("next").format(due=facts.due) if facts.due else _text("advice")),
    )
    return dict(zip(FIELDS, values, strict=True))
