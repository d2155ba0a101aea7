"""Absurd values in every query and form of the console: no page breaks, on either database."""

import re
from urllib.parse import urlencode

import pytest

from bot.console.app import console_app
from storage.console.accounts import Role
from tests.support.console.people import put_people
from tests.support.console.talks import office_with_chats

pytest_plugins = ["tests.support.storage.databases"]

_IN_PATHS = {"id": "9" * 12, "token": "A" * 32, "name": "rejected", "kind": "csv"}
_ABSURD = ("9" * 150, "9" * 19, "a\0b", "\uff19" * 18, "-1")
_FIELD_NAMES = (
    *(
        "number",
        "reason",
        "name",
        "role",
        "day",
        "visitor",
        "until",
        "words",
        "kind",
        "age",
        "holder",
        "after",
    ),
    *("before", "account", "action", "task", "flash", "text", "since", "was", "result", "grounds"),
    *("scheme", "channel", "sure", "receipt", "city", "format", "to", "password", "again", "code", "act"),
)


@pytest.fixture
async def office(engine, vault, uploads):
    async with office_with_chats(engine, vault, uploads=uploads) as served:
        await put_people(served.parts)
        yield served


def addresses(office):
    for route in console_app(office.parts).router.routes():
        path = route.resource.canonical.lstrip("/")
        if route.method in {"GET", "POST"} and not path.startswith(("static", "sign-out")):
            yield route.method, re.sub(r"\{(\w+)\}", lambda found: _IN_PATHS[found[1]], path)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN])
async def test_no_page_breaks(office, role):
    desk = await office.signed_in("wang", role)
    await desk.get()
    for value in _ABSURD:
        fields = dict.fromkeys(_FIELD_NAMES, value)
        for method, path in addresses(office):
            asked = desk.get(f"{path}?{urlencode(fields)}") if method == "GET" else desk.post(path, **fields)
            assert (await asked).status < 500, (method, path)
