"""The pages' files, read once at the start, and the headers they go out with."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

from messages.page_words import EVERY_PAGE
from messages.words import Language, Word

_FOLDER = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript"}

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), microphone=()",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        "media-src 'self' blob:; connect-src 'self'; frame-ancestors 'self'; "
        "base-uri 'none'; form-action 'none'"
    ),
}
"""A capture page's address is its key: no cache keeps it, no referrer carries it, no foreign script runs."""


class Page:
    """One HTML file with `$placeholders`: `words` go in once a language, values at every answer.

    A `framed` one is what stands between the buttons for the type size and the page's end.
    """

    def __init__(self, name: str, *words: Mapping[str, Word], framed: bool = False) -> None:
        content = _read(name)
        html = Template(_read("frame.html").replace("$content", content.rstrip()) if framed else content)
        known = {key: word for table in (EVERY_PAGE, *words) for key, word in table.items()}
        self._templates = {spoken: _in_language(html, known, spoken) for spoken in Language}

    def text(
        self,
        language: Language,
        values: Mapping[str, str] | None = None,
        *,
        markup: Mapping[str, str] | None = None,
    ) -> str:
        """Fill in the placeholders: `values` escaped, `markup` (our own alone) as it is.

        A missing one is an error in the page, not an empty spot.
        """
        safe = {name: escape(value) for name, value in (values or {}).items()}
        return self._templates[language].substitute({**safe, **(markup or {})})

    def response(
        self,
        language: Language,
        values: Mapping[str, str] | None = None,
        status: int = 200,
        *,
        markup: Mapping[str, str] | None = None,
    ) -> web.Response:
        """Give the filled-in page."""
        text = self.text(language, values, markup=markup)
        return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)


def _read(name: str) -> str:
    return (_FOLDER / "templates" / name).read_text(encoding="utf-8")


def _in_language(html: Template, words: Mapping[str, Word], language: Language) -> Template:
    """Put the words in; the `{places}` in them become placeholders of the page."""
    texts = {key: escape(word.spoken(language)).replace("{", "${") for key, word in words.items()}
    return Template(html.safe_substitute(texts, language=language))


class Asset:
    """One style or script file of the pages."""

    def __init__(self, name: str) -> None:
        path = _FOLDER / "static" / name
        self._body = path.read_bytes()
        self._type = _TYPES[path.suffix]

    def response(self) -> web.Response:
        """Give the file; small, so it goes out whole and uncached like the page that needs it."""
        return web.Response(body=self._body, content_type=self._type, charset="utf-8", headers=HEADERS)
