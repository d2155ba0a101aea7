"""Pages of the console, from the templates of this room."""

from pathlib import Path

from bot.console.headers import HEADERS
from bot.pages.static_files import StaticFiles
from bot.pages.template_page import TemplatePage, WordTable, templates_in
from messages.catalogue.phrases import CONSOLE

_HERE = Path(__file__).parent
STATIC = StaticFiles(_HERE / "static", "/static", HEADERS)
_TEMPLATES = templates_in(_HERE / "templates", lambda name: "/admin" + STATIC.address(name))


class ConsolePage(TemplatePage):
    """One of this room's templates, with its words and those of every page of the console."""

    def __init__(self, name: str, *words: WordTable) -> None:
        super().__init__(_TEMPLATES, HEADERS, name, CONSOLE, *words)
