"""`/sim/api`: actions of the simulated people, for the chat page and the tests."""

import json
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from aiohttp import BodyPartReader, web

from bot.simulator.mailbox import Mailboxes
from bot.simulator.people import PersonCard, newcomer_number
from bot.simulator.phones import Phones

_LONGEST_POLL = 20.0
_LARGEST_PHOTO = 10 * 1024 * 1024

Enrol = Callable[[str, str, bytes], Awaitable[str]]
"""Enrols a newcomer (name, ID number, photo); returns "" or the reason why not, in Chinese."""

Rehearse = Callable[[str, bytes], Awaitable[Mapping[str, Sequence[str]] | str]]
"""Makes a photo act instead of a person (ticket, photo); returns the pictures or the reason why not."""


@dataclass(frozen=True, slots=True)
class ChatApi:
    """The page's JSON; any other request gets 400."""

    phones: Callable[[], Phones]
    mailboxes: Mailboxes
    people: Sequence[PersonCard] = field(repr=False)
    enrol: Enrol | None
    random: Random
    rehearse: Rehearse | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the chat window, below `/sim`."""
        return [
            web.post("/api/say", self.say),
            web.post("/api/click", self.click),
            web.post("/api/event", self.event),
            web.post("/api/media", self.media),
            web.post("/api/document", self.document),
            web.post("/api/repeat", self.repeat),
            web.get("/api/messages", self.messages),
            web.get("/api/people", self.list_people),
            web.get("/photo/{index:[0-9]{1,4}}", self.photo),
            web.post("/api/newcomer", self.newcomer),
            web.post("/api/enrol", self.enrol_newcomer),
            web.post("/api/rehearse", self.rehearse_capture),
        ]

    async def say(self, request: web.Request) -> web.Response:
        """JSON `account`, `text`: deliver a typed message, answer with the passive reply."""
        account, text = await _words(request, "account", "text")
        return _reply(await self.phones().say(account, text))

    async def click(self, request: web.Request) -> web.Response:
        """JSON `account`, `key`: press a button of the menu."""
        account, key = await _words(request, "account", "key")
        return _reply(await self.phones().raise_event(account, "CLICK", key))

    async def event(self, request: web.Request) -> web.Response:
        """JSON `account`, `event` and perhaps `key`: deliver an event of another kind."""
        account, name = await _words(request, "account", "event")
        key = (await read_json(request)).get("key") or ""
        return _reply(await self.phones().raise_event(account, name, str(key)))

    async def media(self, request: web.Request) -> web.Response:
        """JSON `account`, `kind`: deliver a picture, a voice message with its `recognition`, and the like."""
        account, kind = await _words(request, "account", "kind")
        recognition = (await read_json(request)).get("recognition") or ""
        return _reply(await self.phones().send_media(account, kind, str(recognition)))

    async def document(self, request: web.Request) -> web.Response:
        """Deliver `xml` unchanged, correctly signed, from a platform whose clock is `skew` seconds ahead."""
        (document,) = await _words(request, "xml")
        skew = (await read_json(request)).get("skew", 0)
        if type(skew) is not int:
            raise web.HTTPBadRequest
        status, reply = await self.phones().send_document(document, skew)
        return web.json_response({"status": status, "reply": reply})

    async def repeat(self, request: web.Request) -> web.Response:
        """Deliver the account's last message again, unchanged."""
        (account,) = await _words(request, "account")
        return _reply(await self.phones().repeat(account))

    async def messages(self, request: web.Request) -> web.Response:
        """Long poll: at most 20 s, or `wait` seconds (0 checks once)."""
        query = request.query
        account, seen = query.get("account", ""), query.get("after", "0")
        if not account or not (seen.isascii() and seen.isdigit() and len(seen) < 16):
            raise web.HTTPBadRequest
        messages = await self.mailboxes.wait(account, int(seen), _seconds(query.get("wait")))
        return web.json_response({"messages": [message.as_json() for message in messages]})

    async def list_people(self, _request: web.Request) -> web.Response:
        """List the sample people, and whether a face can be enrolled."""
        people = [_person(index, person) for index, person in enumerate(self.people)]
        return web.json_response({"people": people, "can_enrol": self.enrol is not None})

    async def photo(self, request: web.Request) -> web.StreamResponse:
        """Serve a sample person's photo by index."""
        index = int(request.match_info["index"])
        photo = self.people[index].photo if index < len(self.people) else None
        if photo is None or not photo.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(photo)

    async def newcomer(self, request: web.Request) -> web.Response:
        """JSON `name` → `id_number`: draw a number for somebody who is not among the samples."""
        await _words(request, "name")
        return web.json_response({"id_number": newcomer_number(self.random)})

    async def enrol_newcomer(self, request: web.Request) -> web.Response:
        """Multipart `name`, `id_number`, `image` → `{"reason": ""}`, or why not."""
        if self.enrol is None:
            raise web.HTTPNotFound
        parts = await _parts(request)
        name, number = (parts.get(key, b"").decode(errors="replace") for key in ("name", "id_number"))
        image = parts.get("image", b"")
        if not (name and number and image):
            raise web.HTTPBadRequest
        return web.json_response({"reason": await self.enrol(name, number, image)})

    async def rehearse_capture(self, request: web.Request) -> web.Response:
        """Multipart `ticket`, `image` → `{"reason": "", "film": {action: [base64 JPEG, …]}}`, or why not."""
        if self.rehearse is None:
            raise web.HTTPNotFound
        parts = await _parts(request)
        ticket, image = parts.get("ticket", b"").decode(errors="replace"), parts.get("image", b"")
        if not (ticket and image):
            raise web.HTTPBadRequest
        made = await self.rehearse(ticket, image)
        response = {"reason": made, "film": {}} if isinstance(made, str) else {"reason": "", "film": made}
        return web.json_response(response)


def _person(index: int, person: PersonCard) -> Mapping[str, object]:
    return {
        "index": index,
        "name": person.name,
        "id_type": person.id_type_label,
        "id_number": person.id_number,
        "scheme": person.scheme_label,
        "note": person.note,
        "photo": f"/sim/photo/{index}" if person.photo else None,
    }


def _reply(text: str | None) -> web.Response:
    return web.json_response({"reply": text})


def _seconds(wait: str | None) -> float:
    try:
        seconds = float(wait) if wait else _LONGEST_POLL
    except ValueError:
        raise web.HTTPBadRequest from None
    return min(seconds, _LONGEST_POLL) if math.isfinite(seconds) else _LONGEST_POLL


async def read_json(request: web.Request) -> Mapping[str, object]:
    """Read a JSON object; anything else is a bad request."""
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise web.HTTPBadRequest from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


async def _words(request: web.Request, *names: str) -> list[str]:
    body = await read_json(request)
    words = [body.get(name) for name in names]
    found = [word for word in words if isinstance(word, str) and word]
    if len(found) != len(names):
        raise web.HTTPBadRequest
    return found


async def _parts(request: web.Request) -> dict[str, bytes]:
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPBadRequest
    parts: dict[str, bytes] = {}
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                parts[part.name] = await _read_part(part)
    except ValueError:  # no boundary, or a broken part
        raise web.HTTPBadRequest from None
    return parts


async def _read_part(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if len(data) > _LARGEST_PHOTO:
            raise web.HTTPRequestEntityTooLarge(_LARGEST_PHOTO, len(data))
    return bytes(data)
