"""Interprets a message in its state: numbers, labels, menu keys, main words, plain sentences."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from dialogs.flow.states.prompts import SCHEME_LABELS
from dialogs.flow.states.triggers import Trigger
from dialogs.immutable_record import ImmutableRecord
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.choosing import PARTICLES
from dialogs.reading.lexicon.synonyms import AGREED, ANYWHERE, DECLINED, OFFERED, SOUNDS, YES, YES_TAILS
from dialogs.reading.normalize import plain, said_once
from dialogs.reading.numerals import beside_number, chosen_number, chosen_of_two
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import NO_ERRAND, Errand
from dialogs.values import Scheme
from messages.catalogue.lookup import label_of
from messages.inbound import Click, Event, Scanned, Subscribed, Text
from messages.language.keys import Key
from messages.language.labels import Label, MenuKey
from messages.menu import MENU_NAMES
from messages.scenes import parse_scene

_Row = TypeVar("_Row")

_ONE_DIGIT = frozenset("123456789")
"""Most answers; `dialogs.reading.numerals` reads all other ways to say which."""

_STOPS, _QUOTES = "。.!！?？、,， ", '“”"「」『』'
_ALL_LABELS = frozenset(map(str, Label))
_FINAL = frozenset({Label.AGREE, Label.REPORT, Label.CONFIRM_WITHDRAWAL, Label.CONFIRM_ERASURE})
"""Choices that no question stands for: 确认删除？ may ask what that does."""

_UNSOUNDED = _FINAL | {Label.HAND_OVER}
"""Choices whose words mean another thing with a sound behind them: 我妈不在啦 is 我妈不在了, a death."""

_UNCOUNTED = frozenset({Label.BACK, Label.HOME, Label.SOMEBODY_ELSE, Label.EDIT_AGENT})
"""Choices below a list that nobody means who says 最后一个, unless the list has one of `_FINAL`."""

NO_UTTERANCE = Utterance()


class Command(ImmutableRecord, frozen=True):
    """A trigger, with what it carries: an errand and city, or what was said.

    `hands_over` survives an eligibility check that comes between 转给家人 and its link.
    """

    trigger: Trigger
    errand: Errand = NO_ERRAND
    city: str = ""
    utterance: Utterance = NO_UTTERANCE
    hands_over: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """An intent that is answered without leaving the place; `key` names the answer."""

    key: Key


@dataclass(frozen=True, slots=True)
class IntentMeant:
    """An intent in the person's own words, or a choice that stands for one."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A message that fits nothing that the dialog knows."""


Meaning = Command | Aside | IntentMeant | Misunderstood

_LABELS: Mapping[str, Trigger] = MappingProxyType(
    {
        Label.AGREE: Trigger.AGREE,
        Label.START: Trigger.START,
        Label.SELF: Trigger.SELF,
        Label.AGENT: Trigger.AGENT,
        Label.NEXT: Trigger.NEXT,
        Label.SEARCH: Trigger.NEXT,
        Label.CONFIRM: Trigger.CONFIRM,
        Label.EDIT: Trigger.EDIT,
        Label.EDIT_AGENT: Trigger.EDIT_AGENT,
        Label.CHECK_AGAIN: Trigger.CHECK_AGAIN,
        Label.NEW_LINK: Trigger.CHECK_AGAIN,
        Label.HOME: Trigger.HOME,
        Label.BACK: Trigger.BACK,
        Label.QUERY: Trigger.QUERY,
        Label.QUERY_OTHER: Trigger.QUERY_OTHER,
        Label.HAND_OVER: Trigger.HAND_OVER,
        Label.CONTINUE: Trigger.CONTINUE,
        Label.SOMEBODY_ELSE: Trigger.SOMEBODY_ELSE,
        Label.MORE_CITIES: Trigger.MORE_CITIES,
        Label.MORE_RELATIVES: Trigger.MORE_RELATIVES,
        Label.REPORT: Trigger.REPORT,
        Label.CONFIRM_WITHDRAWAL: Trigger.CONFIRM_WITHDRAWAL,
        Label.CONFIRM_ERASURE: Trigger.CONFIRM_ERASURE,
    }
)
_SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        **{label.value: scheme for label, scheme in SCHEME_LABELS.items()},
        **{MENU_NAMES[MenuKey[f"CERTIFY_{scheme.name}"]]: scheme for scheme in Scheme},
        "企业职工": Scheme.EMPLOYEE,
        "城乡居民": Scheme.RESIDENT,
        "企业职工领取养老保险待遇资格认证": Scheme.EMPLOYEE,
        "城乡居民基本养老保险待遇领取资格认证": Scheme.RESIDENT,
        "城乡居民基本养老保险生存认证信息查询": Scheme.RESIDENT,
    }
)
_QUERIES = frozenset({"城乡居民基本养老保险生存认证信息查询"})
"""The guide's name of a scheme's query: the choice itself if it is offered, else the way to it."""

_HOME_WORDS = frozenset({"养老认证", "养老资格认证", "认证", "首页", "你好", "您好"})
_ASIDES: Mapping[str, Key] = MappingProxyType({Label.HELP: Key.HELP, Label.HUMAN: Key.HUMAN})
_INTENTS: Mapping[str, Intent] = MappingProxyType(
    {
        Label.SUBSCRIBE: Intent.SUBSCRIBE,
        Label.UNSUBSCRIBE: Intent.UNSUBSCRIBE,
        Label.END_AGENCY: Intent.END_AGENCY,
        Label.CANNOT: Intent.CANNOT,
        Label.WITHDRAW_FACE: Intent.WITHDRAW,
        Label.ERASE: Intent.ERASE,
        Label.REPORT_DEATH: Intent.DEATH,
        Label.END_TALK: Intent.ACK,
    }
)


def _by_phrase(rows: Iterable[tuple[_Row, str]]) -> Mapping[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row, words in rows:
        for phrase in words.split("|"):
            found.setdefault(phrase, []).append(row)
    return MappingProxyType(found)


_ANYWHERE = _by_phrase(ANYWHERE.items())
_DECLINED = _by_phrase(((choice, label), words) for choice, label, words in DECLINED)
_OFFERED = _by_phrase(OFFERED)


_YES_ALONE = re.compile(f"(?:{YES})(?:{YES}|[{YES_TAILS}])*")
_AGREED = re.compile(AGREED)
_CONFIRMED = (Label.START, Label.NEXT, Label.SEARCH, Label.CONFIRM)
"""Choices that any words of assent stand for; a consent is not among them."""


def _choose(scheme: Scheme) -> Command:
    return Command(Trigger.CHOOSE, Errand(scheme))


_KEYS: Mapping[str, Meaning] = MappingProxyType(
    {
        **{MenuKey[f"CERTIFY_{scheme.name}"]: _choose(scheme) for scheme in Scheme},
        **{MenuKey[f"QUERY_{scheme.name}"]: _choose(scheme) for scheme in Scheme},
        MenuKey.HOME: Command(Trigger.HOME),
        MenuKey.CITY: Command(Trigger.CITY),
        MenuKey.HELP: Aside(Key.HELP),
        MenuKey.REMINDERS: IntentMeant(Reading(intent=Intent.REMINDERS)),
    }
)


def understand(
    event: Event, choices: tuple[str, ...], scheme: Scheme | None = None, utterance: Utterance | None = None
) -> Meaning:
    """Return what an event means when `choices` are on offer, in an errand of this scheme.

    Words that are none of the choices come back as an ANSWER; the step decides whether the place asked for
    one.
    """
    match event:
        case Text(content):
            return _understand_text(utterance or Utterance(content), choices, scheme)
        case Click(key):
            return _KEYS.get(key, Misunderstood())
        case Subscribed(scene) | Scanned(scene):
            return _understand_scene(scene)
    return Misunderstood()


def _understand_text(utterance: Utterance, choices: tuple[str, ...], scheme: Scheme | None) -> Meaning:
    words = bare_words(utterance.typed)
    chosen = _chosen(words, utterance, choices)
    label = chosen if chosen in choices else _meant(chosen, utterance, choices)
    label = label if label in choices else _beside_its_number(words, utterance, choices) or label
    if label in choices and label in _FINAL and _is_question(utterance.typed):
        return _in_own_words("", utterance, choices)
    if label == Label.SEARCH and label not in choices:
        return IntentMeant(Reading(intent=Intent.QUERY))
    if label in _QUERIES and Label.QUERY in choices and scheme in {None, _SCHEMES[label]}:
        return Command(Trigger.QUERY)
    return _word(label) or _KEYS.get(label) or _in_own_words(label, utterance, choices)


def bare_words(typed: str) -> str:
    """Return words without the marks around them; a label also without particles or spaces: “上一步”吧."""
    words = unicodedata.normalize("NFKC", typed).strip().rstrip(f"{_STOPS}{_QUOTES}").lstrip(f"{_QUOTES} ")
    label = "".join(words.split()).rstrip(PARTICLES).rstrip(_QUOTES)
    return label if label in _ALL_LABELS else words


def _is_question(typed: str) -> bool:
    return unicodedata.normalize("NFKC", typed).rstrip(f"{_QUOTES} ").endswith("?")


def _meant(words: str, utterance: Utterance, choices: tuple[str, ...]) -> str:
    """Return the choice that other words stand for, if any; else the words themselves."""
    said = utterance.plain if words == utterance.typed else plain(words)
    phrase = said.spaced.replace("'", "").strip()
    once = said_once(phrase)
    bare = phrase.rstrip(SOUNDS) if once == phrase else once
    agreed = (Label.AGREE,) if _AGREED.fullmatch(phrase) else ()
    named = _OFFERED.get(phrase) or [one for one in _OFFERED.get(bare, ()) if one not in _UNSOUNDED]
    twice = (once,) if once != phrase and once not in _FINAL else ()
    labels = (*twice, *named, *agreed, *(_CONFIRMED if _YES_ALONE.fullmatch(phrase) else ()))
    offered = [label for label in labels if label in choices]
    declined = (label for choice, label in _DECLINED.get(phrase, ()) if choice in choices)
    others = chain(declined, _ANYWHERE.get(phrase, ()))
    return min(offered, key=choices.index) if offered else next(others, words)


def _beside_its_number(words: str, utterance: Utterance, choices: tuple[str, ...]) -> str:
    """Return the choice whose number stands before other words for it, or "": 1、本人, but not 2本人."""
    beside = beside_number(words) or ""
    number = chosen_number(plain(words.removesuffix(beside))) if beside else None
    if number is None or not 0 < number <= len(choices):
        return ""
    choice = choices[number - 1]
    return choice if _meant(beside, utterance, choices) == choice else ""


def _in_own_words(label: str, utterance: Utterance, choices: tuple[str, ...]) -> Meaning:
    if label in choices:
        return Command(Trigger.ANSWER, utterance=Utterance(label))
    if utterance.reading.intent:
        return IntentMeant(utterance.reading)
    return Command(Trigger.ANSWER, utterance=utterance)


def _chosen(words: str, utterance: Utterance, choices: tuple[str, ...]) -> str:
    """Return the choice that is named, by its words or by its number; else the words."""
    if words in choices:
        return words
    if words in _ONE_DIGIT and int(words) <= len(choices):
        return choices[int(words) - 1]
    shown = {unicodedata.normalize("NFKC", label): label for label in choices}
    beside = beside_number(words)
    for named in (label_of(words), label_of(beside) if beside else ""):
        if named in shown:
            return shown[named]
    of_two = chosen_of_two(utterance.plain) if len(choices) == 2 else None
    number = chosen_number(utterance.plain) or of_two
    listed = _counted_from_the_end(choices) if number == -1 else choices
    if number and -1 <= number <= len(listed) and listed:
        return listed[number - 1 if number > 0 else number]
    return label_of(words)


def _counted_from_the_end(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the choices of which 最后一个 may name the last; all of them if one is final."""
    if not _FINAL.isdisjoint(choices):
        return choices
    return tuple(one for one in choices if one not in _UNCOUNTED)


def _word(word: str) -> Meaning | None:
    if word in _LABELS:
        return Command(_LABELS[word])
    if word in _SCHEMES:
        return _choose(_SCHEMES[word])
    if word in _HOME_WORDS:
        return Command(Trigger.HOME)
    if word in _INTENTS:
        return IntentMeant(Reading(intent=_INTENTS[word]))
    return Aside(_ASIDES[word]) if word in _ASIDES else None


def _understand_scene(scene: str) -> Meaning:
    found = parse_scene(scene)
    if found is None or found.scheme not in set(Scheme):
        return Command(Trigger.HOME)
    return Command(Trigger.CHOOSE, Errand(Scheme(found.scheme)), found.city)
