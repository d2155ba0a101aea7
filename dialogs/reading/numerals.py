"""Digits in whatever script they were written.

What a numeral is worth says Unicode's own table (Unihan kPrimaryNumeric,
kAccountingNumeric, kOtherNumeric), which Python carries: 四, 肆, 〇, 幺.
"""

import unicodedata

_ROUND = "○◯"
"""Circles that are typed for 〇."""

_COUNTING = "两兩双雙半"
"""Says how many, never a digit of a number that is read out."""


def digits(text: str) -> str:
    """Return the text with every single digit of any script as 0–9 and all else as it was.

    Digit by digit, as a number is read out: 四四〇一 is 4401. Tens and hundreds
    (十, 百) are no digits, and stay; so the length never changes.
    """
    return "".join(map(_digit, text))


def _digit(character: str) -> str:
    if character in _ROUND:
        return "0"
    kind = unicodedata.category(character)
    is_digit = kind == "Nd" or (kind in {"Lo", "Nl"} and _is_han(character) and character not in _COUNTING)
    worth = unicodedata.numeric(character, -1) if is_digit else -1
    return str(int(worth)) if worth in range(10) else character


def _is_han(character: str) -> bool:
    return unicodedata.name(character, "").startswith(
        ("CJK UNIFIED", "IDEOGRAPHIC NUMBER", "HANGZHOU NUMERAL")
    )
