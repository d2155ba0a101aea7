"""Reads a message in a person's own words: person, benefit, intent, details.

Rules and tables, no language model. The reading decides whose record is opened, so it must be explained by a
line of a table. The tables are in `dialogs.reading.lexicon`; `tests/support/phrasings*.py` holds the
examples. What is not clear stays empty, and the dialog asks. See decision 0005.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from dialogs.reading.cities import said_city
from dialogs.reading.contacts import without_contacts
from dialogs.reading.deaths import name_of_dead
from dialogs.reading.id_numbers import (
    FoundIdNumber,
    chosen_id_type,
    find_id_number,
    named_id_type,
    numbers_after_first,
    without_old_numbers,
)
from dialogs.reading.intents import Intent, asks_how, find_english_intent, find_intent, find_reasoned_wish
from dialogs.reading.names.finding import FoundName, given_name, helped_name, name_beside, own_name
from dialogs.reading.normalize import Plain, plain
from dialogs.reading.relations import (
    find_denied_scheme,
    find_english_relation,
    find_english_scheme,
    find_relation,
    find_scheme,
    names_several,
    somebody,
)
from dialogs.session import Relation
from dialogs.values import IdType, Scheme

_ACTS = frozenset({Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.END_AGENCY})
"""Wishes that are carried out at once; all others lead to a question first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Result of reading; None and "" if the words do not say.

    `name` and `number` are the beneficiary's: the number in normal form, passing the check of `id_type`, the
    name as it was typed, by `check_name`. If it is about somebody else, `agent_name` is the name of the
    writer. `asks_how` says that the words ask how the intent is done (怎么退订提醒). `introduced` says that
    name and number are the writer's own (我叫…), `is_raised` that the number was typed with 15 places. `city`
    is a GB/T 2260 code; a city's bare name fills it without an intent, since 梅州 may be a person. Next to a
    number it is the address of the document, and chooses nothing. `reason` is the intent that the words give
    as the reason for the wish (给我爸办，他走不动), and would be without it.
    """

    intent: Intent | None = None
    scheme: Scheme | None = None
    relation: Relation | None = None
    name: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    id_type: IdType | None = None
    city: str = ""
    agent_name: str | None = field(default=None, repr=False)
    introduced: bool = False
    asks_how: bool = False
    is_raised: bool = False
    denied_scheme: Scheme | None = None
    reason: Intent | None = None

    @property
    def is_of_another(self) -> bool:
        """Whether the words name somebody other than the writer: a relative, or 别人."""
        return self.relation not in {None, Relation.SELF}


@dataclass(frozen=True)
class Utterance:
    """Words that a person typed, normalised and read once, on first use.

    Not slotted: what is read is kept after the first use.
    """

    typed: str = field(default="", repr=False)

    @cached_property
    def plain(self) -> Plain:
        """The normalised text."""
        return plain(self.typed)

    @cached_property
    def reading(self) -> Reading:
        """The meaning of the words."""
        return _read(self)

    @property
    def id_type(self) -> IdType | None:
        """The document that the words choose; 没带身份证 names one, and chooses none."""
        is_given = self.reading.number or self.gives_old_number
        return self.reading.id_type if is_given else chosen_id_type(self.plain)

    @cached_property
    def other_numbers(self) -> tuple[FoundIdNumber, ...]:
        """The document numbers in the words that differ from the first."""
        return numbers_after_first(self.plain)

    @property
    def has_two_numbers(self) -> bool:
        """Whether two different document numbers are in the words."""
        return bool(self.other_numbers)

    @cached_property
    def gives_old_number(self) -> bool:
        """Whether the only document number in the words is that of a renewed document."""
        return self.reading.number is None and without_old_numbers(self.plain) is not self.plain

    @property
    def is_number_doubtful(self) -> bool:
        """Whether two different document numbers are in the words, and which one counts is not clear."""
        return self.has_two_numbers and self.reading.number is None


_HELPS = re.compile("[帮替]")
"""Words for an act for somebody else; whoever writes 给陈大文认证 may be 陈大文."""


def read(text: str) -> Reading:
    """Read a message; any text can be read, and most give an empty reading."""
    return Utterance(text).reading


def _read(utterance: Utterance) -> Reading:
    message = without_old_numbers(without_contacts(utterance.plain))
    said = _without_names(message)
    intent = find_english_intent(said.spaced) or find_intent(said.joined)
    dead = name_of_dead(message) if intent in {None, Intent.DEATH} else None
    intent = Intent.DEATH if dead else intent
    wish = find_reasoned_wish(said.joined, intent)
    relation = find_relation(said.joined, intent) or find_english_relation(said.spaced)
    if relation is None and (helped := helped_name(message)):
        intent, relation = intent or Intent.CERTIFY, _helped_relation(message, helped)
    is_own = relation in {None, Relation.SELF}
    is_doubtful = utterance.has_two_numbers and (is_own or not _are_own(message))
    id_number = None if is_doubtful else find_id_number(message)
    name, id_number, agent_name = (_own if is_own else _agents)(message, id_number)
    if intent is Intent.DEATH and names_several(said.joined):
        name = id_number = None
    city, is_located = ("", False) if is_doubtful or id_number else said_city(message)
    return Reading(
        intent=wish or intent or (Intent.CITY if is_located else None),
        reason=intent if wish else None,
        scheme=find_scheme(message.joined) or find_english_scheme(message.spaced),
        denied_scheme=find_denied_scheme(message.joined),
        relation=relation,
        name=dead or name,
        number=id_number.number if id_number else None,
        id_type=id_number.id_type if id_number else named_id_type(message),
        city=city,
        agent_name=agent_name,
        introduced=is_own and given_name(message) is None and own_name(message) is not None,
        asks_how=intent in _ACTS and asks_how(said),
        is_raised=id_number is not None and id_number.is_raised,
    )


def _helped_relation(message: Plain, helped: FoundName) -> Relation | None:
    return Relation.OTHER if _HELPS.search(message.spaced, 0, helped.start) else None


def _without_names(message: Plain) -> Plain:
    """Take out the names that are introduced as such: 我叫丁来办 wants nothing done."""
    names = [named for named in (own_name(message), given_name(message)) if named and named.sure]
    for named in sorted(names, key=lambda named: -named.start):
        message = message.without(named.start, named.end)
    return message


_Person = tuple[str | None, FoundIdNumber | None, str | None]


def _own(message: Plain, id_number: FoundIdNumber | None) -> _Person:
    """Name and number of a message about nobody else: both belong to the one person."""
    found = given_name(message) or own_name(message)
    if found:
        return found.name, id_number, None
    return _name_beside(message, id_number), id_number, None


def _agents(message: Plain, id_number: FoundIdNumber | None) -> _Person:
    """Name and number of a message about somebody else, kept apart from the writer's own.

    A number counts as the beneficiary's unless the person named last before it is
    the one who writes: a wrong pair would only be refused, and nobody would see why.
    """
    own, given = own_name(message), given_name(message)
    if id_number and own and _is_own(message, id_number, own, given):
        id_number = None
    name = given.name if given else _name_beside(message, id_number)
    agent_name = own.name if own else None
    return name if name != agent_name else None, id_number, agent_name


def _name_beside(message: Plain, id_number: FoundIdNumber | None) -> str | None:
    return name_beside(message, id_number.start, id_number.end) if id_number else None


def _are_own(message: Plain) -> bool:
    """Whether further numbers belong to the writer, by the name before them: 我爸…, 我叫陈建国，4401…."""
    own, given = own_name(message), given_name(message)
    numbers = numbers_after_first(message)
    return own is not None and all(_is_own(message, number, own, given) for number in numbers)


def _is_own(message: Plain, id_number: FoundIdNumber, own: FoundName, given: FoundName | None) -> bool:
    others = (*somebody(message), *([given.start] if given else []))
    return own.start < id_number.start and not any(own.start < place <= id_number.start for place in others)
