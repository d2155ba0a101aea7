"""The pages that people are asked to read: 《用户服务协议》 and 《隐私政策》."""

from aiohttp import web

from bot.h5.language import SPOKEN, Handler, asked, speaking
from bot.h5.pages import Page
from messages.catalogue import TERMS_VERSION
from messages.documents import AGREEMENT, PRIVACY, VERSION, Document, Section
from messages.words import Language


def document_routes() -> list[web.RouteDef]:
    """Give the routes of both; they belong to nobody, so their addresses name the language."""
    page = Page("document.html", {"version_is": VERSION})
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
            "sections": [_section(section, language) for section in document.sections],
        }
        return page.response(language, values)

    return show


def _section(section: Section, language: Language) -> dict[str, object]:
    return {
        "heading": section.heading.spoken(language),
        "paragraph": section.paragraph.spoken(language) if section.paragraph else "",
        "points": [point.spoken(language) for point in section.points],
    }
