"""Subscriptions that a death in the registry ended: they return when the registry corrects it.

Their row has one time as its end and as that of the death. A subscription that somebody ended has no time of
a death, or an earlier one.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Beneficiary, Document, Identity
from storage.any_row import AnyRow
from storage.records.person_rows import is_person, numbers_by_hash
from storage.reminders.due_dates import DueDates, Person, person_of, stored_person
from storage.reminders.subscription import read_subscription
from storage.schema.people import beneficiaries, subscriptions
from storage.sealing.readable_rows import read_all, readable
from storage.sealing.vault import Vault

ENDED_BY_DEATH = subscriptions.c.ended_at == subscriptions.c.death_reported_at
_RETURN = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("of_id"), ENDED_BY_DEATH)
    .values(ended_at=None, death_reported_at=None, due_on=bindparam("new_due_on"), city=bindparam("new_city"))
)


async def keep_ended(conn: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Let subscriptions that a death ended stay ended: their account wants them no more."""
    await conn.execute(update(subscriptions).where(which, ENDED_BY_DEATH).values(death_reported_at=None))


async def keep_person_ended(conn: AsyncConnection, vault: Vault, person: Identity) -> None:
    """Let those of a person stay ended, for every account: the office itself knows of the death."""
    await keep_ended(conn, is_person(vault, subscriptions, person.document))


async def return_corrected(
    conn: AsyncConnection, vault: Vault, ended: Sequence[AnyRow], records: Mapping[Person, Beneficiary]
) -> None:
    """Begin those of the ended subscriptions again whose person the registry now lists as living."""
    living = {row.identity.document for row in records.values() if row.is_living}
    found = list(read_all(ended, partial(read_subscription, vault)))
    meant = [one for one in found if one.subject.identity.document in living]
    if not meant:
        return
    dead = await _dead(conn, vault, {one.subject.identity.lifelong_number for one in meant})
    alive = [one for one in meant if one.subject.identity.document not in dead]
    due = await DueDates(vault).of(conn, [one.subject for one in alive])
    cities = {person: record.city for person, record in records.items()}
    moves = [
        {"of_id": one.id, "new_due_on": due[person], "new_city": cities.get(person, one.subject.city)}
        for one in alive
        for person in (person_of(one.subject),)
    ]
    if moves:
        await conn.execute(_RETURN, moves)


async def _dead(conn: AsyncConnection, vault: Vault, numbers: set[str]) -> set[Document]:
    """Return the documents under which a benefit of either scheme is listed with a death."""
    blinds = numbers_by_hash(vault, beneficiaries, numbers)
    rows = await conn.execute(
        select(beneficiaries).where(
            beneficiaries.c.number_blind.in_(blinds), beneficiaries.c.death_reported.is_not(None)
        )
    )
    return {person[1:] for _, person in readable(rows, partial(stored_person, blinds))}
