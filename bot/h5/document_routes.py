"""The pages that people are asked to read: 《用户服务协议》 and 《隐私政策》."""

from html import escape

from aiohttp import web

from bot.h5.language import SPOKEN, Handler, asked, speaking
from bot.h5.pages import Page
from messages.catalogue import TERMS_VERSION
from messages.documents import AGREEMENT, PRIVACY, VERSION, Document, Section
from messages.words import Language, Word


def document_routes() -> list[web.RouteDef]:
    """Give the routes of both; they belong to nobody, so their addresses name the language."""
    page = Page("document.html", {"version_is": VERSION}, framed=True)
    documents = {"/h5/agreement": AGREEMENT, "/h5/privacy": PRIVACY}
    routes = [web.get(path, _shown(page, document)) for path, document in documents.items()]
    return speaking(routes, asked)


def _shown(page: Page, document: Document) -> Handler:
    async def show(request: web.Request) -> web.Response:
        language = request[SPOKEN]
        values = {
            "title": document.title.spoken(language),
            "heading": document.heading.spoken(language),
            "version": TERMS_VERSION,
        }
        sections = "\n".join(_section(section, language) for section in document.sections)
        return page.response(language, values, markup={"sections": sections})

    return show


def _section(section: Section, language: Language) -> str:
    points = "\n".join(_element("li", point, language) for point in section.points)
    parts = [
        _element("h2", section.heading, language),
        _element("p", section.paragraph, language) if section.paragraph else "",
        f"<ul>\n{points}\n</ul>" if points else "",
    ]
    return "\n".join(filter(None, parts))


def _element(tag: str, word: Word, language: Language) -> str:
    return f"<{tag}>{escape(word.spoken(language))}</{tag}>"
