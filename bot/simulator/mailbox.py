"""The chats of the simulated phones."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum


class SentAs(StrEnum):
    """How a message came."""

    ME = "me"
    REPLY = "reply"
    CUSTOM = "custom"
    TEMPLATE = "template"
    NOTICE = "notice"  # sent by the platform itself


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble; `id` rises within the whole simulator."""

    id: int
    text: str = field(repr=False)
    channel: SentAs

    def as_json(self) -> dict[str, object]:
        """Return the fields that the chat window reads."""
        sender = "me" if self.channel is SentAs.ME else "bot"
        return {"id": self.id, "from": sender, "text": self.text, "channel": self.channel}


class Mailboxes:
    """Every account's chat, and an event for the next message."""

    def __init__(self) -> None:
        self._messages: dict[str, list[Message]] = {}
        self._bells: dict[str, asyncio.Event] = {}
        self._count = 0
        self._closed = False

    def add(self, account: str, channel: SentAs, text: str) -> None:
        """Add a message and wake those who wait for one."""
        self._count += 1
        self._messages.setdefault(account, []).append(Message(self._count, text, channel))
        self._notify(account)

    def after(self, account: str, seen: int) -> list[Message]:
        """Return an account's messages that are newer than `seen`."""
        return [message for message in self._messages.get(account, ()) if message.id > seen]

    async def wait(self, account: str, seen: int, seconds: float) -> list[Message]:
        """Return what is newer than `seen`, waiting at most `seconds` for it."""
        newer = self.after(account, seen)
        if newer or self._closed or seconds <= 0:
            return newer
        try:
            async with asyncio.timeout(seconds):
                await self._bells.setdefault(account, asyncio.Event()).wait()
        except TimeoutError:
            return []
        return self.after(account, seen)

    def close(self) -> None:
        """Wake all who wait: a server that stops waits for its open requests."""
        self._closed = True
        for account in list(self._bells):
            self._notify(account)

    def _notify(self, account: str) -> None:
        bell = self._bells.pop(account, None)
        if bell:
            bell.set()
