"""The platform's side of the protocol, spoken by wechatpy: an implementation independent of `bot.wechat`.

The simulator must not import `bot.wechat`. In the demo and in the tests two implementations of the protocol
therefore meet, which reveals a mistake that both sides of one implementation would share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.replies import TextReply, deserialize_reply
from wechatpy.utils import WeChatSigner

_UNREADABLE = (WeChatException, ExpatError, ValueError, KeyError, TypeError, AssertionError)
"""Everything that wechatpy and xmltodict raise for an answer that is not a sealed reply."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted delivery: its body, and the query that signs it."""

    body: str = field(repr=False)
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer that the platform would not show."""


class PlatformCrypto:
    """Seals deliveries and opens replies for one official account."""

    def __init__(self, token: str, aes_key: str, app_id: str) -> None:
        self._token = token
        self._crypto = WeChatCrypto(token, aes_key, app_id)

    def seal(self, service: str, fields: Mapping[str, str], now: str, nonce: str) -> Sealed:
        """Encrypt and sign one message or event; `now` is in seconds since 1970."""
        return self.seal_document(service, _document(fields).encode("utf-8", "surrogatepass"), now, nonce)

    def seal_document(self, service: str, document: bytes, now: str, nonce: str) -> Sealed:
        """Encrypt and sign a document unchanged, whatever it is."""
        sealed = self._crypto.encrypt_message(document, nonce, now)
        envelope = xmltodict.parse(sealed)["xml"]
        body = _document({"ToUserName": service, "Encrypt": envelope["Encrypt"]})
        query = {
            "signature": self._signature(now, nonce),
            "timestamp": now,
            "nonce": nonce,
            "encrypt_type": "aes",
            "msg_signature": envelope["MsgSignature"],
        }
        return Sealed(body, query)

    def open(self, answer: bytes) -> str | Unreadable:
        """Return the text of a sealed text reply."""
        try:
            envelope = xmltodict.parse(answer)["xml"]
            signed = envelope["MsgSignature"], envelope["TimeStamp"], envelope["Nonce"]
            reply = deserialize_reply(self._crypto.decrypt_message(answer, *signed))
        except _UNREADABLE:
            return Unreadable()
        return reply.content or "" if isinstance(reply, TextReply) else Unreadable()

    def _signature(self, now: str, nonce: str) -> str:
        signer = WeChatSigner()
        signer.add_data(self._token, now, nonce)
        return str(signer.signature)


def _document(fields: Mapping[str, str]) -> str:
    """Write `<xml>` with one escaped node per field, without a declaration, as the platform does."""
    return str(xmltodict.unparse({"xml": dict(fields)}, full_document=False))
