"""The flash message of a page: one sentence about what was just done, which `?flash=WORD` names."""

from collections.abc import Collection

from bot.pages.template_page import Values, WordTable
from messages.language.codes import Language


def flash_values(flash: str, sentences: WordTable, done: Collection[str], language: Language) -> Values:
    """Return a page's flash message, none for a word without a sentence; `done` are words of no fault."""
    return {
        "flash": sentences[flash].spoken(language) if flash in sentences else "",
        "is_done": flash in done,
    }
