"""The funnel from the first word to a pass, by day: counts of people, no personal data."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.local_time import midnight
from dialogs.progress import FunnelStep
from dialogs.values import CaptureOutcome
from storage.schema.captures import captures
from storage.schema.messaging import funnel_days
from storage.sealing.readable_rows import read_all
from storage.stored_enums import parse_enum

FunnelDay = Mapping[FunnelStep, int]
"""People of one day by step, in the order of the steps."""


async def funnel(conn: AsyncConnection, days: Sequence[date]) -> dict[date, FunnelDay]:
    """Count the people of each day; face checks count for the day on which their link was made.

    A person counts once a day and step; a link that the office has sent counts like any other.
    """
    counts = await _in_chat(conn, days) | await _from_link_on(conn, days)
    return {day: {step: counts.get((day, step), 0) for step in FunnelStep} for day in days}


_Counts = dict[tuple[date, FunnelStep], int]


async def _in_chat(conn: AsyncConnection, days: Sequence[date]) -> _Counts:
    table = funnel_days.c
    summed = select(table.day, table.step, func.sum(table.people)).where(table.day.in_(days))
    rows = await conn.execute(summed.group_by(table.day, table.step))
    return dict(read_all(rows, _step_count))


def _step_count(row: Row[date, str, int]) -> tuple[tuple[date, FunnelStep], int]:
    day, step, people = row
    return (day, parse_enum(FunnelStep, step)), int(people)


async def _from_link_on(conn: AsyncConnection, days: Sequence[date]) -> _Counts:
    table = captures.c
    was_shown = table.outcome.in_((CaptureOutcome.PASSED, CaptureOutcome.FAILED))
    conditions = {
        FunnelStep.LINKED: table.created_at.is_not(None),
        FunnelStep.BEGUN: or_(table.starts > 0, table.attempts > 0, was_shown),
        FunnelStep.VERIFIED: table.outcome == CaptureOutcome.PASSED,
    }
    keys = [(day, step) for day in days for step in conditions]
    columns = [_people(and_(_is_of(day), conditions[step])) for day, step in keys]
    since = midnight(days[0])
    # A link ends after it was made: the index on its end bounds what is read.
    recent = select(*columns).where(table.expires_at >= since, table.created_at >= since)
    row = (await conn.execute(recent)).one()
    return dict(zip(keys, row, strict=True))


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, captures.c.account)).distinct())


def _is_of(day: date) -> ColumnElement[bool]:
    at = captures.c.created_at
    return and_(at >= midnight(day), at < midnight(day + timedelta(days=1)))
