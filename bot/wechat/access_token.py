"""The account's access token: fetched once for all who wait, renewed before its end.

`stable_token` gives every caller the same token; a forced refresh (20 a day)
takes it from all other machines, so force is the second step, never the first.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.wechat.errcodes import NO_ANSWER
from bot.wechat.transport import Answer

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
    """The platform gave none."""

    errcode: int


class TokenHolder:
    """Holds the token of one process; `fetch(force)` asks the platform for one."""

    def __init__(self, fetch: Callable[[bool], Awaitable[Answer]], clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._held: Token | None = None
        self._refused = ""
        self._flight: asyncio.Task[Token | NoToken] | None = None

    async def current(self) -> Token | NoToken:
        """Return a token that lives; one near its end serves on while no other is to be had."""
        held = self._held
        if held and self._clock() < held.renew_at:
            return held
        renewed = await self._renew(force=False)
        if isinstance(renewed, NoToken) and held and self._clock() < held.ends_at:
            return held
        return renewed

    async def replace(self, refused: Token) -> Token | NoToken:
        """Ask once for another than `refused`; by force when it was refused before."""
        if self._held and self._held.value != refused.value:
            return self._held
        force, self._refused = refused.value == self._refused, refused.value
        return await self._renew(force=force)

    async def _renew(self, *, force: bool) -> Token | NoToken:
        if self._flight is None:
            self._flight = asyncio.create_task(self._fly(force=force))
        # One waiter's cancellation must not take the token from the others.
        return await asyncio.shield(self._flight)

    async def _fly(self, *, force: bool) -> Token | NoToken:
        try:
            token = self._read(await self._fetch(force))
        finally:
            self._flight = None
        if isinstance(token, Token):
            self._held = token
        return token

    def _read(self, answer: Answer) -> Token | NoToken:
        value, lifetime = answer.body.get("access_token"), answer.body.get("expires_in")
        if answer.errcode or not isinstance(value, str) or not value or not isinstance(lifetime, int):
            return NoToken(answer.errcode or NO_ANSWER)
        now = self._clock()
        return Token(value, now + lifetime - min(_MARGIN_SECONDS, lifetime / 2), now + lifetime)
