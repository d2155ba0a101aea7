"""Keeps reminders under the name and number that their person has now: names change, and are corrected."""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity
from storage.records.people_codec import write_identity
from storage.reminders.subscription import read_subscription
from storage.schema.columns import stored_context
from storage.schema.people import subscriptions
from storage.sealing.readable_rows import readable
from storage.sealing.vault import Vault

_RENAME = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("of_id"))
    .values(identity=bindparam("new_identity"))
)


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
