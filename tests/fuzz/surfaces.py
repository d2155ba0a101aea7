"""Lists every reader of untrusted bytes: each returns a value or raises a defined error."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from aiohttp import StreamReader, WSMessage, WSMsgType
from aiohttp.base_protocol import BaseProtocol
from aiohttp.test_utils import make_mocked_request

from bot.capture.live_queue import LiveQueue
from bot.capture.media import SELFIE, MediaFault
from bot.h5.live.connection import LiveConnection
from bot.h5.live.protocol import LiveProtocol
from bot.h5.uploads import read_upload
from bot.receipts.signed_file import SignedReceipt
from bot.wechat.crypto import MessageCipher
from bot.wechat.parsing import Delivered, NoMessage, parse
from bot.wechat.signature import sign
from bot.wechat.webhook import DeliveryRefusal, Webhook
from bot.wechat.xml_fields import Malformed, read_fields
from messages.language.codes import Language
from storage.errors import BadKeys, BrokenSeal
from storage.sealing.ciphers import Cipher
from storage.sealing.vault import Vault
from tests.fuzz.files import (
    CELLS,
    CLIP_WORDS,
    JPEG_WORDS,
    KINDS,
    encoded_clips,
    encoded_pictures,
    read_clip,
    read_frame,
    read_list,
    read_picture,
    registry_lists,
)

_AES_KEY, _TOKEN, _APP_ID, _NOW = "A" * 43, "token", "wx-app", 1_700_000_000
_BOUNDARY = "b0"
_MESSAGE = (
    "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1700000000</CreateTime>"
    "<MsgType>{kind}</MsgType>{rest}<MsgId>7</MsgId></xml>"
)


@dataclass(frozen=True, slots=True)
class Surface:
    """One reader: sound inputs, tokens of their format, and how many broken ones `make test` tries."""

    corpus: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], None]
    count: int
    tokens: tuple[bytes, ...] = ()


def _messages() -> list[bytes]:
    rests = {
        "text": "<Content><![CDATA[我妈要认证]]></Content>",
        "event": "<Event>CLICK</Event><EventKey>CERTIFY_EMPLOYEE</EventKey>",
        "voice": "<MediaId>m</MediaId><Recognition>认证</Recognition>",
        "location": "<Location_X>23.1</Location_X><Location_Y>113.2</Location_Y><Label>x</Label>",
    }
    return [_MESSAGE.format(kind=kind, rest=rest).encode() for kind, rest in rests.items()]


def _read_message(data: bytes) -> None:
    assert isinstance(parse(data), Delivered | NoMessage | Malformed)


def _envelopes() -> list[bytes]:
    cipher = MessageCipher(_APP_ID, _AES_KEY, bytes)
    sealed = [cipher.encrypt(message) for message in _messages()]
    return [f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{one}</Encrypt></xml>".encode() for one in sealed]


async def _nothing(_inbound: object) -> str:
    return ""


@cache
def _webhook() -> Webhook:
    return Webhook(
        token=_TOKEN, app_id=_APP_ID, aes_key=_AES_KEY, receive=_nothing, clock=lambda: _NOW, busy_text=""
    )


def _read_envelope(data: bytes) -> None:
    """Sign the input first, as somebody who knows the token could."""
    fields = read_fields(data)
    ciphertext = "" if isinstance(fields, Malformed) else fields.get("Encrypt", "")
    signature = sign(_TOKEN, str(_NOW), "n", ciphertext)
    opened = _webhook()._open({"timestamp": str(_NOW), "nonce": "n", "msg_signature": signature}, data)
    assert isinstance(
        opened if isinstance(opened, DeliveryRefusal) else _webhook()._read(opened),
        DeliveryRefusal | Delivered,
    )


def _frames_inside() -> list[bytes]:
    return [bytes(16) + len(one).to_bytes(4, "big") + one + _APP_ID.encode() for one in _messages()]


def _read_decrypted(data: bytes) -> None:
    """Read what a wrong key or a forged ciphertext decrypts to."""
    cipher = MessageCipher(_APP_ID, _AES_KEY)
    padding = 32 - len(data) % 32
    cipher._unpack(data + bytes([padding]) * padding)
    cipher._unpack(data.ljust(len(data) // 16 * 16 + 16, data[-1:] or b"\0"))


@dataclass(slots=True)
class _Phone:
    """A phone that sends the lines of an input in turn as words and as frames."""

    data: bytes
    told: list[object] = field(default_factory=list)

    async def __aiter__(self):
        for number, line in enumerate(self.data.split(b"\n")):
            words = line.decode("utf-8", "surrogateescape")
            is_frame = number % 2
            yield WSMessage(WSMsgType.BINARY, line, "") if is_frame else WSMessage(WSMsgType.TEXT, words, "")

    async def send_json(self, said: object) -> None:
        self.told.append(said)


def _read_socket(data: bytes) -> None:
    phone = _Phone(data)
    ticks = iter(range(1 << 30))
    connection = LiveConnection(
        phone, LiveQueue().join(b"key"), LiveProtocol(Language.CHINESE), lambda: float(next(ticks)), None
    )
    connection.begin()
    _RUNNER.run(connection.read())
    assert connection.shown is None or isinstance(connection.shown[0], int)


def _bodies() -> list[bytes]:
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n'
    photo = encoded_pictures("JPEG")[0]
    end = f"\r\n--{_BOUNDARY}--\r\n".encode()
    return [
        f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + photo + end,
        f"{head}Content-Transfer-Encoding: base64\r\n\r\naGFsbG8=".encode() + end,
    ]


def _read_upload(data: bytes) -> None:
    async def read() -> object:
        stream = StreamReader(BaseProtocol(asyncio.get_running_loop()), 1 << 20)
        stream.feed_data(data)
        stream.feed_eof()
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        request = make_mocked_request("POST", "/", headers={"Content-Type": kind}, payload=stream)
        return await read_upload(request, SELFIE)

    assert isinstance(_RUNNER.run(read()), bytes | MediaFault)


_VAULT = Vault.from_setting("a:" + "A" * 43 + "=")


def _sealed() -> list[bytes]:
    return [_VAULT.sealing_with(cipher).seal("11010519491231002X", "t.c") for cipher in Cipher]


def _read_sealed(data: bytes) -> None:
    try:
        opened = _VAULT.open(data, "t.c")
    except (BrokenSeal, BadKeys):
        return
    assert opened == "11010519491231002X"


def _receipts() -> list[bytes]:
    key = next(iter(_VAULT.signing_keys().values()))
    stated = '{"receipt":"8F3K-27QX","version":1}'
    return [SignedReceipt(stated, _VAULT.sign(stated), key).to_json().encode()]


def _read_receipt(data: bytes) -> None:
    found = SignedReceipt.from_json(data.decode("utf-8", "replace"))
    assert found is None or hashlib.sha256(found.statement.encode()).digest()


_XML = (
    b"<xml>",
    b"</xml>",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE x [<!ENTITY e 'e'>]>",
    b"&e;",
    b"&#29;",
    b"<MsgType>",
)
_JSON = (b"{", b"[" * 2000, b'"step":', b"null", b"1e999", b'{"type":"shown"}', b"\n")
_SAID = b'{"type": "shown", "step": 1}\n\xff\xd8\xff\n{"type": "cannot"}'
_RUNNER = asyncio.Runner()

SURFACES = {
    "xml": Surface(_messages, _read_message, 3000, _XML),
    "envelope": Surface(_envelopes, _read_envelope, 1500, _XML),
    "decrypted": Surface(_frames_inside, _read_decrypted, 1500),
    "picture": Surface(lambda: encoded_pictures(*KINDS), read_picture, 400, JPEG_WORDS),
    "frame": Surface(lambda: encoded_pictures(*KINDS[:2]), read_frame, 400, JPEG_WORDS),
    "clip": Surface(encoded_clips, read_clip, 120, CLIP_WORDS),
    "socket": Surface(lambda: [_SAID], _read_socket, 600, _JSON),
    "upload": Surface(
        _bodies, _read_upload, 400, (f"--{_BOUNDARY}".encode(), b"\r\n\r\n", b"Content-Length: 9")
    ),
    "list": Surface(registry_lists, read_list, 250, CELLS),
    "sealed": Surface(_sealed, _read_sealed, 1500),
    "receipt": Surface(_receipts, _read_receipt, 1000, _JSON),
}
