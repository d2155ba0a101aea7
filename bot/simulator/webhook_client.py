"""Delivers a person's messages to the service's webhook, as the platform does."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import time

import aiohttp

from bot.simulator.platform_crypto import PlatformCrypto, Unreadable
from bot.simulator.rules import LONGEST_TEXT

SERVICE_ACCOUNT = "gh_simulated"
"""The official account's own id, the messages' `ToUserName`."""

ATTEMPTS = 3
"""How often the platform sends a message that is not answered."""

_TIMEOUT = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Replied:
    """The service's answer; None if it only said `success`."""

    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Faulty:
    """No answer in three tries, or none that the platform would show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookClient:
    """Posts sealed messages to the webhook: 5 s each, the same message up to three times."""

    session: aiohttp.ClientSession
    url: str
    crypto: PlatformCrypto

    async def deliver(self, account: str, created: int, fields: Mapping[str, str]) -> Replied | Faulty:
        """Deliver one message of an account; `created` is in seconds since 1970."""
        for _ in range(ATTEMPTS):
            if (answer := await self.attempt(account, created, fields)) is not None:
                return answer
        return Faulty()

    async def attempt(self, account: str, created: int, fields: Mapping[str, str]) -> Replied | Faulty | None:
        """Deliver a message once; None if the platform would send it again."""
        head = {"ToUserName": SERVICE_ACCOUNT, "FromUserName": account, "CreateTime": str(created)}
        try:
            status, answer = await self._post(account, head | dict(fields))
        except (TimeoutError, aiohttp.ClientError):
            return None
        return answer if status == 200 else None

    async def deliver_document(self, document: bytes, skew: int) -> tuple[int, Replied | Faulty]:
        """Deliver a document unchanged, once, from a platform whose clock is `skew` seconds ahead.

        Returns the HTTP status too. Raises what aiohttp raises.
        """
        stamp = str(int(time()) + skew)
        sealed = self.crypto.seal_document(SERVICE_ACCOUNT, document, stamp, secrets.token_hex(5))
        return await self._send(sealed.body, sealed.query)

    async def _post(self, account: str, fields: Mapping[str, str]) -> tuple[int, Replied | Faulty]:
        sealed = self.crypto.seal(SERVICE_ACCOUNT, fields, str(int(time())), secrets.token_hex(5))
        return await self._send(sealed.body, {**sealed.query, "openid": account})

    async def _send(self, body: str, query: Mapping[str, str]) -> tuple[int, Replied | Faulty]:
        async with self.session.post(self.url, params=query, data=body, timeout=_TIMEOUT) as response:
            answer = await response.read()
        return response.status, self._read(answer) if response.status == 200 else Faulty()

    def _read(self, answer: bytes) -> Replied | Faulty:
        if answer in {b"", b"success"}:
            return Replied(None)
        text = self.crypto.open(answer)
        if isinstance(text, Unreadable):
            return Faulty()
        return Replied(text) if 0 < len(text.encode()) <= LONGEST_TEXT else Faulty()
