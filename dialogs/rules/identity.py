"""Checks, compares and masks names and document numbers.

A wrong number is answered with "please look again", never with the place that is wrong. A check therefore
returns either the normal form or None. What is kept and shown is what was registered; only comparison folds
it further (decision 0018).
"""

import re
import unicodedata
from itertools import permutations

from dialogs.rules.characters import NAME_DOTS, SIMPLIFIED, repaired
from dialogs.rules.id_numbers import is_of_form, readings
from dialogs.values import Identity, IdType

_DOTS = NAME_DOTS + ".．․。｡"
_MARKS = str.maketrans(
    {**dict.fromkeys(_DOTS, "·"), **dict.fromkeys("’‘‛ʼʻ´`′＇｀", "'"), **dict.fromkeys("‐‑‒–—−－﹣", "-")}
)
_LATIN = "A-Za-zＡ-Ｚａ-ｚ"
_LATIN_POINT = re.compile(rf"(?<=[{_LATIN}])(?:[.．](?=\s|$)|[,，](?=[\s{_LATIN}]|$))")
"""The point of J. R. Smith and the comma of SMITH, JOHN; between Chinese words a point is a dot."""
_SEPARATED = re.compile(r" *·[ ·]*")
_QUOTES = "=\"“”' "
_JOINTS = "· -'"
_HAN = re.compile("[\u4e00-\u9fff]{2,40}")
"""Nearly every name; none of its characters has another spelling."""
_SHAPE = re.compile("(?:LM{0,4}J{0,2})+")
"""Letters with up to four marks each (Tibetan and Burmese need them), and what may stand between them."""
LONGEST_TYPED, LONGEST_REGISTERED = 40, 80
"""Most characters of a name: longer typed text is a sentence; a registry has passports' names in full."""

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_LATIN_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
"""Latin letters that Unicode does not take apart into a letter and a mark."""
_MOST_WORDS = 4


def check_number(id_type: IdType, text: str) -> str | None:
    """Return the number in its normal form, or None if it cannot be one of this type."""
    return next((number for number in readings(id_type, text) if is_of_form(id_type, number)), None)


def check_name(text: str, longest: int = LONGEST_TYPED) -> str | None:
    """Return the name with its dots made one (·) and spaces trimmed, or None.

    A name is letters of any script (Han of every extension), inner dots, and
    between Latin words single spaces; two letters at least, and no more characters than `longest`.
    """
    if _HAN.fullmatch(text):
        return text
    name = _SEPARATED.sub("·", " ".join(_spelled(text).split())).strip(_QUOTES)
    if all(c >= "\u2e80" for c in name if c not in " ·"):
        name = name.replace(" ", "")
    kinds = "".join(map(_kind, name))
    is_one = len(name) <= longest and kinds.count("L") >= 2 and kinds[-1] != "J"
    return name if is_one and _SHAPE.fullmatch(kinds) else None


def is_same_person(one: Identity, other: Identity) -> bool:
    """Whether two identities are one person to the registry: one document, and names that are written alike.

    Both are always compared, so that a wrong name takes as long as a wrong number. The document alone is
    enough if a face has tied the person to the account, and for what the registry itself says.
    """
    is_name = is_same_name(one.name, other.name)
    return one.document == other.document and is_name


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ only in dots, spaces, case, accents, simplification or Latin word order."""
    return bool(_spellings(one) & _spellings(other))


def masked(identity: Identity) -> tuple[str, str]:
    """Return name and number as a read-back may show them: 陈*国, 4401**********0120."""
    return mask_name(identity.name), mask_number(identity.number)


def mask_name(name: str) -> str:
    """Hide the middle of a name, its dot with it; a name of two characters keeps its first (陈*)."""
    letters = name.replace("·", "")
    if len(letters) <= 2:
        return letters[:1] + "*"
    keep = 2 if len(letters) > 3 and "·" not in name else 1
    return letters[:keep] + "*" * (len(letters) - keep - 1) + letters[-1]


def mask_number(number: str) -> str:
    """Hide the middle of a number; long ones show four at each end, short ones two."""
    keep = 4 if len(number) >= 15 else 2
    return number[:keep] + "*" * max(len(number) - 2 * keep, 3) + number[-keep:]


def _spelled(text: str) -> str:
    """Return a text with one form of every dot, apostrophe and hyphen; some stand alone only after NFKC."""
    typed = _LATIN_POINT.sub(" ", repaired(text)).translate(_MARKS)
    return unicodedata.normalize("NFKC", typed).translate(_MARKS)


def _kind(character: str) -> str:
    """Return L for a letter, M for a mark that does not enclose it, J for what joins two, ? for all else."""
    kind = unicodedata.category(character)
    if character in _JOINTS:
        return "J"
    return kind[0] if kind[0] in "LM" and kind != "Me" else "?"


def _spellings(name: str) -> set[str]:
    """Return the folded name; of a Latin one its words in every order (SMITH JOHN, John Smith)."""
    words = [_folded(word) for word in re.split("[ ·-]+", _spelled(name))]
    orders = permutations(words) if "".join(words).isascii() and len(words) <= _MOST_WORDS else [words]
    return {"".join(order) for order in orders}


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    letters = _ACCENTS.sub("", plain).translate(_LATIN_LETTERS).translate(SIMPLIFIED)
    return "".join(c for c in letters if _kind(c) in "LM")
