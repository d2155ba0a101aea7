"""`audit verify` over overwritten timestamps: it says where they are and carries on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import literal_column, update

from dialogs.session import Session
from storage.database import transaction
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.schema.captures import certifications
from storage.schema.messaging import sessions
from storage.schema.office import audit, grants
from tests.support.programs.audited_office import NUMBER, VAULT
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = on_sqlite

RUBBISH = literal_column("'rubbish'")


async def grant_exemption(office):
    """Grant the person an exemption."""
    who = ("--id-type", PERSON.id_type, "--id-number", PERSON.number)
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    await office.run("grant", "passive", *who, "--until", until, "--reason", "bed")


def unread(table, place):
    return f"{table}: {place} has a value that cannot be read; no row behind it is read"


@pytest.mark.parametrize(
    ("serial", "place"),
    [(1, "the row after captures-1#1"), (3, "the row after conversation-1#2")],
    ids=["first entry", "last entry"],
)
async def test_invalid_entry_time_is_located_by_the_previous_entry(office, serial, place):
    of_entry = audit.c.writer == "conversation-1", audit.c.serial == serial
    await office.write(update(audit).where(*of_entry).values(at=RUBBISH))
    assert await office.findings() == [unread("audit", place)]


async def test_invalid_time_of_the_very_first_entry_is_located_as_first_row(office):
    await office.write(update(audit).values(at=RUBBISH))
    assert await office.findings() == [unread("audit", "the first row")]


@pytest.mark.parametrize("column", ["certified_at", "due_on", "revoked_at", "scores"])
async def test_invalid_pass_is_located_by_the_previous_receipt_and_checking_goes_on(office, column):
    async with transaction(office.engine) as conn:
        await add_pass(conn, VAULT, certification("AAAA-2222"), b"t" * 32)
    await grant_exemption(office)
    await office.write(
        update(certifications).where(certifications.c.receipt == "AAAA-2222").values({column: RUBBISH}),
        update(grants).values(kind="other"),
    )
    assert await office.findings() == [
        unread("certifications", f"the row after receipt {NUMBER}"),
        "grant 1: not as it was given",
        unread("certifications", "the row after 1"),
        "grants: 1 rows have values that do not open",
    ]


@pytest.mark.parametrize("column", ["granted_at", "until", "revoked_at"])
async def test_invalid_exemption_time_is_reported(office, column):
    await grant_exemption(office)
    await office.write(update(grants).values({column: RUBBISH}))
    assert await office.findings() == [unread("grants", "the first row")] * 2


async def test_time_outside_the_calendar_is_reported(office):
    await grant_exemption(office)
    await office.write(update(grants).values(granted_at=literal_column("'0001-01-01 00:00:00+08:00'")))
    assert await office.findings() == [unread("grants", "the first row")] * 2


async def test_invalid_time_in_an_unaudited_table_is_reported(office):
    async with transaction(office.engine) as conn:
        await Sessions(VAULT).save(conn, [("own", 0, encode(Session()))], NOW)
    await office.write(update(sessions).values(updated_at=RUBBISH))
    assert await office.findings() == [unread("sessions", "the first row")]
