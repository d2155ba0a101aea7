"""Access to a reminder's link: with WECHAT_OAUTH it opens only for the account that was reminded."""

from dataclasses import dataclass

from aiohttp import web

from bot.capture.answers import closed_to
from bot.capture.tickets.access import bearer_cookie_of, bearer_of
from bot.h5.oauth_login import CookieScope, OAuthLogin
from bot.h5.pages import Page
from bot.h5.responses import say
from bot.reminders.links import ReminderLinks
from bot.wechat.api.oauth import PageLogin
from messages.catalogue.phrases import OTHER_ACCOUNT

_BEARER_COOKIE = "start"
_COOKIE_SECONDS = 1800
"""Time to read the page and to press its button; a later visit is proved again without a question."""


@dataclass(frozen=True, slots=True)
class ReminderAccess:
    """Proves and remembers the visitor; without WECHAT_OAUTH `login` is None, and all are admitted."""

    links: ReminderLinks
    login: PageLogin | None
    public_url: str
    page: Page

    async def enter(self, request: web.Request) -> str | web.Response:
        """Return the account for which the page is shown ("": anybody), or the answer that refuses it."""
        owner = await self._owner(request)
        if not self.login or not owner or self._bearer(request) == owner:
            return owner
        proved = await OAuthLogin(self.login, self.scope(request), self.page).openid(request)
        if isinstance(proved, web.Response):
            return proved
        return owner if proved == owner else self._others(request)

    async def refuse(self, request: web.Request) -> web.Response | None:
        """Return why this visitor may not press the button; None if they may."""
        owner = await self._owner(request)
        return self._others(request) if owner and self._bearer(request) != owner else None

    def remember(self, request: web.Request, response: web.Response, owner: str) -> None:
        """Set the cookie by which an admitted browser is recognised."""
        if owner:
            cookie = bearer_cookie_of(self.links.vault, _token(request), owner)
            self.scope(request).keep(response, _BEARER_COOKIE, cookie, _COOKIE_SECONDS)

    async def _owner(self, request: web.Request) -> str:
        """Return the account of the link; "" without a login or for an unknown link."""
        return await self.links.owner(_token(request)) if self.login else ""

    def _bearer(self, request: web.Request) -> str:
        return bearer_of(self.links.vault, _token(request), request.cookies.get(_BEARER_COOKIE, ""))

    def scope(self, request: web.Request) -> CookieScope:
        """Return the scope of the page's cookies."""
        return CookieScope(self.public_url, f"/h5/start/{_token(request)}")

    def _others(self, request: web.Request) -> web.Response:
        return say(request, self.page, closed_to(OTHER_ACCOUNT))


def _token(request: web.Request) -> str:
    return request.match_info["token"]
