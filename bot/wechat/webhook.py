"""`GET/POST /wechat`: the edge between the platform and the conversation.

It bounds, authenticates, decrypts and parses, in this order; what passes is one typed event. Each refusal is
one log line that contains nothing of the request.
"""

import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from bot.request_body import read_body
from bot.wechat import reply_xml
from bot.wechat.crypto import MessageCipher, Undecryptable
from bot.wechat.delivery_attempts import DeliveryAttempts
from bot.wechat.message_kinds import kind_of
from bot.wechat.operator_alarms import OperatorAlarms
from bot.wechat.parsing import Delivered, NoMessage, parse
from bot.wechat.reply_response import reply_response
from bot.wechat.signature import is_authentic, is_fresh, is_time, sign
from bot.wechat.xml_fields import Malformed, read_ciphertext
from messages.inbound import Inbound, TemplateJobFinished
from storage.errors import StorageUnavailable
from storage.messaging.alarms import AlarmScope

MAX_BODY = 64 * 1024
"""Bytes; the platform's longest message stays far below."""

NO_REPLY = "success"
"""Body that ends the platform's retries and sends nothing to the person."""

PATHS = ("/wechat", "/wechat/")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryRefusal:
    """Why a request goes no further; `why` is our text, never the sender's.

    With status 200 the platform stops asking: otherwise a request with its signature would come three times,
    and the person would see its red error. `alarm` is what the operator has to look at.
    """

    status: int
    why: str
    alarm: AlarmScope | None = None

    def response(self) -> web.Response:
        """Answer and log, without the client's address: it is personal data, and the proxy knows it."""
        if self.status == 200:
            _LOG.warning("webhook ignored: 200 %s", self.why)
            return web.Response(text=NO_REPLY)
        _LOG.warning("webhook refused: %d %s", self.status, self.why)
        return web.Response(status=self.status, text=self.why)


_TOO_LARGE = DeliveryRefusal(413, "body over 64 kB")
_FORGED = DeliveryRefusal(403, "wrong signature")
_STALE = DeliveryRefusal(403, "stale timestamp")
_CLOCK = DeliveryRefusal(
    403, "stale timestamp, rightly signed: check the clock of this machine", AlarmScope.CLOCK
)
_PLAINTEXT = DeliveryRefusal(403, "plaintext where AES is set")
_BROKEN = DeliveryRefusal(400, "malformed message")
_UNREADABLE = DeliveryRefusal(200, "authentic, but malformed")
_NO_MESSAGE = DeliveryRefusal(200, "authentic, but no message of an account")
_UNDECRYPTABLE = DeliveryRefusal(
    200, "authentic, but made with another AES key or for another app id", AlarmScope.SECRETS
)
_ALARM_AFTER = 3
"""Requests in a row: a third-party platform's own notices, made for its own app id, may come in between."""


@dataclass(slots=True, kw_only=True)
class Webhook:
    """The platform's side of the conversation.

    `receive` returns the reply's text, or "" for none, well within the 5 s after which the platform asks
    again. It raises StorageUnavailable if the message is stored nowhere: the answer then makes the platform
    send it again, and the last attempt is answered with `busy_text`. `clock` is the real one (seconds since
    1970): a rehearsed date must not make old requests look new. Without `aes_key` plaintext is accepted.
    """

    token: str = field(repr=False)
    app_id: str
    aes_key: str | None = field(repr=False)
    receive: Callable[[Inbound], Awaitable[str]]
    clock: Callable[[], float]
    busy_text: str
    alarms: OperatorAlarms = field(default_factory=OperatorAlarms)
    attempts: DeliveryAttempts = field(default_factory=DeliveryAttempts)
    metrics: Metrics = NO_METRICS
    _cipher: MessageCipher | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._cipher = MessageCipher(self.app_id, self.aes_key) if self.aes_key else None

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of `/wechat`, with and without a closing slash."""
        return [
            route for path in PATHS for route in (web.get(path, self.verify), web.post(path, self.deliver))
        ]

    async def verify(self, request: web.Request) -> web.Response:
        """Prove to the platform that we hold the token (服务器配置, 验证消息)."""
        refusal = self._refuse(request.query, required=True)
        if refusal:
            return await self._refused(refusal, request)
        echo = request.query.get("echostr")
        return web.Response(text=echo) if echo else _BROKEN.response()

    async def deliver(self, request: web.Request) -> web.StreamResponse:
        """Take one message or event and answer it."""
        delivered = await self._accept(request)
        response = await self._respond(delivered, request)
        kind = kind_of(delivered)
        self.metrics.count(Count.MESSAGES, kind, response.status)
        _LOG.debug("webhook: %s answered with %d", kind, response.status)
        return response

    async def _respond(
        self, delivered: Delivered | DeliveryRefusal, request: web.Request
    ) -> web.StreamResponse:
        if isinstance(delivered, DeliveryRefusal):
            return await self._refused(delivered, request)
        await self.alarms.settle(AlarmScope.CLOCK)
        await self.alarms.settle(AlarmScope.SECRETS)
        sent, arrived = int(request.query["timestamp"]), self.clock()
        text = await self._answer(
            delivered.inbound, lambda: sent - delivered.created + self.clock() - arrived
        )
        if text is None:
            return web.Response(status=503)
        now = int(self.clock())
        if not text:
            return reply_response(request, NO_REPLY, "text/plain", now)
        return reply_response(request, self._render(delivered, text, now), "application/xml", now)

    async def _refused(self, refusal: DeliveryRefusal, request: web.Request) -> web.Response:
        if refusal.alarm is AlarmScope.CLOCK:
            off = int(self.clock()) - int(request.query["timestamp"])
            await self.alarms.raise_(AlarmScope.CLOCK, AlarmScope.CLOCK, f"{off:+d} s from the platform's")
        elif refusal.alarm:
            await self.alarms.raise_(refusal.alarm, refusal.alarm, refusal.why, least=_ALARM_AFTER)
        return refusal.response()

    async def _accept(self, request: web.Request) -> Delivered | DeliveryRefusal:
        if (request.content_length or 0) > MAX_BODY:
            return _TOO_LARGE
        refusal = self._refuse(request.query, required=self._cipher is None)
        if refusal:
            return refusal
        body = await _read_bounded(request)
        if isinstance(body, DeliveryRefusal):
            return body
        opened = self._open(request.query, body)
        if isinstance(opened, DeliveryRefusal):
            return opened
        return self._read(opened)

    def _read(self, message: bytes) -> Delivered | DeliveryRefusal:
        match parse(message):
            case Delivered() as delivered:
                return delivered
            case NoMessage() if self._cipher:
                return _NO_MESSAGE
            case NoMessage() | Malformed():
                # No signature covers a plaintext body.
                return _UNREADABLE if self._cipher else _BROKEN

    def _refuse(self, query: Mapping[str, str], *, required: bool) -> DeliveryRefusal | None:
        """Judge age and plain signature; with AES the latter may be missing, but never wrong."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        signature = query.get("signature", "")
        is_signed = is_authentic(signature, self.token, timestamp, nonce)
        if not is_fresh(timestamp, self.clock()):
            return _CLOCK if is_signed and is_time(timestamp) else _STALE
        return _FORGED if (signature or required) and not is_signed else None

    def _open(self, query: Mapping[str, str], body: bytes) -> bytes | DeliveryRefusal:
        if self._cipher is None:
            return body
        ciphertext = read_ciphertext(body)
        if isinstance(ciphertext, Malformed):
            return _BROKEN
        if not ciphertext:
            return _PLAINTEXT
        signed = (self.token, query.get("timestamp", ""), query.get("nonce", ""), ciphertext)
        if not is_authentic(query.get("msg_signature", ""), *signed):
            return _FORGED
        plain = self._cipher.decrypt(ciphertext)
        return _UNDECRYPTABLE if isinstance(plain, Undecryptable) else plain

    async def _answer(self, inbound: Inbound, age: Callable[[], float]) -> str | None:
        """Return the reply; None if the platform is to send the message again, since it is stored nowhere.

        `age` returns the message's age in seconds.
        """
        try:
            return await self.receive(inbound)
        except StorageUnavailable as outage:
            return self._reply_unwritten(inbound, outage, age())
        except Exception as error:  # noqa: BLE001 - whatever broke, the person hears a kind word
            # The traceback may hold a name or a number: only the kind of error is logged.
            _LOG.error("webhook: the conversation failed: %s", type(error).__name__)
            return self.busy_text

    def _reply_unwritten(self, inbound: Inbound, outage: StorageUnavailable, age: float) -> str | None:
        is_last = self.attempts.is_last(inbound.key, age)
        _LOG.warning("webhook: %s: %s", "given up" if is_last else "to be sent again", outage)
        if not is_last:
            return None
        return "" if isinstance(inbound.event, TemplateJobFinished) else self.busy_text

    def _render(self, delivered: Delivered, text: str, now: int) -> str:
        reply = reply_xml.text_reply(delivered.inbound.account, delivered.service, text, now)
        if self._cipher is None:
            return reply
        ciphertext, nonce = self._cipher.encrypt(reply.encode()), os.urandom(8).hex()
        signature = sign(self.token, str(now), nonce, ciphertext)
        return reply_xml.encrypted(ciphertext, signature, str(now), nonce)


async def _read_bounded(request: web.Request) -> bytes | DeliveryRefusal:
    try:
        body = await read_body(request, MAX_BODY)
    except web.RequestPayloadError:
        return _BROKEN
    return _TOO_LARGE if body is None else body
