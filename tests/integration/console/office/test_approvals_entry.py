"""The navigation shows 复核 only to accounts that may have something there."""

import pytest

from storage.console.accounts import Role
from tests.support.console.clerk_browser import serve_office
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

ENTRY = 'href="/admin/approvals"'


@pytest.mark.parametrize(
    ("role", "by_two", "is_named"),
    [
        (Role.CLERK, True, True),
        (Role.CLERK, False, False),
        (Role.SUPERVISOR, False, True),
        (Role.AUDITOR, True, False),
    ],
)
async def test_approvals_entry_is_hidden_from_clerks_without_four_eyes(engine, vault, role, by_two, is_named):
    async with serve_office(engine, vault, by_two=by_two) as office:
        desk = await office.sign_in("li", role)
        assert (ENTRY in (await desk.get()).text) is is_named
