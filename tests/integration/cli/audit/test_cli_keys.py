"""`keys rotate` seals everything under the current key and cipher, and resumes after an interruption."""

import pytest
from sqlalchemy import func, select, text

from storage.audit_trail.audit import subject_of
from storage.console.accounts import ConsoleAccounts
from storage.console.approvals import Approvals, TurnedDown
from storage.database import transaction
from storage.messaging.inbox import Executed, Inbox
from storage.messaging.outbox import Outbox, OutboxKind
from storage.messaging.sessions import Sessions
from storage.messaging.talks import Talks
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import ExemptionKind, Exemptions
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.schema.columns import metadata, sealed_columns
from storage.sealing.ciphers import Cipher
from storage.sealing.key_rotation import BATCH, count_outdated, rotate
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.factories import (
    MINUTE,
    NOW,
    PERSON,
    REQUEST,
    SUBJECT,
    TICKET,
    beneficiary,
    certification,
)
from tests.support.storage.filled_database import BOTH, NEW, OLD, fill_sealed_fields

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

STRANGER = "440524188001010014"
DAMAGES = {"bit of the ciphertext": (-1, 1), "bit of the key's name": (2, 1), "no header": (0, 0x80)}


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
async def test_rotated_database_is_readable_with_only_the_new_key_and_cipher(operator, engine, settings, now):
    await fill_sealed_fields(engine)
    operator.set(**settings)
    ran = await operator.run("keys", "rotate")
    assert (ran.code, ran.out.splitlines()[0], ran.err) == (0, "moved 24, left 0", "")
    async with engine.connect() as conn:
        assert await count_outdated(conn, now) == 0
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
        [declined] = await Approvals(now).of_person(conn, PERSON)
        assert declined.turned_down == TurnedDown("declined", "why")
        [item] = await Outbox(now).claim(conn, [OutboxKind.TEXT], 1, NOW, MINUTE)
    assert item.body == "words"


async def test_rotation_names_the_key_in_use_and_the_dispensable_ones(operator, engine):
    await fill_sealed_fields(engine)
    (old_id, new_id) = (key.partition(":")[0] for key in (KEY, NEW_KEY))
    operator.set(DATA_KEYS=f"{KEY},{NEW_KEY}")  # a slip: the new key came second
    slipped = await operator.run("keys", "rotate")
    assert f"everything is under {old_id}, the first of DATA_KEYS" in slipped.out
    assert f"no longer needed here: {new_id}" in slipped.out
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    done = await operator.run("keys", "rotate")
    assert f"everything is under {new_id}, the first of DATA_KEYS" in done.out
    assert f"no longer needed here: {old_id}" in done.out
    assert "backups from before need them" in done.out


async def test_rotation_with_one_key_names_no_dispensable_key(operator, engine):
    await fill_sealed_fields(engine)
    ran = await operator.run("keys", "rotate")
    assert (ran.code, "no longer needed" in ran.out) == (0, False)


async def test_filled_database_covers_every_sealed_column_of_the_schema(engine):
    await fill_sealed_fields(engine)
    columns = [column for table in metadata.sorted_tables for column in sealed_columns(table)]
    async with engine.connect() as conn:
        filled = {column: (await conn.execute(select(func.count(column)))).scalar_one() for column in columns}
    blinds = {c.table.name for t in metadata.sorted_tables for c in t.columns if c.name.endswith("_blind")}
    assert [str(column) for column, rows in filled.items() if not rows] == []
    # what rotation recomputes:
    people = {
        "account_bindings",
        "agency_ends",
        "beneficiaries",
        "captures",
        "certifications",
        "console_approvals",
        "grants",
        "subscriptions",
        "tasks",
    }
    assert blinds == people | {"templates"}


async def test_second_rotation_moves_nothing(operator, engine):
    await fill_sealed_fields(engine)
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    await operator.run("keys", "rotate")
    assert (await operator.run("keys", "rotate")).out.startswith("moved 0, left 0\n")


class Broken(Exception):
    """Stands for the power cut."""


async def test_interrupted_rotation_resumes(engine):
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


async def test_template_of_an_unknown_person_keeps_its_key_and_is_reported(operator, engine):
    async with transaction(engine) as conn:
        await Enrolments(OLD).put(
            conn, EnrolmentTemplate(PERSON.id_type, STRANGER, "p", b"face", "file"), NOW
        )
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    ran = await operator.run("keys", "rotate")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "moved 0, left 1")
    assert "keep their key" in ran.out
    async with engine.connect() as conn:
        assert await Enrolments(BOTH).get(conn, PERSON.id_type, STRANGER, "p") == b"face"


async def test_template_of_an_unknown_person_moves_to_another_cipher(operator, engine):
    async with transaction(engine) as conn:
        await Enrolments(OLD).put(
            conn, EnrolmentTemplate(PERSON.id_type, STRANGER, "p", b"face", "file"), NOW
        )
    operator.set(CIPHER=Cipher.SM4_GCM)
    ran = await operator.run("keys", "rotate")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "moved 1, left 0")
    async with engine.connect() as conn:
        assert await Enrolments(OLD).get(conn, PERSON.id_type, STRANGER, "p") == b"face"


async def test_rotation_without_the_old_key_is_refused(operator, engine):
    await fill_sealed_fields(engine)
    operator.set(DATA_KEYS=NEW_KEY)
    ran = await operator.run("keys", "rotate")
    assert ran.code == 2
    assert "DATA_KEYS: these keys open nothing" in ran.err


@pytest.mark.parametrize(("at", "bit"), DAMAGES.values(), ids=DAMAGES.keys())
async def test_damaged_row_is_named_and_the_others_are_rotated(operator, engine, at, bit):
    await fill_sealed_fields(engine)
    broken = bytearray(await sealed_in(engine, "console_accounts", "totp_secret"))
    broken[at] ^= bit
    async with transaction(engine) as conn:
        account = await conn.scalar(text("SELECT account FROM sessions"))
        for place in ("console_accounts SET totp_secret", "sessions SET body"):
            await conn.execute(text(f"UPDATE {place} = :broken"), {"broken": bytes(broken)})
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    for moved in (22, 0):  # run again, it says the same
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


@on_postgresql  # SQLite's one writer holds no rows
async def test_rows_locked_by_a_service_are_skipped(engine):
    await fill_sealed_fields(engine)
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE sessions SET version = version"))
        done = await rotate(engine, BOTH, lambda _: None)
    assert (done.moved, done.left, done.unreachable_templates) == (23, 1, 0)
