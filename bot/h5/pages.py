"""Pages from templates, loaded once, and the headers that pages and files are sent with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.h5.static_files import static_address
from messages.catalogue import LANGUAGE_NAMES
from messages.languages import Language
from messages.phrases import EVERY_PAGE, Localized

_FOLDER = Path(__file__).parent


def content_policy(*origins: str) -> str:
    """Return the policy of a page that runs our own scripts, and those of `origins`."""
    scripts = " ".join(["'self'", *origins])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob:; "
        "media-src 'self' blob:; connect-src 'self'; frame-ancestors 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), microphone=()",
    "Content-Security-Policy": content_policy(),
}
"""A capture page's address is its key: no cache keeps it, no referrer carries it, no foreign script runs."""

_KEPT = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}


def kept_for(requested: str, version: str) -> dict[str, str]:
    """Return the headers of a file without secrets: asked for by its version (`.1a2b3c4d`), it is kept.

    A page of the release before, while a new one is rolled out, gets the file as it is and keeps it nowhere.
    """
    return _KEPT if requested == f".{version}" else HEADERS


_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
)
_TEMPLATES.globals["static"] = static_address

Values = Mapping[str, object]


class Page:
    """One template with the words that it names, in every language.

    A `{place}` in a word is filled from the values; a name without word or value is an error.
    """

    def __init__(self, name: str, *words: Mapping[str, Localized]) -> None:
        self._template = _TEMPLATES.get_template(name)
        known = {key: word for table in (EVERY_PAGE, *words) for key, word in table.items()}
        self._words = {one: _words(known, one) for one in Language}

    def text(self, language: Language, values: Values | None = None) -> str:
        """Return the page; everything is escaped but `Markup`."""
        given = values or {}
        words = self._words[language]
        return self._template.render({**words.whole, **_filled(words.with_places, given), **given})

    def response(self, language: Language, values: Values | None = None, status: int = 200) -> web.Response:
        """Return the page as a response."""
        text = self.text(language, values)
        return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a page in one language: those that are whole, and those with places to fill."""

    whole: Values
    with_places: Mapping[str, str]


def _words(known: Mapping[str, Localized], language: Language) -> _Words:
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
