"""Absurd values in every query and form of the console break no page, on either database."""

from urllib.parse import urlencode

import pytest

from storage.console.accounts import Role
from storage.database import transaction
from storage.records.tasks import TaskKind, Tasks
from tests.support.console.clerk_browser import ClerkBrowser
from tests.support.console.console_routes import console_routes
from tests.support.console.people import open_case
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]

_ROLES = (Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN)
_LEFT_OUT = ("static", "sign-out", "sign-in", "code", "set-up")
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


async def test_absurd_values_break_no_page(full_office):
    """Request each address as the first permitted role, with existing and with missing cases and tasks."""
    async with transaction(full_office.parts.engine) as conn:
        await Tasks(full_office.parts.vault).add(conn, [(TaskKind.ASSIST, PERSON)], NOW)
    desks = [await full_office.sign_in(role, role) for role in _ROLES]
    case = (await open_case(desks[0])).partition("/")[2]
    guesses = {"token": case, "name": "rejected", "kind": "csv"}
    there = dict.fromkeys(console_routes(full_office, leaving_out=_LEFT_OUT, id="1", **guesses))
    away = dict.fromkeys(console_routes(full_office, leaving_out=_LEFT_OUT, id="9" * 12, **guesses))
    for method, path in there | away:
        for desk in desks:
            if await is_permitted(desk, method, path):
                break
        else:
            pytest.fail(f"no role reads {method} {path}")


async def is_permitted(desk, method, path):
    """Send each value in every field; tell whether the role is permitted."""
    for value in _ABSURD:
        fields = dict.fromkeys(_FIELD_NAMES, value)
        asked = desk.get(f"{path}?{urlencode(fields)}") if method == "GET" else desk.post(path, **fields)
        status = (await asked).status
        assert status < 500, (method, path, value)
        if status == 403:
            return False
    return True


@pytest.mark.parametrize("path", ["sign-in", "code", "set-up"])
async def test_absurd_values_break_no_sign_in_page(full_office, path):
    desk = ClerkBrowser(full_office, full_office.http)
    await desk.get("sign-in")
    for value in _ABSURD:
        fields = dict.fromkeys(_FIELD_NAMES, value)
        for asked in (desk.get(f"{path}?{urlencode(fields)}"), desk.post(path, **fields)):
            assert (await asked).status < 500, (path, value)
