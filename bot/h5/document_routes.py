"""The pages that people are asked to read: 《用户服务协议》 and 《隐私政策》."""

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.h5.language import SPOKEN, requested_language, speaking
from bot.h5.pages import Page
from bot.h5.unserved import unserved
from messages.catalogue.lookup import TERMS_VERSION, document_of
from messages.catalogue.phrases import DOCUMENT


def document_app() -> web.Application:
    """Return the application of both below `/h5`; the address names the language, as no account does."""
    page = Page("document.html", DOCUMENT)
    app = web.Application(middlewares=[speaking(requested_language), unserved])
    app.add_routes([web.get(f"/{name}", _shown(page, name)) for name in ("agreement", "privacy")])
    return app


def _shown(page: Page, name: str) -> Handler:
    async def show(request: web.Request) -> web.Response:
        """Show the document in the request's language."""
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
