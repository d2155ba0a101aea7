"""A pass counts for the day in Shanghai on which it is made, to the second, at every turn of the calendar."""

from datetime import datetime

import pytest

from dialogs.values import SHANGHAI
from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, own_demo, pass_face


@pytest.mark.parametrize(
    ("at", "made", "due"),
    [
        ("2026-11-30T23:59:59", "2026年11月30日 23:59", "2027年11月30日"),
        ("2026-12-01T00:00:00", "2026年12月1日 00:00", "2027年12月31日"),
        ("2026-12-31T23:59:59", "2026年12月31日 23:59", "2027年12月31日"),
        ("2027-02-28T23:59:59", "2027年2月28日 23:59", "2028年2月29日"),
        ("2028-02-29T00:00:00", "2028年2月29日 00:00", "2029年2月28日"),
        ("2099-12-31T23:59:59", "2099年12月31日 23:59", "2100年12月31日"),
        ("2100-02-28T23:59:59", "2100年2月28日 23:59", "2101年2月28日"),
    ],
)
async def test_the_day_of_a_pass_and_the_next_due_date(tmp_path, http, at, made, due):
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    async with own_demo(tmp_path, clock=lambda: moment) as base:
        told = await pass_face(Phone(http, base), EMPLOYEE)
    assert (made in told, f"下次请在 {due} 前认证" in told) == (True, True)
