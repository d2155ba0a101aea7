"""An opened case stays open for half an hour, also around a clock that was ahead."""

from datetime import timedelta

import pytest

from bot.console.person.case_access import CASE_LOOK_LIFE, CaseAccess
from storage.database import connect, transaction
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("step", "is_open"),
    [(CASE_LOOK_LIFE, True), (CASE_LOOK_LIFE * 1.01, False), (timedelta(days=-365), False)],
)
async def test_case_needs_a_new_reason_after_half_an_hour_or_a_clock_that_was_ahead(office, step, is_open):
    await office.sign_in("li")
    cases = CaseAccess(office.parts)
    async with connect(office.parts.engine) as conn:
        account = await office.parts.accounts.by_name(conn, "li")
    async with transaction(office.parts.engine) as conn:
        path = await cases.open(conn, account, PERSON, "call")
    office.clock.now += step
    found = await cases.person(path.rpartition("/")[2], account)
    assert (found is not None) is is_open
