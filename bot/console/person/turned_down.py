"""Says why an act was not carried out, to the account that asked for it."""

from datetime import timedelta

from messages.catalogue.phrases import CONSOLE_APPROVALS, CONSOLE_FLASHES
from messages.language.codes import Language
from storage.console.approvals import TurnedDown

DECLINED = "declined"
"""The word for an act that a second person declined; the other words are those of `Unfit`."""

SHOWN_FOR = timedelta(days=10)
"""Time for which the first page says so; the account may be away for the longest public holiday."""


def why_words(turned_down: TurnedDown, by: str, language: Language) -> str:
    """Return in words why an act was turned down by an account."""
    if turned_down.why in CONSOLE_FLASHES:
        reason = CONSOLE_FLASHES[turned_down.why].spoken(language)
        return CONSOLE_APPROVALS["not_carried_out"].spoken(language).format(by=by, reason=reason)
    word = "declined_because" if turned_down.words else "declined_by"
    return CONSOLE_APPROVALS[word].spoken(language).format(by=by, words=turned_down.words)
