"""Keeps reminders under their person's current name and number: names change, and are corrected."""

from collections.abc import Iterable, Mapping
from functools import partial

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity, Scheme, Subject
from storage.any_row import AnyRow
from storage.records.people_codec import read_identity, write_identity
from storage.records.person_rows import numbers_by_hash
from storage.reminders.due_dates import Person, person_of
from storage.reminders.subscription import read_subscription
from storage.schema.columns import stored_context
from storage.schema.people import beneficiaries, subscriptions
from storage.sealing.readable_rows import readable
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_RENAME = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("of_id"))
    .values(identity=bindparam("new_identity"))
)


async def as_registered(
    conn: AsyncConnection, vault: Vault, subjects: Iterable[Subject]
) -> dict[Person, Subject]:
    """Return subjects by person, under the names of the imported registry where it lists them.

    A conversation keeps the name of its last check, which the registry may have corrected since.
    """
    given = {person_of(subject): subject for subject in subjects}
    numbers = numbers_by_hash(vault, beneficiaries, (number for _, _, number in given))
    rows = await conn.execute(select(beneficiaries).where(beneficiaries.c.number_blind.in_(numbers)))
    for row, identity in readable(rows, partial(_identity, vault)):
        person = parse_enum(Scheme, row.scheme), *identity.document
        if person in given:
            given[person] = Subject(person[0], identity, given[person].city)
    return given


def _identity(vault: Vault, row: AnyRow) -> Identity:
    return read_identity(vault.open(row.identity, stored_context(beneficiaries.c.identity, row)))


async def take_names(conn: AsyncConnection, vault: Vault, people: Mapping[int, Identity]) -> None:
    """Keep each subscription, by its id, under this identity of its person; a damaged one stays as it is.

    By the name it is found where a death is reported or was found, and the reminder shows it.
    """
    if not people:
        return
    rows = await conn.execute(select(subscriptions).where(subscriptions.c.id.in_(people)))
    renamed = [
        {
            "of_id": row.id,
            "new_identity": vault.seal(
                write_identity(people[row.id]), stored_context(subscriptions.c.identity, row)
            ),
        }
        for row, held in readable(rows, partial(read_subscription, vault))
        if held.subject.identity != people[row.id]
    ]
    if renamed:
        await conn.execute(_RENAME, renamed)
