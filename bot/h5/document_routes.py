"""The pages that people are asked to read: 《用户服务协议》 and 《隐私政策》."""

from aiohttp import web

from bot.h5.language import SPOKEN, Handler, asked, speaking
from bot.h5.pages import Page
from messages.catalogue import TERMS_VERSION, document_of
from messages.phrases import DOCUMENT


def document_routes() -> list[web.RouteDef]:
    """Return the routes of both; they belong to nobody, so their addresses name the language."""
    page = Page("document.html", DOCUMENT)
    routes = [web.get(f"/h5/{name}", _shown(page, name)) for name in ("agreement", "privacy")]
    return speaking(routes, asked)


def _shown(page: Page, name: str) -> Handler:
    async def show(request: web.Request) -> web.Response:
        language = request[SPOKEN]
        document = document_of(name, language)
        values = {
            "title": document.title,
            "heading": document.heading,
            "version": TERMS_VERSION,
            "sections": document.sections,
        }
        return page.response(language, values)

    return show
