"""Carries a person's messages to the service's webhook, as the platform does."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import time

import aiohttp

from bot.simulator.rules import LONGEST_TEXT
from bot.wechat.crypto import MessageCipher, Undecryptable
from bot.wechat.parsing import Malformed, read_fields
from bot.wechat.rendering import document
from bot.wechat.signature import is_authentic, sign

SERVICE_ACCOUNT = "gh_simulated"
"""The official account's own id, the messages' `ToUserName`."""

_TRIES = 3
_PATIENCE = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Replied:
    """The service's answer; None where it only said `success`."""

    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Faulty:
    """No answer in three tries, or none that the platform would show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postman:
    """Signs, encrypts and delivers: 5 s each, the same message up to three times."""

    session: aiohttp.ClientSession
    url: str
    app_id: str
    token: str = field(repr=False)
    cipher: MessageCipher

    async def deliver(self, account: str, created: int, fields: Mapping[str, str]) -> Replied | Faulty:
        head = {"ToUserName": SERVICE_ACCOUNT, "FromUserName": account, "CreateTime": str(created)}
        plain = document(head | dict(fields)).encode()
        for _ in range(_TRIES):
            try:
                return await self._post(account, plain)
            except (TimeoutError, aiohttp.ClientError):
                continue
        return Faulty()

    async def _post(self, account: str, plain: bytes) -> Replied | Faulty:
        ciphertext, now, nonce = self.cipher.encrypt(plain), str(int(time())), secrets.token_hex(5)
        query = {
            "signature": sign(self.token, now, nonce),
            "timestamp": now,
            "nonce": nonce,
            "openid": account,
            "encrypt_type": "aes",
            "msg_signature": sign(self.token, now, nonce, ciphertext),
        }
        body = document({"ToUserName": SERVICE_ACCOUNT, "Encrypt": ciphertext})
        async with self.session.post(self.url, params=query, data=body, timeout=_PATIENCE) as response:
            answer = await response.read()
        return self._read(answer) if response.status == 200 else Faulty()

    def _read(self, answer: bytes) -> Replied | Faulty:
        if answer in {b"", b"success"}:
            return Replied(None)
        envelope = read_fields(answer)
        if isinstance(envelope, Malformed) or not self._is_signed(envelope):
            return Faulty()
        plain = self.cipher.decrypt(envelope["Encrypt"])
        reply = Malformed() if isinstance(plain, Undecryptable) else read_fields(plain)
        if isinstance(reply, Malformed) or reply.get("MsgType") != "text":
            return Faulty()
        text = reply.get("Content", "")
        return Replied(text) if 0 < len(text.encode()) <= LONGEST_TEXT else Faulty()

    def _is_signed(self, envelope: Mapping[str, str]) -> bool:
        parts = [envelope.get(name, "") for name in ("TimeStamp", "Nonce", "Encrypt")]
        return all(parts) and is_authentic(envelope.get("MsgSignature", ""), self.token, *parts)
