"""Tickets, passes, consents and the audit chain, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest
from sqlalchemy import insert, select, text

from dialogs.local_time import SHANGHAI
from dialogs.values import Scheme
from messages.language.codes import Language
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.database import transaction, upgrade
from storage.errors import ReceiptTaken, StorageError
from storage.records.captures import Captures
from storage.records.certifications import Certifications
from storage.records.consents import Consents
from storage.records.receipts import ExportStart, PassScope, Receipts
from storage.schema.captures import certifications as table_of_passes
from storage.schema.office import audit as audit_table
from storage.sealing.vault import Vault
from tests.support.storage.factories import MINUTE, NOW, OTHER_TICKET, PERSON, REQUEST, TICKET, certification
from tests.support.storage.old_schema import engine_at_revision
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]


async def open_capture(engine, vault):
    async with transaction(engine) as conn:
        await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW + 30 * MINUTE)


async def test_ticket_is_opened_with_consent_and_found(engine, vault):
    await open_capture(engine, vault)
    captures = Captures(vault)
    async with transaction(engine) as conn:
        await captures.consent(conn, TICKET, "face-1", NOW)
        await captures.consent(conn, TICKET, "face-2", NOW)
        assert await captures.count_retry(conn, TICKET) == 1
        assert await captures.count_retry(conn, TICKET) == 2
        stored = await captures.find(conn, TICKET)
        assert await captures.find(conn, OTHER_TICKET) is None
    assert (stored.account, stored.request, stored.consent_version, stored.retries) == (
        "a",
        REQUEST,
        "face-1",
        2,
    )
    assert (stored.expires_at, stored.finished_at, stored.outcome) == (NOW + 30 * MINUTE, None, None)


async def test_retry_on_an_unknown_ticket_is_an_error(engine, vault):
    with pytest.raises(StorageError):
        async with transaction(engine) as conn:
            await Captures(vault).count_retry(conn, TICKET)


async def test_ticket_is_finished_exactly_once(engine, vault):
    await open_capture(engine, vault)

    async def finish(outcome):
        async with transaction(engine) as conn:
            return await Captures(vault).finish(conn, TICKET, outcome, "ok", NOW)

    wins = await asyncio.gather(*(finish(outcome) for outcome in ("passed", "failed", "closed")))
    assert sorted(wins) == [False, False, True]
    async with engine.connect() as conn:
        stored = await Captures(vault).find(conn, TICKET)
    assert stored.outcome == ("passed", "failed", "closed")[wins.index(True)]
    assert stored.finished_at == NOW


async def test_pass_is_recorded_once_per_ticket(engine, vault):
    passes = Certifications(vault)
    async with transaction(engine) as conn:
        assert await add_pass(conn, vault, certification(), scores={"face": 0.8})
        assert not await add_pass(conn, vault, certification("R2"))
        assert await passes.by_receipt(conn, "R1") == certification()
        assert await passes.by_receipt(conn, "R2") is None


async def test_taken_receipt_number_is_reported_and_the_transaction_goes_on(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification())
        with pytest.raises(ReceiptTaken):
            await add_pass(conn, vault, certification(), OTHER_TICKET, "b")
        assert await add_pass(conn, vault, certification("R2"), OTHER_TICKET, "b")


async def test_newest_pass_counts(engine, vault):
    passes = Certifications(vault)
    newer = certification("R2", certified_at=NOW + MINUTE, agent=None)
    async with transaction(engine) as conn:
        await add_pass(conn, vault, newer)
        await add_pass(conn, vault, certification(), OTHER_TICKET)
        assert await passes.latest(conn, Scheme.EMPLOYEE, PERSON.id_type, PERSON.number) == newer
        assert await passes.latest(conn, Scheme.RESIDENT, PERSON.id_type, PERSON.number) is None
        assert await exported(conn, vault, NOW) == ["R2", "R1"]
        assert await exported(conn, vault, NOW + MINUTE) == ["R2"]


async def exported(conn, vault, since, scope=PassScope.IN_FORCE):
    start = since if isinstance(since, ExportStart) else ExportStart(since)
    return [one.certification.receipt async for one in Receipts(vault).changed(conn, start, scope)]


async def test_backdated_pass_is_exported_by_its_recording_time(engine, vault):
    later = NOW + 30 * MINUTE
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification())
        of_last_week = certification("R2", certified_at=NOW - timedelta(days=7))
        await add_pass(conn, vault, of_last_week, OTHER_TICKET, "", recorded_at=later)
        assert await exported(conn, vault, NOW) == ["R1", "R2"]
        assert await exported(conn, vault, NOW + MINUTE) == ["R2"]
        assert await exported(conn, vault, later + MINUTE) == []
        await Receipts(vault).revoke(conn, "R2", "why", later + 2 * MINUTE)
        assert await exported(conn, vault, later + MINUTE) == []
        assert await exported(conn, vault, later + MINUTE, PassScope.ALL) == ["R2"]
        start = await Receipts(vault).start_after(conn, "R2")
        assert await exported(conn, vault, start, PassScope.ALL) == ["R2"]  # its own revocation
        assert start.at == later


async def test_pass_dated_in_the_future_does_not_shift_a_revocation(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(), recorded_at=NOW + timedelta(days=365))
        await add_pass(conn, vault, certification("R2"), OTHER_TICKET, "", recorded_at=NOW)
        await Receipts(vault).revoke(conn, "R2", "why", NOW + MINUTE)
        table = table_of_passes.c
        revoked = await conn.scalar(select(table.revoked_at).where(table.receipt == "R2"))
    assert revoked == NOW + MINUTE


async def test_revocation_is_exported_even_if_the_clock_was_set_back(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(), recorded_at=NOW)
        await Receipts(vault).revoke(conn, "R1", "why", NOW - 55 * MINUTE)
        newer = certification("R2", certified_at=NOW - 30 * MINUTE)
        await add_pass(conn, vault, newer, OTHER_TICKET, "", recorded_at=NOW - 30 * MINUTE)
        for held in ("R1", "R2"):
            start = await Receipts(vault).start_after(conn, held)
            assert "R1" in await exported(conn, vault, start, PassScope.REVOKED)


async def test_backdated_pass_concurrent_with_the_cursor_is_exported_again(engine, vault):
    """PostgreSQL may commit the lower number later: such a row is of the last minute, whatever its date."""
    async with transaction(engine) as conn:
        of_last_week = certification("R2", certified_at=NOW - timedelta(days=7))
        await add_pass(conn, vault, of_last_week, OTHER_TICKET, "", recorded_at=NOW)
        await add_pass(conn, vault, certification(), recorded_at=NOW)
        start = await Receipts(vault).start_after(conn, "R1")
        comes_again = ["R2"] if engine.dialect.name == "postgresql" else []
        assert await exported(conn, vault, start) == comes_again


async def test_upgrade_takes_recording_times_of_office_passes_from_the_audit_trail(database_url, vault):
    at = NOW + timedelta(days=3)
    passed = {
        "account": "", "scheme": "employee", "id_type": "passport", "number_blind": b"", "people": b"",
        "city": "440100", "certified_at": NOW, "due_on": NOW.date(), "channel": "counter", "scores": {},
    }  # fmt: skip
    rows = [{**passed, "receipt": one, "ticket_hash": one.encode()} for one in ("R1", "R2")]
    entry = AuditEntry(Actor.CONSOLE, AuditAction.CERTIFIED_BY_OFFICE, "-", "employee counter known R2")
    async with engine_at_revision(database_url, "0029") as engine:
        async with transaction(engine) as conn:
            await conn.execute(insert(table_of_passes), rows)
            await Audit("office", vault).append(conn, [entry], at)
        await upgrade(engine)
        async with transaction(engine) as conn:
            found = await conn.execute(select(table_of_passes.c.receipt, table_of_passes.c.recorded_at))
            assert dict(map(tuple, found)) == {"R1": None, "R2": at}


async def test_times_are_returned_in_utc(engine, vault):
    at_home = NOW.astimezone(SHANGHAI)
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(certified_at=at_home))
        found = await Certifications(vault).by_receipt(conn, "R1")
    assert (found.certified_at, found.certified_at.tzinfo) == (NOW, UTC)


async def test_every_consent_is_stored_as_its_own_row(engine):
    async with transaction(engine) as conn:
        await Consents().add(conn, [("a", "agreement", "1"), ("a", "privacy", "2")], NOW)
        await Consents().add(conn, [("a", "agreement", "1")], NOW)
        rows = (await conn.execute(text("SELECT kind, version FROM consents ORDER BY id"))).all()
    assert [tuple(row) for row in rows] == [("agreement", "1"), ("privacy", "2"), ("agreement", "1")]


async def audited(engine, vault):
    one, two = Audit("serve-1", vault), Audit("serve-2", vault)
    async with transaction(engine) as conn:
        await one.append(conn, [AuditEntry("bot", "open", "s1"), AuditEntry("bot", "pass", "R1")], NOW)
        await two.append(conn, [AuditEntry("clerk", "read", "R1", "counter 3")], NOW)
        await one.append(
            conn, [AuditEntry("bot", "open", "s2")], NOW.astimezone(timezone(timedelta(hours=8)))
        )
        assert await one.verify(conn) == []
    return one


@pytest.mark.parametrize(
    ("harm", "broken"),
    [
        ("UPDATE audit SET subject = 'R9' WHERE writer = 'serve-1' AND serial = 2", ["serve-1#2"]),
        ("DELETE FROM audit WHERE writer = 'serve-1' AND serial = 2", ["serve-1#3"]),
        ("DELETE FROM audit WHERE writer = 'serve-1' AND serial = 1", ["serve-1#2"]),
        (
            "UPDATE audit SET writer = 'serve-3' WHERE writer = 'serve-2'",
            ["serve-3#1", "serve-2: all entries are gone"],
        ),
    ],
)
async def test_audit_chain_detects_changes(engine, vault, harm, broken):
    audit = await audited(engine, vault)
    async with transaction(engine) as conn:
        await conn.execute(text(harm))
        assert await audit.verify(conn) == broken


async def test_concurrent_appends_of_one_writer_make_one_chain(engine, vault):
    async def append(subject):
        async with transaction(engine) as conn:
            await Audit("serve-1", vault).append(conn, [AuditEntry("bot", "open", subject)] * 2, NOW)

    await asyncio.gather(*(append(str(n)) for n in range(5)))
    async with engine.connect() as conn:
        assert await Audit("serve-1", vault).verify(conn) == []
        assert len((await conn.execute(select(audit_table))).all()) == 10


async def test_new_link_ends_the_earlier_one_of_the_account(engine, vault):
    captures = Captures(vault)
    async with transaction(engine) as conn:
        for ticket, account in ((b"1" * 32, "a"), (b"2" * 32, "b"), (b"3" * 32, "a")):
            await captures.open(conn, ticket, account, REQUEST, NOW, NOW + 30 * MINUTE)
        ended = [
            (await captures.find(conn, sign * 32)).finished_at is not None for sign in (b"1", b"2", b"3")
        ]
    assert ended == [True, False, False]


async def test_new_link_ends_an_expired_link_only_if_its_check_may_still_run(engine, vault):
    captures, later = Captures(vault), NOW + 31 * MINUTE
    async with transaction(engine) as conn:
        for sign, request in zip(b"12", (REQUEST, replace(REQUEST, scheme=Scheme.RESIDENT)), strict=True):
            await captures.open(conn, bytes([sign]) * 32, "a", request, NOW, NOW + 30 * MINUTE)
        assert await captures.consent(conn, b"1" * 32, "v1", NOW)
        for sign, request in zip(b"34", (REQUEST, replace(REQUEST, scheme=Scheme.RESIDENT)), strict=True):
            await captures.open(conn, bytes([sign]) * 32, "a", request, later, later + 30 * MINUTE)
        ended = [(await captures.find(conn, bytes([sign]) * 32)).outcome for sign in b"1234"]
    assert ended == ["closed", None, None, None]


async def test_link_for_another_relative_or_benefit_stays_open(engine, vault):
    """An agent hands over a link to their mother's phone and continues with their father."""
    captures, father = Captures(vault), replace(PERSON, number="440103195001010120")
    requests = (REQUEST, replace(REQUEST, subject=father), replace(REQUEST, scheme=Scheme.RESIDENT), REQUEST)
    async with transaction(engine) as conn:
        for sign, request in zip(b"1234", requests, strict=True):
            await captures.open(conn, bytes([sign]) * 32, "a", request, NOW, NOW + 30 * MINUTE)
        ended = [(await captures.find(conn, bytes([sign]) * 32)).outcome for sign in b"1234"]
    assert ended == ["closed", None, None, None]


async def test_link_and_receipt_keep_the_language_of_the_request(engine, vault):
    captures = Captures(vault)
    async with transaction(engine) as conn:
        for ticket, receipt, language in ((b"1" * 32, "R1", Language.ENGLISH), (b"2" * 32, "R2", None)):
            spoken = {"language": language} if language else {}
            await captures.open(conn, ticket, "a", REQUEST, NOW, NOW + 30 * MINUTE, **spoken)
            await add_pass(conn, vault, certification(receipt), ticket)
        assert await captures.language(conn, b"1" * 32) is Language.ENGLISH
        assert await captures.language_of_receipt(conn, "R1") is Language.ENGLISH
        assert await captures.language_of_receipt(conn, "R2") is Language.CHINESE
        assert await captures.language(conn, b"3" * 32) is None
        assert await captures.language_of_receipt(conn, "R3") is None


async def test_open_link_under_an_unknown_key_does_not_prevent_a_new_one(engine, vault):
    async with transaction(engine) as conn:
        sealed_elsewhere = Captures(Vault.from_setting(Vault.new_setting()))
        await sealed_elsewhere.open(conn, b"1" * 32, "a", REQUEST, NOW, NOW + 30 * MINUTE)
        await Captures(vault).open(conn, b"2" * 32, "a", REQUEST, NOW, NOW + 30 * MINUTE)
        assert (await Captures(vault).find(conn, b"2" * 32)).finished_at is None
