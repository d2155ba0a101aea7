"""What a message means here: numbers, labels, menu keys, main words."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dialogs.machine import Trigger
from dialogs.values import Scheme
from messages.catalogue import Key
from messages.inbound import Click, Event, Scanned, Subscribed, Text
from messages.labels import Label, MenuKey
from messages.scenes import parse_scene


@dataclass(frozen=True, slots=True)
class Intent:
    """A trigger, with what it carries: a scheme and city, or typed words."""

    trigger: Trigger
    scheme: Scheme | None = None
    city: str = ""
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Aside:
    """A wish that is answered without leaving the place; `key` names the answer."""

    key: Key


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """Nothing we know."""


Meaning = Intent | Aside | Misunderstood

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
        Label.RETRY: Trigger.RETRY,
        Label.HOME: Trigger.HOME,
        Label.BACK: Trigger.BACK,
        Label.QUERY: Trigger.QUERY,
        Label.QUERY_OTHER: Trigger.QUERY_OTHER,
    }
)
_SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        Label.EMPLOYEE: Scheme.EMPLOYEE,
        Label.RESIDENT: Scheme.RESIDENT,
        "企业职工认证": Scheme.EMPLOYEE,
        "城乡居民认证": Scheme.RESIDENT,
        "企业职工": Scheme.EMPLOYEE,
        "城乡居民": Scheme.RESIDENT,
        "企业职工领取养老保险待遇资格认证": Scheme.EMPLOYEE,
        "城乡居民基本养老保险待遇领取资格认证": Scheme.RESIDENT,
        "城乡居民基本养老保险生存认证信息查询": Scheme.RESIDENT,
    }
)
_RESIDENT_QUERY = "城乡居民基本养老保险生存认证信息查询"
"""The guide's name of the query: the choice itself where it is offered, else the way to it."""

_HOME_WORDS = frozenset({"养老认证", "养老资格认证", "认证", "首页", "你好", "您好"})
_ASIDES: Mapping[str, Key] = MappingProxyType(
    {
        Label.HELP: Key.HELP,
        Label.HUMAN: Key.HUMAN,
        Label.SUBSCRIBE: Key.NO_REMINDERS,
        Label.UNSUBSCRIBE: Key.NO_REMINDERS,
    }
)
_KEYS: Mapping[str, Meaning] = MappingProxyType(
    {
        MenuKey.CERTIFY_EMPLOYEE: Intent(Trigger.CHOOSE, Scheme.EMPLOYEE),
        MenuKey.CERTIFY_RESIDENT: Intent(Trigger.CHOOSE, Scheme.RESIDENT),
        MenuKey.QUERY_EMPLOYEE: Intent(Trigger.CHOOSE, Scheme.EMPLOYEE),
        MenuKey.QUERY_RESIDENT: Intent(Trigger.CHOOSE, Scheme.RESIDENT),
        MenuKey.HOME: Intent(Trigger.HOME),
        MenuKey.CITY: Aside(Key.CITY_KNOWN),
        MenuKey.HELP: Aside(Key.HELP),
        MenuKey.REMINDERS: Aside(Key.NO_REMINDERS),
    }
)


def understand(event: Event, choices: tuple[str, ...]) -> Meaning:
    """Return what an event means where `choices` are on offer.

    Words that are no choice of ours come back as an ANSWER: whether the place
    asked for one is the step's to judge.
    """
    match event:
        case Text(content):
            return _understand_text(content, choices)
        case Click(key):
            return _KEYS.get(key, Misunderstood())
        case Subscribed(scene) | Scanned(scene):
            return _understand_scene(scene)
    return Misunderstood()


def _understand_text(content: str, choices: tuple[str, ...]) -> Meaning:
    words = unicodedata.normalize("NFKC", content).strip().rstrip("。.!！?？、,， ")
    label = _numbered(words, choices)
    if label == Label.SEARCH and label not in choices:
        return Intent(Trigger.HOME)
    if label == _RESIDENT_QUERY and Label.QUERY in choices:
        return Intent(Trigger.QUERY)
    return (
        _word(label)
        or _KEYS.get(label)
        or Intent(Trigger.ANSWER, words=label if label in choices else content)
    )


def _numbered(words: str, choices: tuple[str, ...]) -> str:
    is_number = words.isascii() and words.isdigit() and len(words) <= 2
    return choices[int(words) - 1] if is_number and 1 <= int(words) <= len(choices) else words


def _word(word: str) -> Meaning | None:
    if word in _LABELS:
        return Intent(_LABELS[word])
    if word in _SCHEMES:
        return Intent(Trigger.CHOOSE, _SCHEMES[word])
    if word in _HOME_WORDS:
        return Intent(Trigger.HOME)
    return Aside(_ASIDES[word]) if word in _ASIDES else None


def _understand_scene(scene: str) -> Meaning:
    found = parse_scene(scene)
    return Intent(Trigger.CHOOSE, Scheme(found.scheme), found.city) if found else Intent(Trigger.HOME)
