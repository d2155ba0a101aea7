"""The pages that people are asked to read: 《用户服务协议》 and 《隐私政策》."""

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.h5.language import SPOKEN, requested_language, set_language
from bot.h5.not_found import not_found
from bot.h5.pages import Page
from messages.catalogue.lookup import TERMS_VERSION, legal_text_of
from messages.catalogue.phrases import LEGAL_TEXT


def legal_text_app() -> web.Application:
    """Return the application of both below `/h5`; the address names the language, as there is no account."""
    page = Page("legal_text.html", LEGAL_TEXT)
    app = web.Application(middlewares=[set_language(requested_language), not_found])
    app.add_routes([web.get(f"/{name}", _shown(page, name)) for name in ("agreement", "privacy")])
    return app


def _shown(page: Page, name: str) -> Handler:
    async def show(request: web.Request) -> web.Response:
        """Show the text in the request's language."""
        language = request[SPOKEN]
        legal_text = legal_text_of(name, language)
        values = {
            "title": legal_text.title,
            "heading": legal_text.heading,
            "version": TERMS_VERSION,
            "sections": legal_text.sections,
        }
        return page.response(language, values)

    return show
