"""`certifications`, `audit verify`, `keys rotate` and `doctor` over both databases."""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.receipts.fields import certification_fields
from dialogs.values import Subject
from storage.audit import Audit, AuditEntry, subject_of
from storage.console.accounts import ConsoleAccounts, Credentials, Role
from storage.console.approvals import Approvals
from storage.console.case_looks import CaseLook, CaseLooks
from storage.console.loads import LoadKind, Loads, LoadState, NewLoad
from storage.console.sessions import ConsoleSession, ConsoleSessions, SignInStage
from storage.console.waiting_photos import WaitingPhoto, WaitingPhotos
from storage.database import transaction
from storage.messaging.access_tokens import SharedTokenStore, StoredToken
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.inbox import Executed, Inbox
from storage.messaging.outbox import Outbox, OutboxItem
from storage.messaging.sessions import Sessions
from storage.messaging.talks import Talks
from storage.records.agencies import Agencies
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.schema.columns import metadata, sealed_columns
from storage.sealing.ciphers import Cipher
from storage.sealing.key_check import opens_stored
from storage.sealing.key_rotation import BATCH, behind, rotate
from storage.sealing.key_uses import note_keys
from storage.sealing.vault import Vault
from tests.support.programs.program import program
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import (
    MINUTE,
    NOW,
    OTHER_TICKET,
    PERSON,
    REQUEST,
    TICKET,
    beneficiary,
    certification,
)

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

OLD, BOTH, NEW = (Vault.from_setting(keys) for keys in (KEY, f"{NEW_KEY},{KEY}", NEW_KEY))
SUBJECT = Subject(REQUEST.scheme, PERSON, "440100")
STRANGER = "440524188001010014"


@pytest.fixture
def operator(terminal, engine):
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False))
    return terminal


async def fill(engine, vault=OLD):
    """Write something in every sealed field."""
    async with transaction(engine) as conn:
        await Beneficiaries(vault).put(conn, [beneficiary()], NOW)
        await Certifications(vault).add(conn, TICKET, "a", certification(), {})
        await Certifications(vault).add(conn, OTHER_TICKET, "a", certification("R9"), {})
        await Receipts(vault).revoke(conn, "R9", "why", NOW)
        await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW + MINUTE)
        await Inbox(vault).put(
            conn, [Executed("key", "a", "reply", "heard"), Executed("open", "a", None)], NOW
        )
        await Talks(vault).hear(conn, "a", "words", NOW)
        await Sessions(vault).save(conn, [("a", 0, "{}")], NOW)
        await Outbox(vault).put(conn, [OutboxItem("a", "text", "words", NOW, fallback="{}")], NOW)
        await Agencies(vault).end(conn, PERSON, NOW)
        await Audit("serve-1", vault).append(conn, [AuditEntry("bot", "open", "s1")], NOW)
        await AccountBindings(vault).bind(conn, "a", PERSON, NOW)
        await Enrolments(vault).put(conn, PERSON.id_type, PERSON.number, "p", b"face", "file", NOW, b"photo")
        await Subscriptions(vault).begin(conn, [("a", SUBJECT)], NOW)
        await Tasks(vault).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
        await Exemptions(vault).give(conn, Exemption(ExemptionKind.PASSIVE, PERSON, NOW.date(), "why", NOW))
        await CaseLooks(vault).keep(conn, b"token", CaseLook(1, PERSON, NOW), NOW)
        await Approvals(vault).ask(conn, "{}", "li", NOW)
        await ConsoleAccounts(vault).add(conn, "li", Role.CLERK, Credentials("hash", "SECRET"), NOW)
        session = ConsoleSession(b"token", 1, SignInStage.SIGNED_IN, b"browser", NOW, NOW)
        await ConsoleSessions(vault).begin(conn, session, NOW)
        await WaitingPhotos(vault).keep(conn, WaitingPhoto("p", b"face", b"picture", NOW))
        await fill_load(conn, Loads(vault))
    await SharedTokenStore(engine, vault, "wx-app", lambda: NOW).put(StoredToken("token", 60, 120))


async def fill_load(conn, loads):
    """Let a file come to the console, and be no list of people."""
    number = await loads.begin(conn, NewLoad(LoadKind.REGISTRY, "li", "people.csv"), NOW)
    await loads.received(conn, await loads.find(conn, number), 1, b"digest", NOW)
    await loads.end(conn, await loads.find(conn, number), LoadState.UNREADABLE, NOW, "fault")


async def test_passes_are_printed_a_line_each_and_masked(operator, engine):
    late = certification("R2", certified_at=NOW + MINUTE, agent=None)
    async with transaction(engine) as conn:
        await Certifications(OLD).add(conn, TICKET, "a", certification(), {})
        await Certifications(OLD).add(conn, OTHER_TICKET, "a", late, {})
    ran = await operator.run("certifications", "--json-lines")
    first, second = map(json.loads, ran.out.splitlines())
    assert first == {
        "receipt": "R1",
        "scheme": "employee",
        "city": "440100",
        "name_masked": "欧**试",
        "id_masked": "1101**********002X",
        "certified_at": "2026-05-04T17:30:00+08:00",
        "due_on": "2027-05-31",
        "channel": "face",
        "agent": "代*人",
    }
    assert (second["receipt"], second["agent"]) == ("R2", None)
    assert (ran.code, ran.err) == (0, "")
    assert second == certification_fields(late)


@pytest.mark.parametrize(
    ("since", "receipts"),
    [
        ("2026-05-04", ["R1"]),
        ("2026-05-05", []),
        ("2026-05-04T17:30:00", ["R1"]),
        ("2026-05-04T17:30:01", []),
        ("2026-05-04T09:30:00Z", ["R1"]),
    ],
)
async def test_since_is_shanghai_s(operator, engine, since, receipts):
    await fill(engine)
    ran = await operator.run("certifications", "--json-lines", "--since", since)
    assert [json.loads(line)["receipt"] for line in ran.out.splitlines()] == receipts


async def test_a_read_of_the_passes_is_recorded(operator, engine):
    await operator.run("certifications", "--json-lines")
    async with engine.connect() as conn:
        actions = (await conn.execute(text("SELECT action FROM audit"))).scalars().all()
    assert actions == ["certifications.read"]


@pytest.mark.usefixtures("operator")
async def test_a_reader_who_has_had_enough_ends_the_export_quietly(engine):
    await fill(engine)
    nobody_reads, end = os.pipe()
    os.close(nobody_reads)
    process = await asyncio.create_subprocess_exec(
        *program(), "certifications", "--json-lines", stdout=end, stderr=asyncio.subprocess.PIPE
    )
    os.close(end)
    _, said = await process.communicate()
    assert (process.returncode, said) == (0, b"")


async def test_a_since_that_is_no_time_is_wrong_usage(operator):
    ran = await operator.run("certifications", "--json-lines", "--since", "yesterday")
    assert ran.code == 2
    assert "2026-05-04" in ran.err


async def test_keys_that_do_not_open_the_passes_are_said(operator, engine):
    await fill(engine)
    operator.set(DATA_KEYS=NEW_KEY)
    ran = await operator.run("certifications", "--json-lines")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "pension-bot: DATA_KEYS lacks the key that a stored field was sealed under\n"


async def test_whole_audit_chains_pass_and_a_changed_row_is_named(operator, engine):
    async with transaction(engine) as conn:
        await Audit("serve-1", OLD).append(conn, [AuditEntry("bot", "open", "s1")] * 3, NOW)
    assert (await operator.run("audit", "verify")).code == 0
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE audit SET subject = 's9' WHERE serial = 2"))
    ran = await operator.run("audit", "verify")
    assert (ran.code, ran.out) == (1, "serve-1#2\n")


@pytest.mark.parametrize(
    ("settings", "now"),
    [
        ({"DATA_KEYS": f"{NEW_KEY},{KEY}"}, NEW),
        ({"CIPHER": Cipher.SM4_GCM}, OLD.sealing_with(Cipher.SM4_GCM)),
        (
            {"CIPHER": Cipher.SM4_GCM, "DATA_KEYS": f"{NEW_KEY},{KEY}"},
            NEW.sealing_with(Cipher.SM4_GCM),
        ),
    ],
    ids=["key", "cipher", "both"],
)
async def test_after_a_rotation_today_s_key_and_cipher_alone_read_and_find_everything(
    operator, engine, settings, now
):
    await fill(engine)
    operator.set(**settings)
    ran = await operator.run("keys", "rotate")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "moved 23, left 0")
    async with engine.connect() as conn:
        assert await behind(conn, now) == 0
        person = (PERSON.id_type, PERSON.number)
        assert await Beneficiaries(now).find(conn, REQUEST.scheme, *person) == beneficiary()
        assert await Certifications(now).latest(conn, REQUEST.scheme, *person) == certification()
        assert await Enrolments(now).get(conn, *person, "p") == b"face"
        assert (await Captures(now).find(conn, TICKET)).request == REQUEST
        assert await Inbox(now).replies(conn, ["key", "open"]) == {"key": "reply", "open": None}
        assert [one.heard for one in await Inbox(now).exchanges(conn, "a", NOW, 9)] == ["heard"]
        assert [line.words for line in await Talks(now).lines(conn, 1)] == ["words"]
        assert (await Sessions(now).load(conn, ["a"]))["a"].body == "{}"
        assert (await Subscriptions(now).find(conn, 1)).subject == SUBJECT
        assert [task.person for task in await Tasks(now).waiting(conn, 9)] == [PERSON]
        assert await Exemptions(now).is_in_force(conn, ExemptionKind.PASSIVE, PERSON, NOW.date())
        assert [grant.reason for grant in await Exemptions(now).in_force(conn, NOW.date())] == ["why"]
        await Tasks(now).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
        assert len(await Tasks(now).waiting(conn, 9)) == 1  # the open one is found by its new keyed hash
        assert (await ConsoleAccounts(now).by_name(conn, "li")).credentials.totp_secret == "SECRET"
        [item] = await Outbox(now).claim(conn, ["text"], 1, NOW, MINUTE)
    assert item.body == "words"


async def test_every_sealed_field_of_the_schema_is_filled_here(engine):
    await fill(engine)
    columns = [column for table in metadata.sorted_tables for column in sealed_columns(table)]
    async with engine.connect() as conn:
        filled = {column: (await conn.execute(select(func.count(column)))).scalar_one() for column in columns}
    blinds = {c.table.name for t in metadata.sorted_tables for c in t.columns if c.name.endswith("_blind")}
    assert [str(column) for column, rows in filled.items() if not rows] == []
    # what rotation makes anew:
    people = {
        "account_bindings",
        "agency_ends",
        "beneficiaries",
        "captures",
        "certifications",
        "grants",
        "subscriptions",
        "tasks",
    }
    assert blinds == people | {"templates"}


async def test_a_second_rotation_has_nothing_to_do(operator, engine):
    await fill(engine)
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    await operator.run("keys", "rotate")
    assert (await operator.run("keys", "rotate")).out.startswith("moved 0, left 0\n")


class Broken(Exception):
    """Stands for the power cut."""


async def test_a_rotation_that_was_broken_off_goes_on(engine):
    rows = BATCH + 7
    async with transaction(engine) as conn:
        await Inbox(OLD).put(conn, [Executed(f"k{n}", "a", str(n)) for n in range(rows)], NOW)

    def break_off(moved):
        if moved:
            raise Broken

    with pytest.raises(Broken):
        await rotate(engine, BOTH, break_off)
    moved = []
    assert (await rotate(engine, BOTH, moved.append)).left == 0
    assert sum(moved) == 7
    async with engine.connect() as conn:
        assert (await Inbox(NEW).replies(conn, [f"k{rows - 1}"])) == {f"k{rows - 1}": str(rows - 1)}


async def test_a_template_without_a_known_number_is_kept_and_said(operator, engine):
    async with transaction(engine) as conn:
        await Enrolments(OLD).put(conn, PERSON.id_type, STRANGER, "p", b"face", "file", NOW)
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    ran = await operator.run("keys", "rotate")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "moved 0, left 1")
    assert "keep their key" in ran.out
    async with engine.connect() as conn:
        assert await Enrolments(BOTH).get(conn, PERSON.id_type, STRANGER, "p") == b"face"


async def test_another_cipher_needs_no_number(operator, engine):
    async with transaction(engine) as conn:
        await Enrolments(OLD).put(conn, PERSON.id_type, STRANGER, "p", b"face", "file", NOW)
    operator.set(CIPHER=Cipher.SM4_GCM)
    ran = await operator.run("keys", "rotate")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "moved 1, left 0")
    async with engine.connect() as conn:
        assert await Enrolments(OLD).get(conn, PERSON.id_type, STRANGER, "p") == b"face"


async def test_a_field_whose_key_is_gone_stops_the_rotation(operator, engine):
    await fill(engine)
    operator.set(DATA_KEYS=NEW_KEY)
    ran = await operator.run("keys", "rotate")
    assert ran.code == 2
    assert "DATA_KEYS: these keys open nothing" in ran.err


DAMAGES = {"a bit of the text": (-1, 1), "a bit of the key's name": (2, 1), "no header": (0, 0x80)}


@pytest.mark.parametrize(("at", "bit"), DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_damaged_row_is_named_and_keeps_no_other_from_its_new_key(operator, engine, at, bit):
    await fill(engine)
    broken = bytearray(await sealed_in(engine, "console_accounts", "totp_secret"))
    broken[at] ^= bit
    async with transaction(engine) as conn:
        account = await conn.scalar(text("SELECT account FROM sessions"))
        for place in ("console_accounts SET totp_secret", "sessions SET body"):
            await conn.execute(text(f"UPDATE {place} = :broken"), {"broken": bytes(broken)})
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    for moved in (21, 0):  # run again, it says the same
        ran = await operator.run("keys", "rotate")
        assert (ran.code, ran.out.splitlines()) == (
            1,
            [
                f"moved {moved}, left 2",
                "does not open: console_accounts 1",
                f"does not open: sessions {subject_of(BOTH, account)}",
                "2 rows are damaged, or under a key that DATA_KEYS lacks: they stay as they are",
            ],
        )
    assert await sealed_in(engine, "console_accounts", "totp_secret") == bytes(broken)


async def sealed_in(engine, table, column):
    async with engine.connect() as conn:
        return await conn.scalar(text(f"SELECT {column} FROM {table}"))  # noqa: S608 - our own names


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite's one writer holds no rows
async def test_rows_that_a_service_holds_are_passed_over(engine):
    await fill(engine)
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE sessions SET version = version"))
        done = await rotate(engine, BOTH, lambda _: None)
    assert (done.moved, done.left, done.keepers) == (22, 1, 0)


async def test_doctor_finds_a_good_installation_well(operator, engine):
    await fill(engine)
    ran = await operator.run("doctor", "--offline")
    assert ran.code == 0
    assert [line.split(":")[0] for line in ran.out.splitlines()] == [
        "ok   settings",
        "ok   database",
        "ok   keys",
        "ok   face pack",
        "ok   questions",
        "ok   decoding",
        "ok   disk",
        "ok   processor",
    ]


async def test_doctor_tells_the_age_of_each_key_and_warns_of_an_old_one(operator, engine):
    now = datetime.now(UTC)
    async with transaction(engine) as conn:
        await note_keys(conn, OLD, now - timedelta(days=731, hours=1))
        await note_keys(conn, OLD, now)
        await note_keys(conn, BOTH.signing_with(NEW_KEY), now - timedelta(hours=1))
    lines = (await operator.run("doctor", "--offline")).out.splitlines()
    aged = [line.partition(", since")[0] for line in lines if " key: " in line]
    (name,) = OLD.signing_keys()
    assert aged == [f"warn data key: {name}, 731 days", f"warn signing key: {name}, 731 days"]
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}", SIGNING_KEY=NEW_KEY)
    assert (await operator.run("doctor", "--offline")).out.count(", 0 days, since") == 2


@pytest.mark.parametrize(
    ("setting", "value", "failing"),
    [
        ("PUBLIC_URL", "", "FAIL settings: PENSION_BOT_PUBLIC_URL is not set"),
        ("DATA_KEYS", NEW_KEY, "FAIL keys: DATA_KEYS lacks the key"),
        ("FACE_PACK", "no-such-pack", "FAIL face pack: PENSION_BOT_FACE_PACK"),
        (
            "DATABASE_URL",
            "postgresql+asyncpg://u@127.0.0.1:1/x",
            "FAIL database: the database does not answer",
        ),
    ],
    ids=["address", "other key", "face pack", "database"],  # a random key in an id would differ by worker
)
async def test_doctor_names_what_is_wrong_and_goes_on(operator, engine, setting, value, failing):
    await fill(engine)
    operator.set(**{setting: value})
    ran = await operator.run("doctor", "--offline")
    assert ran.code == 1
    assert any(line.startswith(failing) for line in ran.out.splitlines())
    assert len(ran.out.splitlines()) == 8


async def test_an_old_schema_is_said_and_not_read(operator, engine):
    async with transaction(engine) as conn:
        await conn.execute(text("DELETE FROM alembic_version"))
    for command in (("audit", "verify"), ("certifications", "--json-lines"), ("keys", "rotate")):
        ran = await operator.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert "pension-bot db upgrade" in ran.err


@pytest.mark.parametrize("program", ["serve", "worker"])
async def test_keys_of_another_database_stop_the_start(operator, engine, program):
    await fill(engine)
    operator.set(DATA_KEYS=Vault.new_setting())
    ran = await operator.run(program)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "pension-bot: PENSION_BOT_DATA_KEYS: these keys open nothing of what this database holds\n"
    )


@pytest.mark.parametrize("keys", [OLD, NEW], ids=["right", "foreign"])
async def test_one_damaged_row_does_not_decide_about_the_keys(engine, keys):
    await fill(engine)
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE sessions SET body = :broken"), {"broken": b"\x01\x02k1damaged"})
        assert await opens_stored(conn, keys) is (keys is OLD)


async def test_any_keys_fit_an_empty_database(engine):
    async with engine.connect() as conn:
        assert await opens_stored(conn, NEW)
