"""The demo office has figures from the start, and a restart does not duplicate them."""

from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import func, select

from bot.demo.sample_office import sample_office
from dialogs.local_time import local_date
from dialogs.progress import FunnelStep
from dialogs.rules.due import days_left, next_due
from dialogs.values import BenefitStatus
from storage.audit_trail.comparison import findings
from storage.console import figures
from storage.console.funnel import funnel
from storage.database import connect
from storage.schema.captures import certifications
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_sample_office_is_created_once_and_claims_no_face_checks(engine, vault):
    service = SimpleNamespace(engine=engine, vault=vault, clock=lambda: NOW)
    for _ in range(2):
        await sample_office(service).fill()
    async with connect(engine) as conn:
        assert [one async for one in findings(conn, vault)] == []
        passed = select(certifications.c.channel, func.count()).group_by(certifications.c.channel)
        assert (await conn.execute(passed)).all() == [("rehearsal", 60)]
        days = [local_date(NOW) - timedelta(days=back) for back in range(8)]
        by_day = (await funnel(conn, sorted(days))).values()
        counts = [sum(day[step] for day in by_day) for step in FunnelStep]
        assert counts == sorted(counts, reverse=True)
        assert counts[list(FunnelStep).index(FunnelStep.LINKED)] == 110 > counts[-1] > 0
        assert sum(one.count for one in await figures.beneficiaries_by_month(conn)) == 600


async def test_paid_people_are_barely_overdue_and_suspended_people_are_overdue(engine, vault):
    service = SimpleNamespace(engine=engine, vault=vault, clock=lambda: NOW)
    await sample_office(service).fill()
    today = local_date(NOW)
    async with connect(engine) as conn:
        found = await figures.beneficiaries_by_month(conn)
    assert {one.status for one in found} == {BenefitStatus.ACTIVE, BenefitStatus.SUSPENDED}
    for one in found:
        overdue = -days_left(next_due(one.scheme, one.city, one.month), today)
        assert overdue <= 62 if one.status is BenefitStatus.ACTIVE else overdue > 0
