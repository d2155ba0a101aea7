"""Pages of the console, from the templates of this room."""

from pathlib import Path

from aiohttp import web

from bot.console.headers import HEADERS
from bot.pages.static_files import StaticFiles
from bot.pages.template_page import TemplatePage, Values, WordTable, templates_in
from messages.catalogue.phrases import CONSOLE
from messages.language.codes import Language

_HERE = Path(__file__).parent
STATIC = StaticFiles(_HERE / "static", "/static", HEADERS)
_TEMPLATES = templates_in(_HERE / "templates", lambda name: "/admin" + STATIC.address(name))


class ConsolePage(TemplatePage):
    """One of this room's templates, with its words and those of every page of the console."""

    def __init__(self, name: str, *words: WordTable) -> None:
        super().__init__(_TEMPLATES, name, CONSOLE, *words)

    def response(self, language: Language, values: Values, status: int = 200) -> web.Response:
        """Return the page as a response."""
        text = self.text(language, values)
        return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)
