"""Texts of a home visit: the person to look for, and what is known about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.person.case import Benefit
from bot.console.visits.results import ENDS
from bot.console.words import city_words, document_words, since_words
from dialogs.rules.identity import mask_number
from dialogs.values import Certification
from messages.catalogue.formats import day
from messages.catalogue.phrases import (
    CONSOLE,
    CONSOLE_RESULTS,
    CONSOLE_VISIT_RESULTS,
    CONSOLE_VISITS,
    SCHEME_NAMES,
)
from messages.language.codes import Language
from storage.console.task_board import BoardTask


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit; `state` is its result, and `certified` names passes since it was opened ("" for none).

    The name is complete, since the visitor asks for the person; the number is masked, since paper leaves the
    office.
    """

    id: int
    name: str
    document: str
    benefits: Sequence[str]
    state: str
    certified: str = ""


def visit_row(
    one: BoardTask, benefits: Sequence[Benefit], since: Sequence[Certification], language: Language
) -> VisitRow:
    """Return the words of a visit."""
    person = one.person
    if person is None:
        return VisitRow(one.id, CONSOLE["damaged"].spoken(language), "", (), "")
    document = document_words(person, mask_number(person.number), language)
    texts = [_benefit(benefit, language) for benefit in benefits if benefit.row.is_living]
    return VisitRow(one.id, person.name, document, texts, _state(one, language), since_words(since, language))


def _benefit(one: Benefit, language: Language) -> str:
    row = one.row
    facts = [SCHEME_NAMES[row.scheme].spoken(language), city_words(row.city, language)]
    if one.due_on is not None:
        facts.append(CONSOLE_VISITS["due_on"].spoken(language).format(day=day(one.due_on, language)))
    return " · ".join(facts)


def _state(one: BoardTask, language: Language) -> str:
    if one.result is None:
        return ""
    if not one.is_done:
        return CONSOLE_VISITS["awaits"].spoken(language)
    found = next((found for found, result in ENDS.items() if result is one.result), None)
    return (CONSOLE_VISIT_RESULTS[found] if found else CONSOLE_RESULTS[one.result]).spoken(language)
