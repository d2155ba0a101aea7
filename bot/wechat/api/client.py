"""Client of the platform's API: messages, the menu, entry QR codes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.wechat.api.access_token import NoToken, TokenHolder
from bot.wechat.api.errcodes import NO_ANSWER, NOT_ASKED, POLICIES, TOKEN_CODES, Delivery, meaning
from bot.wechat.api.transport import ApiResponse, Transport
from bot.wechat.operator_alarms import OperatorAlarms
from storage.messaging.alarms import AlarmScope

_ALARM_AFTER = 3
"""Calls in a row without an answer: a single lost one is repeated a second later."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """Result of a call; `message_id` is a template message's, for its later report."""

    outcome: Delivery
    errcode: int
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A lasting entry QR code: `url` is what it encodes, `ticket` fetches the platform's picture."""

    ticket: str = field(repr=False)
    url: str


class WeChatClient:
    """Calls the platform; every expected failure is a `SendResult`, never an exception.

    `tokens` is the process's only holder of access tokens. `alarms` keeps what the operator has to fix.
    """

    def __init__(
        self, transport: Transport, tokens: TokenHolder, alarms: OperatorAlarms | None = None
    ) -> None:
        self._transport = transport
        self._tokens = tokens
        self._alarms = alarms or OperatorAlarms()

    async def close(self) -> None:
        """End what is under way without a caller; nothing is called afterwards."""
        await self._tokens.close()

    async def send_text(self, account: str, text: str) -> SendResult:
        """Send a customer-service message (客服消息): within 48 h of the person's last text."""
        payload = {"touser": account, "msgtype": "text", "text": {"content": text}}
        return await self._judged(AlarmScope.TEXTS, await self._call("/cgi-bin/message/custom/send", payload))

    async def send_template(
        self, account: str, template_id: str, url: str, data: Mapping[str, str], client_msg_id: str
    ) -> SendResult:
        """Send a template message; the platform drops a repeated `client_msg_id` for ten minutes."""
        payload = {
            "touser": account,
            "template_id": template_id,
            "url": url,
            "client_msg_id": client_msg_id,
            "data": {name: {"value": value} for name, value in data.items()},
        }
        answer = await self._call("/cgi-bin/message/template/send", payload)
        return await self._judged(f"template {template_id}", answer)

    async def create_menu(self, menu: Mapping[str, object]) -> SendResult:
        """Replace the account's menu; `menu` is the platform's JSON (`{"button": […]}`)."""
        return await self._judged(AlarmScope.MENU, await self._call("/cgi-bin/menu/create", menu))

    async def create_qrcode(self, scene: str) -> QrCode | SendResult:
        """Make a lasting QR code for a scene such as `employee:440100`."""
        payload = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
        answer = await self._call("/cgi-bin/qrcode/create", payload)
        ticket, url = answer.text("ticket"), answer.text("url")
        if answer.errcode or not (ticket and url):
            errcode = answer.errcode or NO_ANSWER
            return SendResult(meaning(errcode), errcode)
        return QrCode(ticket, url)

    async def js_ticket(self) -> ApiResponse:
        """Ask for the account's jsapi_ticket (`ticket`, `expires_in` seconds)."""
        path = "/cgi-bin/ticket/getticket"
        return await self._authorised(
            lambda token: self._transport.get(path, {"type": "jsapi", "access_token": token})
        )

    async def face_key(self, name: str, number: str) -> ApiResponse:
        """Ask for the key of a face verification (人脸核身): `user_id_key`, `expires_in` seconds."""
        path, payload = "/cityservice/face/identify/getuseridkey", {"name": name, "id_card_number": number}
        answer = await self._call(path, payload)
        await self._judged(AlarmScope.FACES, answer)
        return answer

    async def face_result(self, verify_result: str) -> ApiResponse:
        """Ask for the result behind a page's `verify_result`; a forged one raises no alarm."""
        return await self._call("/cityservice/face/identify/getinfo", {"verify_result": verify_result})

    async def _call(self, path: str, payload: Mapping[str, object]) -> ApiResponse:
        return await self._authorised(lambda token: self._transport.post(path, payload, token))

    async def _judged(self, scope: str, answer: ApiResponse) -> SendResult:
        errcode = answer.confirmed()
        outcome = meaning(errcode)
        least = POLICIES[outcome].alarm_after
        if outcome is Delivery.SENT:
            await self._alarms.settle(scope)
            return SendResult(outcome, errcode, answer.text("msgid"))
        if least and outcome is not Delivery.LOCKED_OUT:
            await self._alarms.raise_(f"errcode {errcode}", scope, least=least)
        return SendResult(outcome, errcode)

    async def _authorised(self, call: Callable[[str], Awaitable[ApiResponse]]) -> ApiResponse:
        answer = await self._with_fresh_token(call)
        if answer.errcode == NOT_ASKED:
            return answer
        if answer.errcode == NO_ANSWER:
            await self._alarms.raise_(AlarmScope.PLATFORM, AlarmScope.PLATFORM, least=_ALARM_AFTER)
            return answer
        await self._alarms.settle(AlarmScope.PLATFORM, per_process=True)
        if meaning(answer.errcode) is Delivery.LOCKED_OUT:
            await self._alarms.raise_(
                AlarmScope.ACCESS_TOKEN, AlarmScope.ACCESS_TOKEN, f"errcode {answer.errcode}"
            )
        else:
            await self._alarms.settle(AlarmScope.ACCESS_TOKEN)
        return answer

    async def _with_fresh_token(self, call: Callable[[str], Awaitable[ApiResponse]]) -> ApiResponse:
        token = await self._tokens.current()
        if isinstance(token, NoToken):
            return ApiResponse(token.errcode)
        answer = await call(token.value)
        if answer.errcode not in TOKEN_CODES:
            return answer
        token = await self._tokens.replace(token)
        if isinstance(token, NoToken):
            return answer
        return await call(token.value)
