"""Answers in the language of the request: as JSON to the page's scripts, or as a page of one sentence."""

from aiohttp import web

from bot.capture.answers import CaptureAnswer
from bot.h5.headers import HEADERS
from bot.h5.language import SPOKEN
from bot.h5.pages import Page
from messages.language.codes import Language


def body(given: CaptureAnswer, language: Language) -> dict[str, str]:
    """Return the contract's three fields."""
    message = given.message.spoken(language)
    return {"outcome": given.outcome, "reason": given.reason, "message": message}


def tell(request: web.Request, given: CaptureAnswer) -> web.Response:
    """Answer a script."""
    return web.json_response(body(given, request[SPOKEN]), status=given.status, headers=HEADERS)


def refuse(request: web.Request, given: CaptureAnswer) -> web.Response:
    """Answer without reading the rest, and disconnect: the rest would be taken for the next request."""
    response = tell(request, given)
    response.force_close()
    return response


def say(request: web.Request, page: Page, given: CaptureAnswer) -> web.Response:
    """Show an answer's one sentence."""
    language = request[SPOKEN]
    return page.response(language, {"message": given.message.spoken(language)}, given.status)
