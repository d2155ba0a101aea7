"""The page behind a reminder's link: it names the person and the date; its button opens the camera's page."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.h5.headers import HEADERS
from bot.h5.language import SPOKEN, key_of
from bot.h5.language_choice import language_middlewares
from bot.h5.pages import Page
from bot.h5.start.access import ReminderAccess
from bot.reminders.links import LinkEnding, LinkOpened, LinkRefused, ReminderLinks, ReminderView
from bot.wechat.api.oauth import PageLogin
from dialogs.values import Manner
from messages.catalogue.formats import day
from messages.catalogue.lookup import label_in
from messages.catalogue.phrases import ENDINGS, NOT_YOURS, STANDINGS, START, START_ENDED, WHO_AGENT, WHO_SELF
from messages.language.codes import Language
from messages.language.labels import Label
from storage.errors import StorageError

_STATUS = {
    LinkEnding.UNKNOWN: 404,
    **dict.fromkeys((LinkEnding.EXPIRED, LinkEnding.DONE, LinkEnding.STOPPED), 410),
    LinkEnding.BUSY: 503,
}
_POLICY = HEADERS["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'")
_log = logging.getLogger(__name__)


def start_app(links: ReminderLinks, login: PageLogin | None = None, public_url: str = "") -> web.Application:
    """Return the application below `/h5/start`; `login` is WeChat's if WECHAT_OAUTH is on."""
    access = ReminderAccess(links, login, public_url, Page("message.html", NOT_YOURS))
    pages = _Starting(links, access)

    async def of_account(request: web.Request) -> Language | None:
        """Return the language of the account that was reminded; None for an unknown link."""
        return await links.language(key_of(request))

    app = web.Application(middlewares=[*language_middlewares(of_account, access.scope), pages.guard])
    app.add_routes([web.get("/{token}", pages.show), web.post("/{token}", pages.begin)])
    return app


class _Starting:
    """The GET only shows; the button's POST begins."""

    def __init__(self, links: ReminderLinks, access: ReminderAccess) -> None:
        self._links = links
        self._access = access
        self._start = Page("start.html", START)
        self._ended = Page("message.html", START_ENDED)
        self._on = Page("start_on.html", START)

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer "busy" while the database does not answer; the link stays valid."""
        try:
            return await handler(request)
        except StorageError as error:
            _log.warning("a reminder's link was not followed: %s", type(error).__name__)
            return self._end(request, LinkEnding.BUSY)

    async def show(self, request: web.Request) -> web.Response:
        """Show whom the reminder is about and the button that begins, or why the link leads nowhere."""
        entered = await self._access.enter(request)
        if isinstance(entered, web.Response):
            return entered
        view = await self._links.view(_token(request))
        if isinstance(view, LinkEnding):
            return self._end(request, view)
        response = self._start.response(request[SPOKEN], _values(view, request[SPOKEN]))
        response.headers["Content-Security-Policy"] = _POLICY
        self._access.remember(request, response, entered)
        return response

    async def begin(self, request: web.Request) -> web.Response:
        """Begin the certification and continue to its capture page."""
        refused = await self._access.refuse(request)
        if refused is not None:
            return refused
        begun = await self._links.begin(_token(request))
        if isinstance(begun, LinkOpened):
            # A page of its own: `form-action` covers all redirects of a form, WeChat's login too.
            return self._on.response(request[SPOKEN], {"link": begun.link})
        return self._end(request, begun)

    def _end(self, request: web.Request, ending: LinkEnding | LinkRefused) -> web.Response:
        language = request[SPOKEN]
        text = ending.text if isinstance(ending, LinkRefused) else ENDINGS[ending].spoken(language)
        message, _, more = text.partition("\n")
        status = 200 if isinstance(ending, LinkRefused) else _STATUS.get(ending, 200)
        return self._ended.response(language, {"message": message, "more": more}, status)


def _token(request: web.Request) -> str:
    return request.match_info["token"]


def _values(view: ReminderView, language: Language) -> dict[str, str]:
    who = WHO_SELF if view.manner is Manner.SELF else WHO_AGENT
    return {
        "name": view.name,
        "scheme": label_in(Label[view.scheme.name], language),
        "due": day(view.due_on, language),
        "standing": STANDINGS[view.standing].spoken(language),
        "who": who.spoken(language).format(name=view.name),
    }
