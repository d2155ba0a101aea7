"""Counts the people of the registry by place and by the state of their yearly pass; the worker stores it.

A million rows take seconds to count. Pages show the stored count of a large registry, with its time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from dialogs.local_time import local_date
from dialogs.rules.due import days_left, next_due
from dialogs.values import BenefitStatus, Scheme
from storage.any_row import AnyRow
from storage.console.figures import MonthCount, beneficiaries_by_month
from storage.database import connect, lock_names, transaction
from storage.schema.console import standings
from storage.schema.people import beneficiaries
from storage.sealing.readable_rows import read_all
from storage.stored_enums import parse_enum

DUE_SOON_DAYS = 30
LARGE = 20_000
"""Number of people from which the stored count is shown; fewer are counted in a twentieth of a second."""
_OLDEST = timedelta(hours=1)
"""Maximum age of a stored count that is shown: if it is older, no worker runs."""

SchemeAndCity = tuple[Scheme, str]
"""A scheme and a city (GB/T 2260)."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Beneficiaries of one place, or of all, by the state of their yearly pass."""

    due_soon: int = 0
    overdue: int = 0
    suspended: int = 0
    living: int = 0

    def plus(self, other: "Standings") -> "Standings":
        """Return the sum of two."""
        return Standings(
            self.due_soon + other.due_soon,
            self.overdue + other.overdue,
            self.suspended + other.suspended,
            self.living + other.living,
        )


@dataclass(frozen=True, slots=True)
class CountedStandings:
    """The standings of each place, as counted from `at` on."""

    at: datetime
    places: Mapping[SchemeAndCity, Standings]

    @property
    def total(self) -> Standings:
        """The standings of all places."""
        total = Standings()
        for one in self.places.values():
            total = total.plus(one)
        return total

    def is_younger(self, age: timedelta, now: datetime) -> bool:
        """Whether it is no older; a count from the future, which a wrong clock wrote, is unusable."""
        return timedelta() <= now - self.at <= age

    def may_be_shown(self, now: datetime) -> bool:
        """Whether it is new enough for a page or a gauge."""
        return self.is_younger(_OLDEST, now)


def standings_of(months: Iterable[MonthCount], today: date) -> dict[SchemeAndCity, Standings]:
    """Count where the beneficiaries of each place stand on a day; the due date follows from the month."""
    found: dict[SchemeAndCity, Standings] = {}
    for one in months:
        place = one.scheme, one.city
        found[place] = found.get(place, Standings()).plus(_standing(one, today))
    return found


def _standing(one: MonthCount, today: date) -> Standings:
    if one.status is BenefitStatus.SUSPENDED:
        return Standings(suspended=one.count, living=one.count)
    if one.month is None:
        return Standings(living=one.count)
    left = days_left(next_due(one.scheme, one.city, one.month), today)
    if left < 0:
        return Standings(overdue=one.count, living=one.count)
    return Standings(due_soon=one.count if left <= DUE_SOON_DAYS else 0, living=one.count)


async def read_standings(conn: AsyncConnection, now: datetime) -> CountedStandings:
    """Return the stored count of a large registry; count a small one, or one that no worker counts."""
    kept = await kept_standings(conn)
    if kept and kept.may_be_shown(now) and await _is_large(conn):
        return kept
    return await count_standings(conn, now)


async def count_standings(conn: AsyncConnection, now: datetime) -> CountedStandings:
    """Count the registry, however long that takes."""
    months = await beneficiaries_by_month(conn)
    return CountedStandings(now, standings_of(months, local_date(now)))


async def recount(engine: AsyncEngine, now: datetime) -> None:
    """Count the registry and store the count; only storing it takes the lock, for which others wait."""
    async with connect(engine) as conn:
        counted = await count_standings(conn, now)
    async with transaction(engine) as conn:
        await keep_standings(conn, counted)


async def kept_standings(conn: AsyncConnection) -> CountedStandings | None:
    """Return the stored count; None if there is none, or nobody was in the registry."""
    rows = (await conn.execute(select(standings))).all()
    places = dict(read_all(rows, _place))
    return CountedStandings(rows[0].counted_at, places) if rows else None


def _place(row: AnyRow) -> tuple[SchemeAndCity, Standings]:
    place = parse_enum(Scheme, row.scheme), row.city
    return place, Standings(row.due_soon, row.overdue, row.suspended, row.living)


async def keep_standings(conn: AsyncConnection, counted: CountedStandings) -> None:
    """Store a count, replacing the previous one."""
    await lock_names(conn, ["standings"])
    await conn.execute(delete(standings))
    rows = [
        {"scheme": scheme, "city": city, "counted_at": counted.at, **asdict(one)}
        for (scheme, city), one in counted.places.items()
    ]
    if rows:
        await conn.execute(insert(standings), rows)


async def _is_large(conn: AsyncConnection) -> bool:
    some = select(beneficiaries.c.id).limit(LARGE).subquery()
    return (await conn.execute(select(func.count()).select_from(some))).scalar_one() == LARGE
