"""`audit verify` and `audit export`: how tampering without a key is detected."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, text, update

from bot.conversation.units_of_work import Work
from dialogs.immutable_record import replace
from dialogs.session import Session
from messages.inbound import Text
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, process_writer
from storage.database import transaction, upgrade
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.schema.captures import certifications
from storage.schema.messaging import sessions
from storage.schema.office import audit, audit_chains, audit_heads, grants
from tests.support.programs.audited_office import NUMBER, TODAY, VAULT, WHOLE, Office
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import NOW, PERSON, certification
from tests.support.storage.old_schema import engine_at_revision
from tests.support.storage.passes import add_pass
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

WHO = ("--id-type", PERSON.id_type, "--id-number", PERSON.number)


def recomputed(rows):
    """Recompute a chain's hashes, as anybody without a key can."""
    previous = b""
    for row in sorted(rows, key=lambda row: row["serial"]):
        stamp = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
        said = [row[name] for name in ("actor", "action", "subject", "detail")]
        facts = json.dumps([row["writer"], row["serial"], stamp, *said], ensure_ascii=False)
        previous = hashlib.sha256(previous + facts.encode()).digest()
        yield row | {"hash": previous}


async def test_long_check_shows_its_progress_on_a_terminal(office, monkeypatch):
    monkeypatch.setattr("bot.cli.audit._PROGRESS_AFTER", 0.0)
    monkeypatch.setattr("bot.cli.audit.is_watched", lambda: True)
    ran = await office.run("audit", "verify")
    assert (ran.code, ran.out) == (0, WHOLE)
    assert "0%|" in ran.err
    assert " rows/s]" in ran.err


async def test_check_without_a_terminal_shows_no_progress_and_counts_no_rows(office, monkeypatch):
    monkeypatch.setattr("bot.cli.audit._PROGRESS_AFTER", 0.0)
    monkeypatch.delattr("bot.cli.audit.rows_to_check")
    ran = await office.run("audit", "verify")
    assert (ran.code, ran.out, ran.err) == (0, WHOLE, "")


async def test_recomputed_chain_is_detected(office):
    rows = [row for row in await office.rows(audit) if row["writer"] == "conversation-1"]
    forged = list(recomputed([row | {"subject": "other"} for row in rows]))
    of_chain = audit.c.writer == "conversation-1"
    await office.write(delete(audit).where(of_chain), insert(audit).values(forged))
    assert await office.findings() == [f"conversation-1#{serial}" for serial in (1, 2, 3)]


@pytest.mark.parametrize(
    ("keeps", "finding"), [(2, "entry 3 was signed for"), (0, "entry 3 was signed for")], ids=["tail", "all"]
)
async def test_truncated_chain_is_detected_by_the_signed_heads(office, keeps, finding):
    assert await office.sign()
    gone = audit.c.writer == "conversation-1"
    await office.write(delete(audit).where(gone, audit.c.serial > keeps))
    if not keeps:
        await office.write(delete(audit_chains).where(audit_chains.c.writer == "conversation-1"))
    assert await office.findings() == [f"conversation-1: {finding}, and is gone or changed"]


async def test_emptied_chain_is_detected_before_any_head_is_signed(office):
    await office.write(delete(audit).where(audit.c.writer == "conversation-1"))
    assert await office.findings() == ["conversation-1: all entries are gone"]


async def test_heads_deleted_with_their_entries_are_detected_by_an_old_export(office, tmp_path):
    await office.sign()
    await office.run("receipt", "verify", NUMBER)
    async with transaction(office.engine) as conn:
        entry = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s")
        await Audit("conversation-1", VAULT).append(conn, [entry], NOW)
    assert await office.sign(days=1)
    kept = await office.export(tmp_path)
    assert await office.findings("--heads", kept) == []
    tail = audit.c.serial > 3, audit.c.writer == "conversation-1"
    await office.write(delete(audit_heads).where(audit_heads.c.number == 2), delete(audit).where(*tail))
    assert await office.findings() == []
    assert await office.findings("--heads", kept) == [
        "conversation-1: entry 4 was signed for, and is gone or changed",
        "heads 2: exported, and gone or changed since",
    ]


async def test_forged_heads_are_detected(office):
    await office.sign()
    await office.sign(days=1)
    (row,) = await office.rows(audit_heads)
    stated = json.loads(row["statement"]) | {"chains": {}}
    await office.write(update(audit_heads).values(statement=json.dumps(stated)))
    assert await office.findings() == ["heads 1: not as they were signed"]


async def test_day_is_signed_once_and_only_if_it_has_entries(office):
    assert [await office.sign(), await office.sign(), await office.sign(days=1)] == [True, False, False]


async def test_export_has_keys_heads_and_entries_line_by_line(office):
    await office.sign()
    ran = await office.run("audit", "export")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [min(line) for line in lines] == ["key_id", "heads", *["entry"] * 4]
    assert json.loads(lines[1]["heads"])["chains"].keys() == {"captures-1", "conversation-1"}
    late = await office.run("audit", "export", "--since", (TODAY + timedelta(days=9)).isoformat())
    assert len(late.out.splitlines()) == 2


async def test_entries_and_heads_verify_with_only_the_new_keys(office):
    await office.sign()
    office.terminal.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    assert (await office.run("keys", "rotate")).code == 0
    office.terminal.set(DATA_KEYS=NEW_KEY)
    assert await office.findings() == []


async def test_passes_differing_from_the_trail_are_detected(office):
    (row,) = await office.rows(certifications)
    await office.run("receipt", "revoke", NUMBER, "--reason", "why")
    assert await office.findings() == []
    await office.write(update(certifications).values(revoked_at=None, revocation=row["revocation"]))
    assert await office.findings() == [f"receipt {NUMBER}: revoked in the trail, and stands"]
    await office.write(delete(certifications))
    assert await office.findings() == [f"receipt {NUMBER}: in the trail, and its pass is gone"]


async def test_pass_without_an_audit_entry_is_detected(office):
    async with transaction(office.engine) as conn:
        await add_pass(conn, VAULT, certification("AAAA-2222"), b"t" * 32)
    assert await office.findings() == ["receipt AAAA-2222: no entry in the trail"]


async def test_exemptions_differing_from_the_trail_are_detected(office):
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    give = ("grant", "passive", *WHO, "--until", until, "--reason", "bed")
    for _ in range(2):
        assert (await office.run(*give)).code == 0
    first, second = await office.rows(grants)
    assert await office.findings() == []
    assert (await office.run("grant", "revoke", *WHO)).code == 0
    assert await office.findings() == []
    await office.write(update(grants).where(grants.c.id == second["id"]).values(second))
    assert await office.findings() == [f"grant {second['id']}: ended in the trail, and stands"]
    await office.write(delete(grants).where(grants.c.id == first["id"]))
    assert f"grant {first['id']}: in the trail, and gone" in await office.findings()


async def test_session_pasted_to_another_account_is_detected_and_doctor_fails(office):
    held = Sessions(VAULT)
    async with transaction(office.engine) as conn:
        body = encode(replace(Session(), person=PERSON))
        await held.save(conn, [("own", 0, body), ("thief", 0, encode(Session()))], NOW)
    (stolen,) = [row["body"] for row in await office.rows(sessions) if row["account"] == "own"]
    await office.write(update(sessions).where(sessions.c.account == "thief").values(body=stolen))
    assert await office.findings() == ["sessions: 1 rows have values that do not open"]
    talk = conversation_of(office.engine, VAULT, lambda: datetime.now(UTC))
    (done,) = await talk.execute([Work("thief", Text("解除代办"), "1", claims=True)])
    assert "先本人刷脸" in done.reply
    assert await office.findings() == []
    ran = await office.run("doctor")
    assert ran.code == 1
    assert "FAIL conversations: 1 did not open in 7 days and began anew" in ran.out.splitlines()


async def test_each_process_has_its_own_chain(office):
    names = {process_writer("captures") for _ in range(9)}
    assert len(names) == 9
    entry = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s")
    first, second = (Audit(name, VAULT) for name in sorted(names)[:2])
    async with transaction(office.engine) as conn:
        await first.append(conn, [entry], NOW)
        await second.append(conn, [entry], NOW)
    assert await office.findings() == []


async def test_chain_starts_over_after_a_rollback(office):
    entry, writer = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s"), Audit("captures-9", VAULT)
    async with office.engine.connect() as conn:
        await writer.append(conn, [entry], NOW)
        await writer.append(conn, [entry], NOW)
        await conn.rollback()
    async with transaction(office.engine) as conn:
        await writer.append(conn, [entry], NOW)
    assert await office.findings() == []


@pytest.fixture
async def old_office(terminal, database_url):
    """Open a database with plain chains, as earlier releases wrote them, and upgrade it."""
    rows = [
        {
            "writer": "operator",
            "serial": serial,
            "at": NOW,
            "actor": "operator",
            "action": "tasks.read",
            "subject": "all",
            "detail": "",
        }
        for serial in (1, 2, 3)
    ]
    async with engine_at_revision(database_url, "0017") as engine:
        async with transaction(engine) as conn:
            await conn.execute(insert(audit), list(recomputed(rows)))
        await upgrade(engine, lambda: VAULT)
        terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False))
        yield Office(terminal, engine)


async def test_entries_from_before_the_upgrade_verify_and_forging_is_detected(old_office):
    assert await old_office.findings() == []
    assert (await old_office.run("tasks", "list")).code == 0
    assert await old_office.findings() == []
    plain = [row for row in await old_office.rows(audit) if row["serial"] <= 3]
    forged = list(recomputed([row | {"subject": "none"} for row in plain]))
    await old_office.write(
        text("DELETE FROM audit WHERE serial <= 3"),
        insert(audit).values([{k: v for k, v in row.items() if k != "id"} for row in forged]),
    )
    assert "operator#3" in await old_office.findings()
