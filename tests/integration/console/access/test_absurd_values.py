"""Absurd values in every query and form of the console: no page breaks, on either database."""

from urllib.parse import urlencode

import pytest

from storage.console.accounts import Role
from tests.support.console.addresses import addresses

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


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN])
async def test_no_page_breaks(full_office, role):
    desk = await full_office.signed_in("wang", role)
    await desk.get()
    for value in _ABSURD:
        fields = dict.fromkeys(_FIELD_NAMES, value)
        for method, path in addresses(full_office, leaving_out=("static", "sign-out"), **_IN_PATHS):
            asked = desk.get(f"{path}?{urlencode(fields)}") if method == "GET" else desk.post(path, **fields)
            assert (await asked).status < 500, (method, path)
