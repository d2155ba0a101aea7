"""Pages from templates, each compiled once, with their words in every language."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from messages.catalogue.lookup import LANGUAGE_NAMES
from messages.catalogue.phrases import Localized
from messages.language.codes import Language

Values = Mapping[str, object]
WordTable = Mapping[str, Localized]


def templates_in(folder: Path, static: Callable[[str], str]) -> Environment:
    """Return the templates of a folder; in them `static` names the address of a style or script."""
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
    )
    templates.globals["static"] = static
    return templates


class TemplatePage:
    """One template with the words that it names, in every language.

    A `{place}` in a word is filled from the values; a name without word or value is an error. The template is
    compiled and the words of a language are collected when the page is first shown: a process starts faster,
    and few show every page.
    """

    def __init__(
        self, templates: Environment, headers: Mapping[str, str], name: str, *words: WordTable
    ) -> None:
        self._templates, self._headers, self._name = templates, headers, name
        known = {key: word for table in words for key, word in table.items()}
        self._words_in = functools.cache(functools.partial(_words, known))

    def text(self, language: Language, values: Values | None = None) -> str:
        """Return the page; everything is escaped but `Markup`."""
        given = values or {}
        words = self._words_in(language)
        template = self._templates.get_template(self._name)
        return template.render({**words.whole, **_filled(words.with_places, given), **given})

    def response(self, language: Language, values: Values | None = None, status: int = 200) -> web.Response:
        """Return the page as a response with the room's headers."""
        text = self.text(language, values)
        return web.Response(text=text, status=status, content_type="text/html", headers=self._headers)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a page in one language: complete ones, and ones with places to fill."""

    whole: Values
    with_places: Mapping[str, str]


def _words(known: WordTable, language: Language) -> _Words:
    texts = {key: word.spoken(language) for key, word in known.items()}
    places = {key: text for key, text in texts.items() if "{" in text}
    others = [(one, name) for one, name in LANGUAGE_NAMES.items() if one is not language]
    whole = {key: text for key, text in texts.items() if key not in places}
    return _Words({**whole, "language": language, "other_languages": others}, places)


def _filled(words: Mapping[str, str], values: Values) -> dict[str, str]:
    """Fill the places of the words; a word without values for them is left out, so using it is an error."""
    filled = {key: _fill(text, values) for key, text in words.items()}
    return {key: text for key, text in filled.items() if text is not None}


def _fill(text: str, values: Values) -> str | None:
    try:
        return text.format_map(values)
    except KeyError:
        return None
