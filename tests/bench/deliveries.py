"""Deliveries as the platform makes them, ready to be written to a socket.

They are made before the clock starts: the platform's own work is not ours.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.wechat.crypto import MessageCipher
from bot.wechat.reply_xml import cdata
from bot.wechat.signature import sign

TOKEN, APP_ID = "bench-token", "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

ACCOUNTS = 500
"""Distinct people; each is heard again only after all the others."""

Frame = Callable[[str], bytes]
"""Puts one message's XML into one HTTP request."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """An endless, never repeating stream of requests for one server."""

    frame: Frame
    messages: Iterator[str]

    def take(self, count: int) -> list[bytes]:
        return [self.frame(message) for message in itertools.islice(self.messages, count)]


def plain_deliveries() -> Deliveries:
    return Deliveries(_plain_request, message_texts())


def encrypted_deliveries() -> Deliveries:
    cipher = MessageCipher(APP_ID, AES_KEY)
    return Deliveries(lambda message: _encrypted_request(cipher, message), message_texts())


def message_texts() -> Iterator[str]:
    """Let everybody tap 返回首页 in the menu, then everybody choose a scheme, and so on."""
    for number in itertools.count():
        turn, account = divmod(number, ACCOUNTS)
        yield (_click if turn % 2 == 0 else _choice)(f"o-bench-{account:06d}", number)


def _envelope(account: str, number: int) -> dict[str, str]:
    return {"ToUserName": "gh_bench", "FromUserName": account, "CreateTime": str(1_700_000_000 + number)}


def _click(account: str, number: int) -> str:
    return _document({**_envelope(account, number), "MsgType": "event", "Event": "CLICK", "EventKey": "HOME"})


def _choice(account: str, number: int) -> str:
    return _document({**_envelope(account, number), "MsgType": "text", "Content": "1", "MsgId": str(number)})


def _plain_request(message: str) -> bytes:
    return _request(_signed_query(str(int(time.time()))), message)


def _encrypted_request(cipher: MessageCipher, message: str) -> bytes:
    now = str(int(time.time()))
    ciphertext = cipher.encrypt(message.encode())
    signature = sign(TOKEN, now, "n", ciphertext)
    query = f"{_signed_query(now)}&encrypt_type=aes&msg_signature={signature}"
    return _request(query, _document({"ToUserName": "gh_bench", "Encrypt": ciphertext}))


def _signed_query(now: str) -> str:
    return f"signature={sign(TOKEN, now, 'n')}&timestamp={now}&nonce=n"


def _request(query: str, text: str) -> bytes:
    body = text.encode()
    head = f"POST /wechat?{query} HTTP/1.1\r\nHost: bench\r\nContent-Type: text/xml\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _document(fields: Mapping[str, str]) -> str:
    """Write `<xml>` with one quoted node per field."""
    nodes = "".join(f"<{name}>{cdata(value)}</{name}>" for name, value in fields.items())
    return f"<xml>{nodes}</xml>"
