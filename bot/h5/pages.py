"""The pages' files, read once at the start, and the headers they go out with."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

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
    """One HTML file with `$placeholders`."""

    def __init__(self, name: str) -> None:
        self._template = Template((_FOLDER / name).read_text(encoding="utf-8"))

    def text(
        self, values: Mapping[str, str] | None = None, *, markup: Mapping[str, str] | None = None
    ) -> str:
        """Fill in the placeholders: `values` escaped, `markup` (our own alone) as it is.

        A missing one is an error in the page, not an empty spot.
        """
        safe = {name: escape(value) for name, value in (values or {}).items()}
        return self._template.substitute({**safe, **(markup or {})})

    def response(
        self,
        values: Mapping[str, str] | None = None,
        status: int = 200,
        *,
        markup: Mapping[str, str] | None = None,
    ) -> web.Response:
        """Give the filled-in page."""
        text = self.text(values, markup=markup)
        return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)


class Asset:
    """One style or script file of the pages."""

    def __init__(self, name: str) -> None:
        path = _FOLDER / name
        self._body = path.read_bytes()
        self._type = _TYPES[path.suffix]

    def response(self) -> web.Response:
        """Give the file; small, so it goes out whole and uncached like the page that needs it."""
        return web.Response(body=self._body, content_type=self._type, charset="utf-8", headers=HEADERS)
