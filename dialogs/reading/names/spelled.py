"""Reads a name that is spelled out as people say it aloud: 姓李名先生; 耳东陈，建国的建国."""

import re

from dialogs.reading.lexicon.surnames import (
    ANSWER_TAILS,
    BESIDE_ANSWER,
    COURTESIES,
    DOUBLE_SURNAMES,
    NAME_TAILS,
    NO_ANSWER,
    NO_NAME,
    SURNAMES,
    TAUGHT,
)
from dialogs.reading.normalize import Plain
from dialogs.rules.identity import check_name

Span = tuple[int, int]

HAN = r"[^\W\d_a-z]"
FAMILY_NAME = f"(?:{DOUBLE_SURNAMES}|[{''.join(SURNAMES)}])"

_OF_NAME = f"(?:(?!{NO_NAME}|[吗么没]){HAN})"
"""A character of a given name: no word of a sentence begins with it."""
_GIVEN = rf"(?!{NO_ANSWER}|{ANSWER_TAILS}|{COURTESIES}){_OF_NAME}{{1,2}}"
"""A given name that nothing introduces."""

_IN_TWO = (
    re.compile(
        rf"[ ,]*(?:[我他她]|免贵)?姓[ ,]*(?P<family>{HAN}{{1,2}}?)[ ,]*"
        rf"(?:名字?(?:叫[做作]?|[是为])?|叫[做作]?)[ ,]*(?:(?P=family))?"
        rf"(?P<given>{_OF_NAME}{{1,3}}?)[{NAME_TAILS}的 ,]*"
    ),
    re.compile(
        rf"[ ,]*[我他她]?姓(?P<family>{FAMILY_NAME})的?[ ,]*(?!{NO_ANSWER})"
        rf"(?P=family)(?P<given>{_OF_NAME}{{1,2}})[ ,]*"
    ),
    re.compile(rf"[ ,]*[我他她]?[叫名](?P<given>{_GIVEN})[ ,]+[我他她]?姓(?P<family>{FAMILY_NAME})[ ,]*"),
)
"""A family name and a given one, each introduced by a word: 姓陈名建国, 姓陈，陈建国, 叫建国，姓陈."""
_FAMILY = re.compile(
    rf"[ ,]*(?:我|他|她|本人)?(?:叫|是)?(?:姓(?P<told>{FAMILY_NAME})(?:[ ,]+(?P<also>{TAUGHT}))?|"
    rf"姓?(?P<taught>(?:{TAUGHT})(?:的{HAN})?)|(?P<bare>{FAMILY_NAME})(?=[ ,]))"
)
_OF_WORD = re.compile(rf"[ ,]*(?P<word>{HAN}{{1,6}})的(?P<of_word>{HAN}{{1,2}})(?=[ ,]|$)")
"""建国的建国, 建设的建: characters, and a word that has them."""
_NAMED = re.compile(rf"[ ,]*(?:(?:单名|名字?)[叫是]?(?:一?个)?|叫)(?P<name>{_OF_NAME}{{1,2}}?)字?(?=[ ,]|$)")
_BESIDE = re.compile(rf"[ ,]+(?:{BESIDE_ANSWER})(?=[ ,]|$)")
_ALONE = re.compile(rf"[ ,]*(?P<name>{_GIVEN})(?=[ ,]|$)")
_LONGEST = 2
"""Characters of a given name."""


def spelled_name(text: Plain) -> str | None:
    """Return the name that a whole message spells out, or None."""
    said = text.spaced.rstrip(NAME_TAILS + " ,")
    if in_two := next(filter(None, (pattern.fullmatch(said) for pattern in _IN_TWO)), None):
        is_whole = in_two["given"].startswith(in_two["family"])
        return _joined(text, [*([] if is_whole else [in_two.span("family")]), in_two.span("given")])
    family = _FAMILY.match(said)
    if family is None:
        return None
    surname = _surname(family)
    given = _given(said, family.end(), is_taught=bool(family["taught"] or family["also"]))
    parts = [span for span in given or () if said[slice(*span)] != said[slice(*surname)]]
    is_usual = 0 < sum(end - start for start, end in parts) <= _LONGEST
    return _joined(text, [surname, *parts]) if is_usual else None


def _surname(family: re.Match[str]) -> Span:
    told = next((family.span(name) for name in ("told", "bare") if family[name]), None)
    return told or (family.end() - 1, family.end())


def _given(said: str, at: int, *, is_taught: bool) -> list[Span] | None:
    """Return where the given name stands from `at` on; None if other words stand there, too.

    It may stand alone only after a family name that is spelled out.
    """
    named: list[Span] = []
    parts: list[Span] = []
    while at < len(said):
        if found := _of_word(said, at):
            parts.append(found.span("of_word"))
        elif found := _NAMED.match(said, at) or _alone(said, at, is_taught=is_taught):
            named.append(found.span("name"))
        elif not (found := _BESIDE.match(said, at)):
            return None
        at = found.end()
    return named or parts


def _of_word(said: str, at: int) -> re.Match[str] | None:
    found = _OF_WORD.match(said, at)
    return found if found and set(found["of_word"]) <= set(found["word"]) else None


def _alone(said: str, at: int, *, is_taught: bool) -> re.Match[str] | None:
    return _ALONE.match(said, at) if is_taught and not _BESIDE.match(said, at) else None


def _joined(text: Plain, spans: list[Span]) -> str | None:
    return check_name("".join(text.as_typed(*span) for span in spans))
