"""Mistyped dates in forms and addresses are reported or ignored; they break no page."""

import pytest

from storage.console.accounts import Role
from tests.support.console.people import open_case, put_people
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]

ABSURD = ["0001-01-01", "9999-12-31", "20260231", "2026-02-29", "0000-00-00", "2026-05-03T00:00"]
pytestmark = on_sqlite


@pytest.fixture
async def supervisor(office):
    await put_people(office.parts)
    return await office.sign_in("wang", Role.SUPERVISOR)


@pytest.mark.parametrize("typed", ABSURD)
async def test_visit_list_opens_for_any_day_in_the_address(supervisor, typed):
    answer = await supervisor.get(f"visits?day={typed}")
    assert answer.status == 200


@pytest.mark.parametrize("typed", [*ABSURD, "2026-05-03", "2027-05-05"])
async def test_visit_day_outside_the_coming_year_is_refused_and_opens_no_visit(office, supervisor, typed):
    case = await open_case(supervisor)
    answer = await supervisor.post(f"{case}/visit", day=typed, visitor="wang")
    assert "请选今天或以后的日子" in answer.words
    assert await office.audit_entries("visit.planned") == []
    assert "还没约日子" not in (await supervisor.get("tasks")).words


@pytest.mark.parametrize("typed", [*ABSURD, "2026-05-03", "2027-06-09"])
async def test_exemption_end_outside_its_allowed_range_is_refused(office, supervisor, typed):
    case = await open_case(supervisor)
    await supervisor.post(f"{case}/grant", until=typed, words="why")
    assert await office.audit_entries("grant.given") == []
