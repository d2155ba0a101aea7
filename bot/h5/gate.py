"""The gate before every capture address: proof of who opened it, kept in a cookie of that page alone.

Nothing here changes a ticket. A browser without a proof is sent to WeChat
with a `state` that only this browser can bring back, so that nobody can make
another phone act in their own account's name.
"""

import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.capture_answers import Answer, busy, closed_to
from bot.door import Door, Entry, new_guest
from bot.h5.pages import HEADERS, Page
from bot.tickets import HANDED_OVER_LIFE
from bot.wechat.oauth import PageLogin, Unproven
from messages.catalogue import HANDED_ON_TEXT, OTHER_ACCOUNT_TEXT, SNAPSHOT_TEXT

PROOF, VISIT = "capture", "visit"
"""The cookies' names: who this is; which visit to the platform is under way."""
_PROOF_SECONDS = int(HANDED_OVER_LIFE.total_seconds())
"""The longest life of a ticket; the ticket's own end is asked for each time."""
_VISIT_SECONDS = 300
"""As long as the platform's code is good."""
_STATE = re.compile(r"([0-9])([0-9a-f]{32})")
_MOST_VISITS = 3
"""Ways to the platform and back for one page; a browser that keeps no cookie must not go round for ever."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Gate:
    """Proves, guards and remembers; `login` is None with WECHAT_OAUTH=off."""

    door: Door
    login: PageLogin | None
    public_url: str
    page: Page

    async def enter(self, request: web.Request, show: Callable[[], web.Response]) -> web.Response:
        """Show the capture page to whom it is for; others see a kind word, or go to WeChat first."""
        bearer = self.bearer(request)
        if self.login and await self._entry(request, bearer) in {Entry.OTHERS, Entry.HANDED_ON}:
            proved = await self._prove(request, self.login)
            if not isinstance(proved, str):
                return proved
            bearer = proved
        if (refused := _refusal(await self._entry(request, bearer))) is not None:
            return self._say(refused)
        response = show()
        self._remember(request, response, bearer)
        return response

    def guard(self, handler: Handler) -> Handler:
        """Let only the page's own phone use the addresses below it."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            refused = _refusal(await self._entry(request, self.bearer(request)))
            return _unread(refused) if refused else await handler(request)

        return guarded

    def bearer(self, request: web.Request) -> str:
        """Say who this browser proved to be; "" for nobody."""
        return self.door.bearer(_ticket(request), request.cookies.get(PROOF, ""))

    def bearer_or_guest(self, request: web.Request) -> str:
        """Say who agrees; without a login a browser gets a secret of its own."""
        return self.bearer(request) or ("" if self.login else new_guest())

    async def keep(self, request: web.Request, response: web.Response, bearer: str) -> None:
        """Give a guest the cookie of the handed-over link that has just become theirs."""
        if response.status == 200 and not self.login and await self.door.is_kept_by(_ticket(request), bearer):
            self._remember(request, response, bearer)

    async def _entry(self, request: web.Request, bearer: str) -> Entry:
        return await self.door.entry(_ticket(request), bearer)

    async def _prove(self, request: web.Request, login: PageLogin) -> str | web.Response:
        """Return the openid of a browser that comes back from the platform, or the answer to send."""
        visits, is_ours = _visit(request)
        if is_ours:
            found = await login.openid(request.query.get("code", ""))
            if isinstance(found, str):
                return found
            if found is not Unproven.SPENT_CODE:
                return self._say(closed_to(SNAPSHOT_TEXT) if found is Unproven.SNAPSHOT else busy())
        if visits >= _MOST_VISITS:
            return self._say(closed_to(OTHER_ACCOUNT_TEXT))
        return self._send_away(request, login, visits)

    def _send_away(self, request: web.Request, login: PageLogin, visits: int) -> web.Response:
        nonce, back = secrets.token_hex(16), f"{self.public_url}/h5/capture/{_ticket(request)}"
        headers = HEADERS | {"Location": login.address(back, f"{visits + 1}{nonce}")}
        response = web.Response(status=302, headers=headers)
        self._set(request, response, VISIT, nonce, _VISIT_SECONDS)
        return response

    def _remember(self, request: web.Request, response: web.Response, bearer: str) -> None:
        if bearer:
            proof = self.door.proof(_ticket(request), bearer)
            self._set(request, response, PROOF, proof, _PROOF_SECONDS)

    def _set(self, request: web.Request, response: web.Response, name: str, value: str, seconds: int) -> None:
        base = urlsplit(self.public_url)
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=f"{base.path}/h5/capture/{_ticket(request)}",
            secure=base.scheme == "https",
            httponly=True,
            samesite="Lax",
        )

    def _say(self, given: Answer) -> web.Response:
        return self.page.response({"message": given.message}, given.status)


def _refusal(entry: Entry) -> Answer | None:
    if entry is Entry.AWAY:
        return busy()
    text = {Entry.OTHERS: OTHER_ACCOUNT_TEXT, Entry.HANDED_ON: HANDED_ON_TEXT}.get(entry)
    return closed_to(text) if text else None


def _ticket(request: web.Request) -> str:
    return request.match_info["ticket"]


def _visit(request: web.Request) -> tuple[int, bool]:
    """Read `state`: how often the platform was visited, and whether this browser began that visit."""
    state = _STATE.fullmatch(request.query.get("state", ""))
    if state is None or not request.query.get("code"):
        return 0, False
    return int(state[1]), secrets.compare_digest(state[2], _ascii(request.cookies.get(VISIT, "")))


def _ascii(text: str) -> str:
    return text if text.isascii() else ""


def _unread(given: Answer) -> web.Response:
    """Answer as JSON, unread: whatever is being sent is not for this ticket."""
    body = {"outcome": given.outcome, "reason": given.reason, "message": given.message}
    response = web.json_response(body, status=given.status, headers=HEADERS)
    response.force_close()
    return response
