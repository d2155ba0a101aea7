"""Pages behind the links, from the templates of this room."""

from pathlib import Path

from aiohttp import web

from bot.h5.headers import HEADERS
from bot.pages.static_files import StaticFiles
from bot.pages.template_page import TemplatePage, Values, WordTable, templates_in
from messages.catalogue.phrases import EVERY_PAGE
from messages.language.codes import Language

_HERE = Path(__file__).parent
STATIC_FILES = StaticFiles(_HERE / "static", "/h5/static", HEADERS)
_TEMPLATES = templates_in(_HERE / "templates", STATIC_FILES.address)


class Page(TemplatePage):
    """One of this room's templates, with its words and those of every page."""

    def __init__(self, name: str, *words: WordTable) -> None:
        super().__init__(_TEMPLATES, name, EVERY_PAGE, *words)

    def response(self, language: Language, values: Values | None = None, status: int = 200) -> web.Response:
        """Return the page as a response."""
        text = self.text(language, values)
        return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)
