"""The JS-SDK's signature (附录1 JS-SDK使用权限签名算法): proof to WeChat that a page is the account's own.

The page of WeChat's own face verification (`LIVENESS=wechat`) uses it, and pages of the operator on the same
host, through `/h5/jssdk`. The page of our own check loads no third-party script.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.wechat.api.transport import ApiResponse

_MARGIN_SECONDS = 300
_PAUSE_SECONDS = 10.0
"""Seconds without a request after a refusal: 45009 is a daily quota."""


def sign_page(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Sign a page's address (without its `#…`) with the account's jsapi_ticket: SHA-1 in hex."""
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url.partition('#')[0]}"
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 - the platform's own rule


@dataclass(frozen=True, slots=True)
class PageSignature:
    """Arguments of `wx.config` in addition to the account's app id."""

    timestamp: int
    nonce: str
    signature: str


@dataclass(slots=True)
class JsTickets:
    """Holds the account's jsapi_ticket for one process; no lease, since asking twice only spends quota."""

    fetch: Callable[[], Awaitable[ApiResponse]]
    clock: Callable[[], float]
    _ticket: str = field(default="", repr=False)
    _renew_at: float = 0.0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def sign(self, url: str, timestamp: int) -> PageSignature | None:
        """Sign an address; None while the platform gives no ticket."""
        ticket, nonce = await self._current(), secrets.token_hex(8)
        return PageSignature(timestamp, nonce, sign_page(ticket, nonce, timestamp, url)) if ticket else None

    async def _current(self) -> str:
        async with self._lock:
            if self.clock() >= self._renew_at:
                self._take(await self.fetch())
            return self._ticket

    def _take(self, answer: ApiResponse) -> None:
        lifetime = answer.body.get("expires_in")
        given = answer.errcode == 0 and isinstance(lifetime, int)
        self._ticket = answer.text("ticket") if given else ""
        lives = int(answer.text("expires_in")) - _MARGIN_SECONDS if self._ticket else _PAUSE_SECONDS
        self._renew_at = self.clock() + lives
