"""Page login by WeChat: a redirect there and back, the proved openid, and the cookies that keep it.

A browser without the bearer's cookie is sent away with a `state` that only this browser can bring back, so
that nobody can make another phone act in the name of their own account.
"""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.capture.answers import busy, closed_to
from bot.h5.headers import HEADERS
from bot.h5.pages import Page
from bot.h5.responses import say
from bot.wechat.api.oauth import PageLogin, Unproven
from messages.catalogue.phrases import OTHER_ACCOUNT, SNAPSHOT

STATE_COOKIE = "visit"
"""The cookie of the visit to the platform that is under way."""
_STATE_SECONDS = 300
"""Lifetime of the platform's code."""
_STATE = re.compile(r"([0-9])([0-9a-f]{32})")
_MOST_ROUND_TRIPS = 3
"""Round trips to the platform for one page; a browser that keeps no cookie must not go round for ever."""


@dataclass(frozen=True, slots=True)
class CookieScope:
    """A page's own place below PUBLIC_URL (`/h5/capture/…`): its cookies are kept there and nowhere else."""

    public_url: str
    path: str

    def keep(self, response: web.StreamResponse, name: str, value: str, seconds: int) -> None:
        """Set a cookie that only this page gets back and that no script sees."""
        base = urlsplit(self.public_url)
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=f"{base.path}{self.path}",
            secure=base.scheme == "https",
            httponly=True,
            samesite="Lax",
        )


@dataclass(frozen=True, slots=True)
class OAuthLogin:
    """Sends a browser to the platform, and learns from it who came back."""

    login: PageLogin
    scope: CookieScope
    page: Page

    async def openid(self, request: web.Request) -> str | web.Response:
        """Return the openid of a browser that comes back from the platform, or the answer to send."""
        round_trips, is_ours = _returned(request)
        if is_ours:
            found = await self.login.openid(request.query.get("code", ""))
            if isinstance(found, str):
                return found
            if found is not Unproven.SPENT_CODE:
                refused = closed_to(SNAPSHOT) if found is Unproven.SNAPSHOT else busy()
                return say(request, self.page, refused)
        if round_trips >= _MOST_ROUND_TRIPS:
            return say(request, self.page, closed_to(OTHER_ACCOUNT))
        return self._send_away(round_trips)

    def _send_away(self, round_trips: int) -> web.Response:
        nonce, back = secrets.token_hex(16), f"{self.scope.public_url}{self.scope.path}"
        headers = HEADERS | {"Location": self.login.address(back, f"{round_trips + 1}{nonce}")}
        response = web.Response(status=302, headers=headers)
        self.scope.keep(response, STATE_COOKIE, nonce, _STATE_SECONDS)
        return response


def _returned(request: web.Request) -> tuple[int, bool]:
    """Read `state`: how often the platform was visited, and whether this browser began that visit."""
    state = _STATE.fullmatch(request.query.get("state", ""))
    if state is None or not request.query.get("code"):
        return 0, False
    return int(state[1]), secrets.compare_digest(state[2], _ascii(request.cookies.get(STATE_COOKIE, "")))


def _ascii(text: str) -> str:
    return text if text.isascii() else ""
