"""The simulated phones: what their people do becomes deliveries, and replies become chat bubbles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from time import time

from bot.simulator.mailbox import Mailboxes, SentAs
from bot.simulator.rules import Rules
from bot.simulator.webhook_client import Replied, WebhookClient

_FAULT = "该公众号提供的服务出现故障，请稍后再试"
"""The platform's own words for a service that does not answer."""

_MEDIA_FIELDS = {"PicUrl": "", "MediaId": "simulated", "Format": "amr", "Recognition": ""}
_MEDIA_SHOWN = {
    "image": "[图片]",
    "voice": "[语音]",
    "video": "[视频]",
    "location": "[位置]",
    "link": "[链接]",
}


@dataclass(frozen=True, slots=True)
class _Delivery:
    created: int
    fields: Mapping[str, str] = field(repr=False)


class Phones:
    """All phones with the account's chat open."""

    def __init__(self, webhook: WebhookClient, mailboxes: Mailboxes, rules: Rules) -> None:
        self._webhook = webhook
        self._mailboxes = mailboxes
        self._rules = rules
        self._ids = count(int(time()) * 10_000)
        self._last: dict[str, _Delivery] = {}
        self._last_event: dict[str, int] = {}

    async def say(self, account: str, text: str) -> str | None:
        """Deliver a typed message; return the passive reply, or None without one."""
        self._mailboxes.add(account, SentAs.ME, text)
        return await self._message(account, {"MsgType": "text", "Content": text})

    async def send_media(self, account: str, kind: str, recognition: str) -> str | None:
        """Send a picture, a voice message with what the platform recognised in it, and the like."""
        self._mailboxes.add(account, SentAs.ME, _MEDIA_SHOWN.get(kind, f"[{kind}]"))
        fields = {"MsgType": kind, **_MEDIA_FIELDS, "Recognition": recognition}
        return await self._message(account, fields)

    async def send_document(self, document: str, skew: int) -> tuple[int, str | None]:
        """Deliver a document unchanged; return the HTTP status and the reply, which no phone shows."""
        data = document.encode("utf-8", "surrogatepass")
        status, answer = await self._webhook.deliver_document(data, skew)
        return status, answer.text if isinstance(answer, Replied) else None

    async def raise_event(self, account: str, event: str, key: str) -> str | None:
        """Tap the menu (`CLICK`), follow (`subscribe`), scan (`SCAN`), leave (`unsubscribe`)."""
        if event == "subscribe" and key:
            key = "qrscene_" + key.removeprefix("qrscene_")
        if event == "unsubscribe":
            self._rules.left(account)
        else:
            self._rules.followed(account)
        fields = {"MsgType": "event", "Event": event, "EventKey": key}
        return await self._deliver(account, _Delivery(self._event_time(account), fields))

    async def report_template(self, account: str, message_id: str, status: str) -> None:
        """Send the event that reports what became of a template message."""
        fields = {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH"}
        fields |= {"MsgID": message_id, "Status": status}
        await self._webhook.deliver(account, self._event_time(account), fields)

    async def repeat(self, account: str) -> str | None:
        """Deliver the last message again, as the platform does when it missed the answer."""
        last = self._last.get(account)
        return await self._deliver(account, last) if last else None

    async def _message(self, account: str, fields: Mapping[str, str]) -> str | None:
        self._rules.wrote(account)
        numbered = {**fields, "MsgId": str(next(self._ids))}
        return await self._deliver(account, _Delivery(int(time()), numbered))

    async def _deliver(self, account: str, delivery: _Delivery) -> str | None:
        self._last[account] = delivery
        answer = await self._webhook.deliver(account, delivery.created, delivery.fields)
        if not isinstance(answer, Replied):
            self._mailboxes.add(account, SentAs.NOTICE, _FAULT)
            return None
        if answer.text is not None:
            self._mailboxes.add(account, SentAs.REPLY, answer.text)
        return answer.text

    def _event_time(self, account: str) -> int:
        # Events have no id: two in one second would be duplicates, and a test taps fast.
        created = max(int(time()), self._last_event.get(account, 0) + 1)
        self._last_event[account] = created
        return created
