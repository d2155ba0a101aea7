"""Pages behind the links, from the templates of this room."""

from pathlib import Path

from bot.h5.headers import HEADERS
from bot.pages.static_files import StaticFiles
from bot.pages.template_page import TemplatePage, WordTable, templates_in
from messages.catalogue.phrases import EVERY_PAGE

_HERE = Path(__file__).parent
STATIC_FILES = StaticFiles(_HERE / "static", "/h5/static", HEADERS)
_TEMPLATES = templates_in(_HERE / "templates", STATIC_FILES.address)


class Page(TemplatePage):
    """One of this room's templates, with its words and those of every page."""

    def __init__(self, name: str, *words: WordTable) -> None:
        super().__init__(_TEMPLATES, HEADERS, name, EVERY_PAGE, *words)
