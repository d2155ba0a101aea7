"""Tells names in Big5 whose bytes are everyday characters of GB18030 too, such as 葉天華 (腑ぱ地).

The bytes of many lines show their encoding (`storage.sheets.delimited`). Those of one or two names do not in
one case of ten, but their first character does: it is a family name in one of the encodings only.
"""

from collections.abc import Sequence

from dialogs.reading.lexicon.surnames import DOUBLE_SURNAMES, SURNAMES
from dialogs.rules.characters import SIMPLIFIED

_DOUBLE = tuple(DOUBLE_SURNAMES.split("|"))


def are_big5(names: Sequence[str]) -> bool:
    """Whether most of these names, which were read as GB18030, begin with a family name only in Big5."""
    return 2 * sum(_is_big5(name.strip()) for name in names) > len(names)


def _is_big5(name: str) -> bool:
    try:
        meant = name.encode("gb18030").decode("big5").translate(SIMPLIFIED)
    except UnicodeError:
        return False
    return not name.isascii() and _has_family_name(meant) and not _has_family_name(name.translate(SIMPLIFIED))


def _has_family_name(name: str) -> bool:
    return name[:1] in SURNAMES or name.startswith(_DOUBLE)
