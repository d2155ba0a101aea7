"""A person's phone, over the simulator's HTTP API: taps, messages, and the pages it opens."""

import io
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import unquote

import aiohttp
import pytest

_CHOICE = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^&"]+)&msgmenuid=\d+">([^<]+)</a>')
_LINK = re.compile(r'<a href="(http[^"]+)">')
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of a capture page's endpoint."""

    status: int
    outcome: str
    reason: str
    message: str = field(repr=False)


@dataclass(slots=True)
class Page:
    """An opened capture link."""

    http: aiohttp.ClientSession
    url: str = field(repr=False)

    async def open(self):
        async with self.http.get(self.url) as response:
            return response.status, await response.text()

    async def agree(self):
        return await self._post("consent", json={"agree": True})

    async def selfie(self, image):
        return await self._post("selfie", data=_form("image", image))

    async def video(self, clip):
        return await self._post("video", data=_form("video", clip))

    async def _post(self, path, json=None, data=None):
        async with self.http.post(f"{self.url}/{path}", json=json, data=data) as response:
            body = await response.json()
            return Answer(response.status, body["outcome"], body["reason"], body["message"])


def _form(name, content):
    form = aiohttp.FormData()
    form.add_field(name, io.BytesIO(content), filename=name)
    return form


class Phone:
    """One account's chat; the methods return what the person reads next."""

    def __init__(self, http, base):
        self.http = http
        self.base = base
        self.account = f"o{secrets.token_hex(13)}"
        self.read = 0

    async def follow(self, scene=""):
        return await self._act("event", event="subscribe", key=scene)

    async def scan(self, scene):
        return await self._act("event", event="SCAN", key=scene)

    async def menu(self, key):
        return await self._act("click", key=key)

    async def say(self, text):
        return await self._act("say", text=text)

    async def send(self, kind, **more):
        return await self._act("media", kind=kind, **more)

    async def redeliver(self):
        """Let the platform deliver the last message a second time."""
        return await self._act("repeat")

    async def tap(self, *labels):
        """Tap choices one after the other, each in the newest message."""
        reply = ""
        for label in labels:
            newest = (await self.messages())[-1]["text"]
            assert label in choices(newest), f"{label} is not on offer"
            reply = await self.say(label)
        return reply

    async def give_details(self, person):
        """Answer the three questions, one message each."""
        assert "姓名" in (await self.messages())[-1]["text"]
        assert "证件类型" in await self.say(person.name)
        assert "证件号码" in await self.tap(person.id_type)
        return await self.say(person.number)

    async def messages(self, after=0, wait=0.0):
        query = {"account": self.account, "after": str(after), "wait": str(wait)}
        async with self.http.get(f"{self.base}/sim/api/messages", params=query) as response:
            return (await response.json())["messages"]

    async def customer_message(self):
        """Wait for the next message sent as a customer-service message, not as a reply."""
        while fresh := await self.messages(self.read, _PATIENCE):
            for message in fresh:
                self.read = message["id"]
                if message["channel"] == "custom":
                    return message["text"]
        pytest.fail("nothing came")

    async def _act(self, name, **body):
        url = f"{self.base}/sim/api/{name}"
        async with self.http.post(url, json={"account": self.account, **body}) as response:
            assert response.status == 200
            return (await response.json())["reply"]


def choices(text):
    """Return the tappable labels of a message; check that each sends what it shows."""
    found = _CHOICE.findall(text)
    assert all(unquote(words) == label for words, label in found)
    return [label for _, label in found]


def links(text):
    return _LINK.findall(text)
