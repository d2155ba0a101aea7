"""The tables of characters are complete, one-way, and consistent with GB18030 and Unicode."""

import unicodedata

from dialogs.rules.characters import SIMPLIFIED, repaired
from dialogs.rules.traditional import PAIRS

GBK_TRAILS = (*range(0x50, 0x7F), *range(0x80, 0xA1))
"""Second bytes of FE50 to FEA0, whose characters GBK fonts kept in private use."""


def test_private_use_character_of_gbk_fonts_is_repaired():
    private = [chr(code) for code in range(0xE815, 0xE865)]
    repairs = [repaired(character) for character in private]
    assert {unicodedata.category(character) for character in repairs} == {"Lo"}
    for repair, trail in zip(repairs, GBK_TRAILS, strict=True):
        encoded = bytes((0xFE, trail)).decode("gb18030")
        if unicodedata.category(encoded) != "Co":
            assert repair == repaired(encoded)
    assert repairs[private.index("\ue863")] == "䶮"


def test_radicals_are_repaired_and_invisible_characters_removed():
    unseen = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    assert repaired("".join(unseen)) == ""
    radicals = [chr(code) for code in range(0x2E81, 0x2FD6)]
    kept = {unicodedata.normalize("NFKC", repaired(radical)) for radical in radicals}
    assert {unicodedata.name(character)[:21] for character in kept if unicodedata.name(character, "")} == {
        "CJK UNIFIED IDEOGRAPH"
    }


def test_blanks_and_visible_characters_are_unchanged():
    assert repaired("陈 大\n文\t张大文𠮷é") == "陈 大\n文\t张大文𠮷é"


def test_simplified_character_is_not_simplified_further():
    assert len(PAIRS) == 2 * len(SIMPLIFIED)
    assert not {chr(code) for code in SIMPLIFIED} & set(SIMPLIFIED.values())
