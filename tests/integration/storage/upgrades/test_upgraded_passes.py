"""`db upgrade` fills in the date of each person's newest pass in the registry."""

from datetime import date, timedelta

import pytest
from alembic import op
from sqlalchemy import insert, select, table, text

from storage.database import connect, transaction, upgrade
from storage.records.people_codec import write_identity, write_people
from storage.schema.captures import certifications
from storage.schema.columns import context_in
from storage.schema.people import beneficiaries
from tests.support.storage.factories import AGENT, NOW, PERSON
from tests.support.storage.filled_database import BOTH, OLD
from tests.support.storage.old_schema import engine_at_revision

pytest_plugins = ["tests.support.storage.databases"]

PASS = ("receipt", "ticket_hash", "account", "scheme", "id_type", "number_blind", "people", "city")
PASS += ("certified_at", "due_on", "channel", "scores", "revoked_at")
ROW = ("scheme", "id_type", "number_blind", "identity", "city", "status", "updated_at")
DAY = timedelta(days=1)
_CLOSED = text(
    "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND mode = 'AccessExclusiveLock'"
    " AND relation = 'beneficiaries'::regclass"
)


@pytest.fixture
async def old_engine(database_url):
    async with engine_at_revision(database_url, "0022") as engine:
        yield engine


def key(vault, of):
    number = vault.blind(PERSON.lifelong_number, f"{of.name}.number")
    return {"scheme": "employee", "id_type": PERSON.id_type, "number_blind": number, "city": "440100"}


def passed(vault, receipt, at, **changes):
    row = key(vault, certifications) | {"receipt": receipt, "ticket_hash": receipt.encode(), "account": "o"}
    people = vault.seal(write_people(PERSON, AGENT), context_in(certifications.c.people, row))
    row |= {"people": people, "certified_at": at, "due_on": date(2027, 5, 31), "channel": "face"}
    return row | {"scores": {}, "revoked_at": None} | changes


def registered(vault):
    row = key(vault, beneficiaries) | {"status": "active", "updated_at": NOW}
    return row | {"identity": vault.seal(write_identity(PERSON), context_in(beneficiaries.c.identity, row))}


async def fill(engine):
    """Register a person under an old data key; their three newest passes do not count."""
    passes = [
        passed(BOTH, "R1", NOW),
        passed(OLD, "R2", NOW - DAY),
        passed(BOTH, "R3", NOW + DAY, revoked_at=NOW),
        passed(BOTH, "R4", NOW + DAY, scheme="resident"),
        passed(BOTH, "R5", NOW + DAY, account="another"),
    ]
    async with transaction(engine) as conn:
        for of, names, rows in (
            (beneficiaries, ROW, [registered(OLD)]),
            (certifications, PASS, passes),
        ):
            await conn.execute(insert(table(of.name, *(of.c[name]._copy() for name in names))), rows)


class WatchingVault:
    """Records at each decrypted pass whether the registry is locked for readers."""

    def __init__(self, vault):
        self._vault, self.closed = vault, []

    def open(self, sealed, context):
        if op.get_bind().dialect.name == "postgresql":
            self.closed.append(op.get_bind().execute(_CLOSED).scalar_one())
        return self._vault.open(sealed, context)

    def __getattr__(self, name):
        return getattr(self._vault, name)


async def test_upgrade_keeps_the_newest_valid_pass_and_does_not_block_readers(old_engine):
    await fill(old_engine)
    vault = WatchingVault(BOTH)
    await upgrade(old_engine, lambda: vault)
    async with connect(old_engine) as conn:
        assert await conn.scalar(select(beneficiaries.c.passed_on)) == NOW.date()
    assert set(vault.closed) <= {0}
