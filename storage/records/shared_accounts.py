"""Finds WeChat accounts from which many people were certified: a family, a village clerk, or fraud."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records.captures import GUEST
from storage.records.certifications import STANDS
from storage.schema.captures import certifications

MOST = 100
"""Maximum accounts in one list: with more, the question is another one."""


@dataclass(frozen=True, slots=True)
class SharedAccount:
    """An account, how many people were certified from it, and the receipts, the oldest first."""

    account: str = field(repr=False)
    people: int
    receipts: tuple[str, ...]


async def shared_accounts(conn: AsyncConnection, since: datetime, least: int) -> list[SharedAccount]:
    """Return the accounts of at least `least` people whose passes stand, the most people first."""
    table = certifications.c
    chosen = table.certified_at >= since, table.account != "", ~table.account.startswith(GUEST), *STANDS
    people = func.count(distinct(table.number_blind))
    counted = select(table.account, people.label("people")).where(*chosen).group_by(table.account)
    rows = await conn.execute(counted.having(people >= least).order_by(people.desc()).limit(MOST))
    return [SharedAccount(row.account, row.people, await _receipts(conn, row.account, since)) for row in rows]


async def _receipts(conn: AsyncConnection, account: str, since: datetime) -> tuple[str, ...]:
    table = certifications.c
    theirs = table.account == account, table.certified_at >= since, *STANDS
    rows = await conn.execute(select(table.receipt).where(*theirs).order_by(table.certified_at, table.id))
    return tuple(row.receipt for row in rows)
