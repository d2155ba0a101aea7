"""The platform in front of two servers: it tries each message three times at most and counts the answers."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from time import monotonic, time
from urllib.parse import urlsplit

from bot.simulator.mailbox import Mailboxes, SentAs
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from bot.simulator.webhook_client import ATTEMPTS, Replied, WebhookClient
from messages.catalogue.phrases import BUSY_TEXT
from tests.acceptance.phone import Page

IN_TIME = 5.0
"""Seconds that the platform gives a message; what needs a second try was late."""
_PATIENCE = 300
_THINKING = 1.0
"""Seconds until a person who got an error message repeats the text."""


@dataclass(slots=True)
class MessageCounts:
    """What the platform saw of its messages; `answered` holds the keys under which the service files them."""

    sent: int = 0
    answered: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    """Keys of those that were told 系统繁忙 at the last try."""
    unanswered: int = 0
    """Given up by the platform after three tries: the person sees WeChat's own red error."""
    late: int = 0
    unreported: int = 0
    """Reports on template messages that were given up."""


class Traffic:
    """Stands in for WeChat: its messages go to the servers in turn; its API is the simulator's."""

    def __init__(self, session, crypto, app_id, secret, bases):
        self.mailboxes, self.rules, self.counts = Mailboxes(), Rules(), MessageCounts()
        self.api = PlatformApi(app_id, secret, self.mailboxes, self.rules)
        self.api.report = self._report
        self._webhooks = {
            base: WebhookClient(session=session, url=f"{base}/wechat", crypto=crypto) for base in bases
        }
        self._session, self._ids = session, count(1)
        self._balancer = Balancer(bases)

    async def say(self, account, text):
        """Deliver a text until it is answered, as a patient person would type it again."""
        self.rules.wrote(account)
        while True:
            seen = len(self.mailboxes.after(account, 0))
            fields = {"MsgType": "text", "Content": text, "MsgId": str(next(self._ids))}
            replied = await self._deliver(account, fields)
            if replied:
                return replied.text or await self.next_message(account, seen)
            await asyncio.sleep(_THINKING)

    async def next_message(self, account, seen, words=""):
        """Wait for a message with `words` after the first `seen`, if need be until the faults end."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                for message in self.mailboxes.after(account, 0)[seen:]:
                    if words in message.text and message.channel is SentAs.CUSTOM:
                        return message.text
                await asyncio.sleep(0.05)

    def open_page(self, link):
        """Open a capture link at whichever server is next: they stand behind one address."""
        return BalancedPage(self._session, urlsplit(link).path, self._balancer)

    async def _report(self, account, message_id, status):
        event = {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": message_id, "Status": status}
        if not isinstance(await self._delivered(account, int(time()), event), Replied):
            self.counts.unreported += 1

    async def _deliver(self, account, fields):
        """Deliver and count one message; return its reply, None if the person has to repeat it."""
        created, begun = int(time()), monotonic()
        self.counts.sent += 1
        answer = await self._delivered(account, created, fields)
        if not isinstance(answer, Replied):
            self.counts.unanswered += 1
            return None
        key = f"{account}|{fields['MsgId']}|{created}"
        if answer.text == BUSY_TEXT:
            self.counts.busy.append(key)
            return None
        self.counts.late += monotonic() - begun > IN_TIME
        self.counts.answered.append(key)
        return answer

    async def _delivered(self, account, created, fields):
        for _ in range(ATTEMPTS):
            webhook = self._webhooks[await self._balancer.base()]
            answer = await webhook.attempt(account, created, fields)
            if answer is not None:
                return answer
            await asyncio.sleep(0.5)
        return None


class Balancer:
    """Stands in for nginx: servers take turns; one that does not listen is skipped."""

    def __init__(self, bases):
        self._bases, self._turns = bases, cycle(bases)

    async def base(self):
        for _ in self._bases:
            base = next(self._turns)
            if await _listens(urlsplit(base).port):
                break
        return base


async def _listens(port):
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        return True
    return False


class BalancedPage:
    """A capture page whose requests go to the servers in turn."""

    def __init__(self, session, path, balancer):
        self._session, self._path, self._balancer = session, path, balancer

    async def agree(self):
        return await (await self._page()).agree()

    async def selfie(self, image):
        return await (await self._page()).selfie(image)

    async def _page(self):
        return Page(self._session, f"{await self._balancer.base()}{self._path}")
