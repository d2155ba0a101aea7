"""`db upgrade` finds the accounts bound by face passes before bindings had a table."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from dialogs.session import CertifiedPerson, Session
from dialogs.values import Identity, IdType, Scheme, Subject
from storage.database import transaction, upgrade
from storage.errors import BadKeys
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.session_codec import encode
from storage.schema.messaging import sessions
from tests.support.dialog.dialogue import OTHER, PERSON
from tests.support.storage.factories import NOW
from tests.support.storage.old_schema import engine_at_revision

pytest_plugins = ["tests.support.storage.databases"]

PERMIT = Identity("陈大文", IdType.HK_MACAU_PERMIT, "H0123456701")
RENEWED = Identity("陈大文", IdType.HK_MACAU_PERMIT, "H0123456702")


@pytest.fixture
async def old_engine(database_url, vault):
    """Open a database with the earlier schema, with sessions in it."""
    relative = CertifiedPerson(Subject(Scheme.EMPLOYEE, OTHER, "440100"), NOW.date(), NOW)
    held = {
        "own": Session(person=PERSON, people=(relative,)),
        "permit": Session(person=PERMIT),
        "nobody": Session(people=(relative,)),
    }
    rows = [
        {"account": one, "version": 1, "body": vault.seal(encode(said), "sessions.body"), "updated_at": NOW}
        for one, said in held.items()
    ]
    damaged = {"account": "damaged", "version": 1, "body": b"\x01\x02k1" + b"x" * 40, "updated_at": NOW}
    async with engine_at_revision(database_url, "0016") as engine:
        async with transaction(engine) as conn:
            await conn.execute(insert(sessions), [*rows, damaged])
        yield engine


async def test_new_binding_notifies_or_ends_accounts_bound_before_the_upgrade(old_engine, vault):
    await upgrade(old_engine, lambda: vault)
    bindings, later = AccountBindings(vault), NOW + timedelta(days=1)
    async with transaction(old_engine) as conn:
        assert await bindings.bind(conn, "new", PERSON, later) == ["own"]
        assert await bindings.end_others(conn, RENEWED, "new", later) == ["permit"]
        assert await bindings.ended(conn, ["own", "permit", "nobody", "damaged"]) == {"permit"}


async def test_upgrade_without_keys_is_refused(old_engine):
    with pytest.raises(BadKeys, match="DATA_KEYS"):
        await upgrade(old_engine)
