"""Rows written to the database without the keys are detected or have no effect."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, select, text, update

from bot.receipts.lookup import ReceiptLookup, ReceiptState
from dialogs.immutable_record import replace
from dialogs.session import Session
from dialogs.values import IdType, Scheme
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.database import transaction, upgrade
from storage.errors import BrokenSeal
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import Sessions
from storage.records.captures import Captures
from storage.records.certifications import AlteredPass, Certifications
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.receipts import ExportStart, PassScope, Receipts
from storage.reminders.due_dates import DueDates
from storage.schema.captures import captures, certifications, receipt_keys
from storage.schema.messaging import inbox, outbox, sessions
from storage.schema.office import grants
from storage.schema.people import templates
from storage.sealing.signing import Signature
from storage.sealing.statements import statement
from tests.support.storage.factories import MINUTE, NOW, OTHER_TICKET, PERSON, REQUEST, TICKET, certification
from tests.support.storage.old_schema import engine_at_revision
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]

TODAY = NOW.date()
GRANT = Exemption(ExemptionKind.PASSIVE, PERSON, TODAY, "why", NOW)
NUMBER = "8F3K-27QX"


async def state_of(engine, vault, number=NUMBER):
    found = await ReceiptLookup(engine, vault).find(number)
    return found and found.state


async def counts(conn, vault):
    """Return the person's valid receipt; chat and export must agree on it."""
    passes = Certifications(vault)
    newest = await passes.latest(conn, REQUEST.scheme, PERSON.id_type, PERSON.number)
    since = ExportStart(NOW - timedelta(days=9))
    exported = [one async for one in Receipts(vault).changed(conn, since, PassScope.IN_FORCE)]
    whole = [one.certification for one in exported if not isinstance(one, AlteredPass)]
    assert [newest] == whole[-1:] or (newest is None and not whole)
    return newest and newest.receipt


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE certifications SET due_on = '2036-11-30'",
        "UPDATE certifications SET due_on = '2036-11-30', signature = NULL",
        "UPDATE certifications SET signature = NULL, revocation = NULL",
        "UPDATE certifications SET channel = 'visit'",
        "UPDATE certifications SET account = 'somebody'",
        "UPDATE certifications SET mark = 'uncertain'",
    ],
)
async def test_edited_pass_counts_nowhere(engine, vault, edit):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        assert await counts(conn, vault) == NUMBER
        await conn.execute(text(edit))
        assert await counts(conn, vault) is None
    assert await state_of(engine, vault) in {ReceiptState.ALTERED, None}


async def test_older_pass_still_counts_beside_a_forged_newer_one(engine, vault):
    newer = replace(certification("AAAA-2222"), certified_at=NOW + MINUTE)
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        await add_pass(conn, vault, newer, OTHER_TICKET)
        await conn.execute(
            text("UPDATE certifications SET due_on = '2036-11-30' WHERE receipt = 'AAAA-2222'")
        )
        assert await counts(conn, vault) == NUMBER


async def test_pass_copied_to_another_receipt_number_is_invalid(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        row = dict((await conn.execute(select(certifications))).mappings().one())
        copied = row | {"id": 99, "receipt": "AAAA-2222", "ticket_hash": OTHER_TICKET}
        await conn.execute(insert(certifications).values(copied))
    assert await state_of(engine, vault, "AAAA-2222") is None
    assert await state_of(engine, vault) is ReceiptState.VALID


async def test_edit_does_not_restore_a_revoked_pass(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        await Receipts(vault).revoke(conn, NUMBER, "why", NOW)
        assert await counts(conn, vault) is None
        for edit in ({}, {"revocation": None}):
            await conn.execute(update(certifications).values(revoked_at=None, **edit))
            assert await counts(conn, vault) is None
    assert await state_of(engine, vault) is ReceiptState.ALTERED


async def test_writing_back_the_earlier_row_does_not_restore_a_revoked_pass(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        before = dict((await conn.execute(select(certifications))).mappings().one())
        await Receipts(vault).revoke(conn, NUMBER, "why", NOW)
        entry = AuditEntry(Actor.OPERATOR, AuditAction.RECEIPT_REVOKED, NUMBER)
        await Audit("operator", vault).append(conn, [entry], NOW)
        await conn.execute(update(certifications).values(before))
        assert await counts(conn, vault) is None
        found = Receipts(vault).changed(conn, ExportStart(NOW), PassScope.IN_FORCE)
        assert [one async for one in found] == [AlteredPass(NUMBER)]
        assert await DueDates(vault).passes(conn, {(Scheme.EMPLOYEE, PERSON.id_type, PERSON.number)}) == {}
    assert await state_of(engine, vault) is ReceiptState.ALTERED


async def test_edit_does_not_revoke_a_pass(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        await conn.execute(update(certifications).values(revoked_at=NOW))
        found = Receipts(vault).changed(conn, ExportStart(NOW), PassScope.REVOKED)
        revoked = [one async for one in found]
    assert revoked == [AlteredPass(NUMBER)]
    assert await state_of(engine, vault) is ReceiptState.ALTERED


async def test_signing_key_inserted_into_the_table_is_not_trusted(engine, vault):
    key = Ed25519PrivateKey.generate()
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification(NUMBER))
        public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        await conn.execute(insert(receipt_keys).values(key_id="forged", public_key=public))
        signature = Signature("forged", key.sign(statement(certification(NUMBER)).encode()))
        await conn.execute(update(certifications).values(signature=signature.to_text()))
        assert "forged" not in await Receipts(vault).public_keys(conn)
        assert len(await Receipts(vault).public_keys(conn)) == 1
    assert await state_of(engine, vault) is ReceiptState.ALTERED


@pytest.mark.parametrize(
    "edit", [{"revoked_at": None}, {"until": TODAY + timedelta(days=300)}, {"kind": "other"}], ids=str
)
async def test_edit_does_not_create_or_extend_an_exemption(engine, vault, edit):
    later, exemptions = TODAY + timedelta(days=1), Exemptions(vault)
    async with transaction(engine) as conn:
        await exemptions.give(conn, GRANT)
        assert await exemptions.is_in_force(conn, ExemptionKind.PASSIVE, PERSON, TODAY)
        if "revoked_at" in edit:
            assert await exemptions.revoke(conn, PERSON.id_type, PERSON.number, NOW)
        await conn.execute(update(grants).values(edit))
        on = later if "until" in edit else TODAY
        assert not await exemptions.is_in_force(conn, ExemptionKind.PASSIVE, PERSON, on)
        assert await exemptions.in_force(conn, on) == []


async def test_writing_back_the_earlier_row_does_not_restore_an_ended_exemption(engine, vault):
    given, trail = Exemptions(vault), Audit("operator", vault)
    grant = replace(GRANT, until=TODAY + timedelta(days=9))
    async with transaction(engine) as conn:
        number, _ = await given.give(conn, grant)
        before = dict((await conn.execute(select(grants))).mappings().one())
        ended = await given.revoke(conn, PERSON.id_type, PERSON.number, NOW)
        entry = AuditEntry(Actor.OPERATOR, AuditAction.GRANT_REVOKED, "who", f"ends {number}")
        await trail.append(conn, [entry], NOW)
        await conn.execute(update(grants).values(before))
        assert ended == [number]
        assert not await given.is_in_force(conn, ExemptionKind.PASSIVE, PERSON, TODAY)
        assert await given.in_force(conn, TODAY) == []
        assert await given.of_person(conn, PERSON, TODAY) is None


async def test_session_copied_from_another_account_starts_over(engine, vault, caplog):
    body = encode(replace(Session(), person=PERSON))
    held = Sessions(vault)
    async with transaction(engine) as conn:
        await held.save(conn, [("own", 0, body), ("thief", 0, encode(Session()))], NOW)
        stolen = select(sessions.c.body).where(sessions.c.account == "own").scalar_subquery()
        await conn.execute(update(sessions).where(sessions.c.account == "thief").values(body=stolen))
        loaded = await held.load(conn, ["own", "thief"])
    assert decode(loaded["own"].body).person == PERSON
    assert decode(loaded["thief"].body) == Session()
    assert (loaded["own"].is_damaged, loaded["thief"].is_damaged) == (False, True)
    assert "does not open" in caplog.text
    assert not any(word in caplog.text for word in ("thief", "own\n", PERSON.name, PERSON.number))


async def test_message_moved_to_another_account_is_not_claimed(engine, vault):
    queue = Outbox(vault)
    async with transaction(engine) as conn:
        await queue.put(conn, [OutboxItem("a", OutboxKind.TEXT, "words", NOW)], NOW)
        await conn.execute(update(outbox).values(account="b"))
        assert await queue.claim(conn, [OutboxKind.TEXT], 9, NOW, MINUTE) == []


async def test_link_or_face_template_moved_to_someone_else_does_not_open(engine, vault):
    faces = Enrolments(vault)
    async with transaction(engine) as conn:
        await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW + MINUTE)
        await conn.execute(update(captures).values(account="b"))
        with pytest.raises(BrokenSeal):
            await Captures(vault).find(conn, TICKET)
        for number in ("own", "another"):
            enrolled = EnrolmentTemplate(IdType.PASSPORT, number, "p", number.encode(), "file")
            await faces.put(conn, enrolled, NOW)
        found, other = (await conn.execute(select(templates))).all()
        this = update(templates).where(templates.c.number_blind == found.number_blind)
        await conn.execute(this.values(template=other.template))
        with pytest.raises(BrokenSeal):
            assert [await faces.get(conn, IdType.PASSPORT, number, "p") for number in ("own", "another")]


@pytest.fixture
async def old_engine(database_url, vault):
    """Open a database with the schema from before values were bound to their rows."""
    rows = [
        {"account": f"a{n:04d}", "version": 1, "body": vault.seal(f'{{"misses":{n}}}', "sessions.body")}
        for n in range(1003)
    ]
    async with engine_at_revision(database_url, "0017") as engine:
        async with transaction(engine) as conn:
            await conn.execute(insert(sessions), [row | {"updated_at": NOW} for row in rows])
            await conn.execute(
                insert(inbox), {"key": "k", "account": "a", "claimed_at": NOW, "reply": b"damaged"}
            )
        yield engine


async def test_upgrade_binds_old_values_and_unbound_ones_no_longer_open(old_engine, vault):
    old = vault.seal('{"misses":5}', "sessions.body")
    await upgrade(old_engine, lambda: vault)
    held = Sessions(vault)
    async with transaction(old_engine) as conn:
        loaded = await held.load(conn, ["a0000", "a0499", "a0500", "a1002"])
        assert [decode(loaded[one].body).misses for one in sorted(loaded)] == [0, 499, 500, 1002]
        await conn.execute(update(sessions).where(sessions.c.account == "a0000").values(body=old))
        assert (await held.load(conn, ["a0000"]))["a0000"].is_damaged
