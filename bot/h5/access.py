"""The gate before every capture address: only a cookie of that page says who opened it.

Nothing here changes a ticket. A browser without the cookie is sent to WeChat first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.capture.answers import CaptureAnswer, busy, closed_to
from bot.capture.tickets.access import Admission, CaptureAccess, new_guest
from bot.h5.oauth_login import CookieScope, OAuthLogin
from bot.h5.pages import Page
from bot.h5.responses import refuse, say
from bot.wechat.api.oauth import PageLogin
from dialogs.rules.link_life import HANDED_OVER_LIFE
from messages.catalogue.phrases import HANDED_ON, OTHER_ACCOUNT

PAGE = "capture"
"""Name of the page's route: `enter` decides about it, the guard about all others."""
BEARER_COOKIE = "capture"
"""Name of the cookie that proves who uses this browser."""
_COOKIE_SECONDS = int(HANDED_OVER_LIFE.total_seconds())
"""The longest life of a ticket; the ticket's own end is checked each time."""


@dataclass(frozen=True, slots=True)
class AccessGate:
    """Proves, guards and remembers; `login` is None with WECHAT_OAUTH=off."""

    access: CaptureAccess
    login: PageLogin | None
    public_url: str
    page: Page

    async def enter(self, request: web.Request, show: Callable[[], web.Response]) -> web.Response:
        """Show the capture page to the person it is for; send others to WeChat's login, or refuse them."""
        bearer = self.bearer(request)
        entry = await self._entry(request, bearer)
        if self.login and entry in {Admission.OTHER_ACCOUNTS, Admission.HANDED_ON}:
            proved = await OAuthLogin(self.login, self.scope(request), self.page).openid(request)
            if not isinstance(proved, str):
                return proved
            bearer = proved
            entry = await self._entry(request, bearer)
        if (refused := _refusal(entry)) is not None:
            return say(request, self.page, refused)
        response = show()
        self._remember(response, _ticket(request), bearer)
        return response

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse the addresses below the page to every phone but the page's own."""
        if request.match_info.route.name == PAGE:
            return await handler(request)
        refused = _refusal(await self._entry(request, self.bearer(request)))
        return refuse(request, refused) if refused else await handler(request)

    def bearer(self, request: web.Request) -> str:
        """Return the bearer that this browser proved to be; "" without the cookie."""
        return self.access.bearer(_ticket(request), request.cookies.get(BEARER_COOKIE, ""))

    def bearer_or_guest(self, request: web.Request) -> str:
        """Return the bearer who agrees; without a login a browser gets a secret of its own."""
        return self.bearer(request) or ("" if self.login else new_guest())

    async def keep(self, request: web.Request, response: web.Response, bearer: str) -> None:
        """Give a guest the cookie of the handed-over link that has just become theirs."""
        if self.login or response.status != 200:
            return
        if await self.access.is_kept_by(_ticket(request), bearer):
            self._remember(response, _ticket(request), bearer)

    def pass_on(self, request: web.Request, response: web.Response, successor: str) -> None:
        """Give the phone that proved its account a cookie for the successor of this link."""
        self._remember(response, successor, self.bearer(request))

    async def _entry(self, request: web.Request, bearer: str) -> Admission:
        return await self.access.entry(_ticket(request), bearer)

    def _remember(self, response: web.Response, ticket: str, bearer: str) -> None:
        if bearer:
            cookie = self.access.bearer_cookie(ticket, bearer)
            self._scope(ticket).keep(response, BEARER_COOKIE, cookie, _COOKIE_SECONDS)

    def scope(self, request: web.Request) -> CookieScope:
        """Return the scope of the page's cookies."""
        return self._scope(_ticket(request))

    def _scope(self, ticket: str) -> CookieScope:
        return CookieScope(self.public_url, f"/h5/capture/{ticket}")


def _refusal(entry: Admission) -> CaptureAnswer | None:
    if entry is Admission.UNAVAILABLE:
        return busy()
    text = {Admission.OTHER_ACCOUNTS: OTHER_ACCOUNT, Admission.HANDED_ON: HANDED_ON}.get(entry)
    return closed_to(text) if text else None


def _ticket(request: web.Request) -> str:
    return request.match_info["ticket"]
