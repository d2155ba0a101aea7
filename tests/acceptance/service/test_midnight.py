"""A pass counts for the day in Shanghai on which it is made, whatever the machine's time zone."""

import time
from datetime import datetime

import pytest

from dialogs.local_time import SHANGHAI
from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, certify_by_face, own_demo


@pytest.fixture
def zone(request, monkeypatch):
    """Set the machine's own time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "at", "told"),
    [
        ("UTC", "2026-11-30T23:59:59", ("2026年11月30日 23:59", "2027年11月30日")),
        ("America/New_York", "2026-12-01T00:00:00", ("2026年12月1日 00:00", "2027年12月31日")),
        ("America/New_York", "2026-11-01T14:30:00", ("2026年11月1日 14:30", "2027年11月30日")),
        ("Asia/Urumqi", "2026-12-31T23:59:59", ("2026年12月31日 23:59", "2027年12月31日")),
        ("Asia/Urumqi", "2027-01-01T00:00:00", ("2027年1月1日 00:00", "2028年1月31日")),
        ("UTC", "2027-02-28T23:59:59", ("2027年2月28日 23:59", "2028年2月29日")),
        ("Asia/Urumqi", "2028-02-29T00:00:00", ("2028年2月29日 00:00", "2029年2月28日")),
        ("UTC", "2099-12-31T23:59:59", ("2099年12月31日 23:59", "2100年12月31日")),
        ("UTC", "2100-02-28T23:59:59", ("2100年2月28日 23:59", "2101年2月28日")),
    ],
    indirect=["zone"],
)
async def test_pass_day_and_due_date_follow_shanghai_time(tmp_path, http, zone, at, told):  # noqa: ARG001 (set)
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    async with own_demo(tmp_path, clock=lambda: moment) as base:
        text = await certify_by_face(Phone(http, base), EMPLOYEE)
    made, due = told
    assert (made in text, f"下次请在 {due} 前认证" in text) == (True, True)
