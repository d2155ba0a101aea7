"""The account's access token: fetched once for all waiting callers of all processes, renewed before its end.

`stable_token` gives every caller the same token. A forced refresh (20 a day) takes it from all other
machines, so force is the second step, never the first, and bounded: if new tokens are refused too, force does
not help.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from bot.wechat.api.credentials import AppCredentials
from bot.wechat.api.errcodes import NO_ANSWER, NOT_ASKED, meaning
from bot.wechat.api.transport import ApiResponse, Transport
from storage.errors import StorageUnavailable
from storage.messaging.access_tokens import (
    FORCED_APART,
    LeaseGranted,
    LeaseHeld,
    SharedTokenStore,
    StoredToken,
)

TokenSource = Callable[[bool], Awaitable[ApiResponse]]
"""Asks for a token, forced or not."""

_POLLS, _POLL_SECONDS = 60, 0.1
"""While another process asks: number of checks whether it has the token, and seconds between them."""

_log = logging.getLogger(__name__)

_MARGIN_SECONDS = 240
"""The platform hands out the successor in a token's last five minutes."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its times, in the clock's seconds."""

    value: str = field(repr=False)
    renew_at: float
    ends_at: float


@dataclass(frozen=True, slots=True)
class NoToken:
    """The platform gave no token, or was not asked for one."""

    errcode: int


async def ask_token(transport: Transport, credentials: AppCredentials, *, force: bool = False) -> ApiResponse:
    """Ask the platform for the account's token."""
    payload = {
        "grant_type": "client_credential",
        "appid": credentials.app_id,
        "secret": credentials.secret,
        "force_refresh": force,
    }
    return await transport.post("/cgi-bin/stable_token", payload)


def token_source(
    transport: Transport, credentials: AppCredentials, metrics: Metrics = NO_METRICS
) -> TokenSource:
    """Return what a `TokenHolder` fetches from: the platform, with the answers counted."""

    async def fetch(force: bool) -> ApiResponse:  # noqa: FBT001 - the holder's only argument
        """Ask once, and count how it was answered."""
        answer = await ask_token(transport, credentials, force=force)
        metrics.count(Count.TOKENS, meaning(answer.errcode))
        return answer

    return fetch


class TokenHolder:
    """Holds the token of one process; `fetch(force)` asks the platform for one.

    With a `store` all processes share one token, and only the holder of its lease asks; without one (a
    command that runs once) the process asks for itself.
    """

    def __init__(
        self,
        fetch: TokenSource,
        clock: Callable[[], float],
        store: SharedTokenStore | None = None,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._store = store
        self._held: Token | None = None
        self._refused = ""
        self._insisted = False
        self._forced_at = -FORCED_APART.total_seconds()
        self._renewal: asyncio.Task[Token | NoToken] | None = None

    async def current(self) -> Token | NoToken:
        """Return a valid token; one near its end stays in use while no other is available."""
        held = self._held
        if held and self._clock() < held.renew_at:
            return held
        renewed = await self._renew(force=False)
        if isinstance(renewed, NoToken) and held and self._clock() < held.ends_at:
            return held
        return renewed

    async def replace(self, refused: Token) -> Token | NoToken:
        """Ask once for a token other than `refused`; by force if asking has only returned the same one.

        A caller whose token was handed out before the last request has not seen the token that it returned.
        Its failure says nothing about that token, and no forced refresh (20 a day) is spent on it.
        """
        if self._held and self._held is not refused:
            return self._held
        force = self._insisted and refused.value == self._refused
        self._held, self._refused, self._insisted = None, refused.value, False
        return await self._renew(force=force)

    async def close(self) -> None:
        """End a request that is under way when the process stops; its lease ends on its own."""
        if self._renewal:
            self._renewal.cancel()
            await asyncio.wait([self._renewal])

    async def _renew(self, *, force: bool) -> Token | NoToken:
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew_once(force=force))
        # One waiter's cancellation must not take the token from the others.
        return await asyncio.shield(self._renewal)

    async def _renew_once(self, *, force: bool) -> Token | NoToken:
        try:
            token = await (self._share(self._store, force=force) if self._store else self._ask(force=force))
        except StorageUnavailable as error:
            _log.warning("the shared access token is out of reach: %s", type(error).__name__)
            token = NoToken(NOT_ASKED)
        finally:
            self._renewal = None
        if isinstance(token, Token):
            self._held = token
        return token

    async def _ask(self, *, force: bool) -> Token | NoToken:
        token = self._read(await self._fetch(force and await self._may_force()))
        self._insisted = isinstance(token, Token) and token.value == self._refused
        return token

    async def _may_force(self) -> bool:
        """Count a forced refresh, for all processes or, without a store, for this one."""
        if self._store:
            return await self._store.may_force()
        is_long_ago = self._clock() - self._forced_at >= FORCED_APART.total_seconds()
        self._forced_at = self._clock() if is_long_ago else self._forced_at
        return is_long_ago

    async def _share(self, store: SharedTokenStore, *, force: bool) -> Token | NoToken:
        """Take the token that another process got, or ask for all of them."""
        for _ in range(_POLLS):
            match await store.read_or_lease(self._refused):
                case StoredToken(value, renew_in, ends_in):
                    return Token(value, self._clock() + renew_in, self._clock() + ends_in)
                case LeaseGranted():
                    return await self._ask_for_all(store, force=force)
                case LeaseHeld():
                    await asyncio.sleep(_POLL_SECONDS)
        return NoToken(NOT_ASKED)

    async def _ask_for_all(self, store: SharedTokenStore, *, force: bool) -> Token | NoToken:
        """Ask, and share the answer; it counts for this process even if it cannot be stored.

        The others then ask once the lease has ended, and `stable_token` gives them the same token.
        """
        token = await self._ask(force=force)
        try:
            await self._store_answer(store, token)
        except StorageUnavailable as error:
            _log.warning("the answer about the access token is not shared: %s", type(error).__name__)
        return token

    async def _store_answer(self, store: SharedTokenStore, token: Token | NoToken) -> None:
        if isinstance(token, NoToken):
            await store.give_up()
        else:
            now = self._clock()
            await store.put(StoredToken(token.value, token.renew_at - now, token.ends_at - now))

    def _read(self, answer: ApiResponse) -> Token | NoToken:
        value, lifetime = answer.body.get("access_token"), answer.body.get("expires_in")
        if answer.errcode or not isinstance(value, str) or not value or not isinstance(lifetime, int):
            return NoToken(answer.errcode or NO_ANSWER)
        now = self._clock()
        return Token(value, now + lifetime - min(_MARGIN_SECONDS, lifetime / 2), now + lifetime)
