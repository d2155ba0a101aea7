"""What is remembered, on both databases: claims, versions, leases, tickets, passes, the audit chain."""

import asyncio
import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from dialogs.values import (
    SHANGHAI,
    Beneficiary,
    BenefitStatus,
    CaptureRequest,
    Certification,
    Identity,
    IdType,
    Manner,
    Purpose,
    Scheme,
)
from storage.audit import Audit, AuditEntry
from storage.beneficiaries import Beneficiaries, ImportCounts
from storage.captures import Captures
from storage.certifications import Certifications
from storage.consents import Consents
from storage.database import is_current, lock_accounts, open_engine, transaction, upgrade
from storage.errors import ReceiptTaken, StaleSession, StorageError
from storage.inbox import Inbox
from storage.outbox import Outbox, OutboxItem
from storage.registry_file import ImportReport, import_file
from storage.registry_table import TableRegistry
from storage.sessions import Sessions, StoredSession
from storage.tables import metadata
from storage.templates import Templates
from storage.vault import Vault

pytest_plugins = ["tests.databases"]

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PERSON = Identity("欧阳·测试", IdType.RESIDENT_ID, "11010519491231002X")
AGENT = Identity("代办人", IdType.PASSPORT, "E12345678")
REQUEST = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.AGENT, PERSON, "440100", AGENT)
TICKET = hashlib.sha256(b"ticket").digest()
OTHER_TICKET = hashlib.sha256(b"other ticket").digest()


def certification(receipt="R1", **changes) -> Certification:
    facts = {
        "receipt": receipt,
        "scheme": Scheme.EMPLOYEE,
        "identity": PERSON,
        "city": "440100",
        "certified_at": NOW,
        "due_on": date(2027, 5, 31),
        "channel": "face",
        "agent": AGENT,
    }
    return Certification(**(facts | changes))


def beneficiary(number="11010519491231002X", **changes) -> Beneficiary:
    facts = {
        "scheme": Scheme.EMPLOYEE,
        "identity": Identity("欧阳·测试", IdType.RESIDENT_ID, number),
        "city": "440100",
        "status": BenefitStatus.ACTIVE,
        "benefit_start": date(2010, 1, 1),
    }
    return Beneficiary(**(facts | changes))


async def test_a_new_database_becomes_current_and_stays_so(database_url):
    engine = open_engine(database_url)
    assert not await is_current(engine)
    await upgrade(engine)
    await upgrade(engine)
    assert await is_current(engine)
    await engine.dispose()


async def test_programs_that_upgrade_at_once_agree(database_url):
    programs = [open_engine(database_url) for _ in range(3)]
    await asyncio.gather(*(upgrade(program) for program in programs))
    assert await is_current(programs[0])
    for program in programs:
        await program.dispose()


async def test_the_migrations_make_what_the_tables_say(engine):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with engine.connect() as conn:
        assert await conn.run_sync(differences) == []


async def test_a_failed_transaction_leaves_nothing(engine, vault):
    inbox = Inbox(vault)

    async def fail_half_way():
        async with transaction(engine) as conn:
            await inbox.claim(conn, [("k", "a")], NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fail_half_way()
    async with transaction(engine) as conn:
        assert await inbox.claim(conn, [("k", "a")], NOW) == {"k"}


async def test_a_delivery_is_claimed_once_and_its_reply_kept(engine, vault):
    inbox = Inbox(vault)
    async with transaction(engine) as conn:
        assert await inbox.claim(conn, [("k1", "a"), ("k2", "b"), ("k1", "a")], NOW) == {"k1", "k2"}
        assert await inbox.claim(conn, [("k2", "b"), ("k3", "c")], NOW) == {"k3"}
        await inbox.answer(conn, {"k1": "您好", "k2": ""}, NOW)
        assert await inbox.replies(conn, ["k1", "k2", "k3", "k4"]) == {"k1": "您好", "k2": "", "k3": None}


async def test_two_claimers_of_one_delivery_have_one_winner(engine, vault):
    async def claim():
        async with transaction(engine) as conn:
            return await Inbox(vault).claim(conn, [("k", "a")], NOW)

    assert sorted(await asyncio.gather(*(claim() for _ in range(4)))) == [set(), set(), set(), {"k"}]


async def test_conversations_are_saved_and_loaded_in_batches(engine, vault):
    sessions = Sessions(vault)
    async with transaction(engine) as conn:
        await sessions.save(conn, [("a", 0, "一"), ("b", 0, "二")], NOW)
        await sessions.save(conn, [("a", 1, "三"), ("b", 1, "四"), ("c", 0, "五")], NOW)
        assert await sessions.load(conn, ["a", "b", "c", "d"]) == {
            "a": StoredSession(2, "三"),
            "b": StoredSession(2, "四"),
            "c": StoredSession(1, "五"),
        }
        assert await sessions.load(conn, []) == {}


@pytest.mark.parametrize("stale", [("a", 0), ("a", 2), ("gone", 1)])
async def test_a_conversation_moved_by_another_writer_is_refused(engine, vault, stale):
    sessions = Sessions(vault)
    async with transaction(engine) as conn:
        await sessions.save(conn, [("a", 0, "first"), ("b", 0, "first")], NOW)
    with pytest.raises(StaleSession):
        async with transaction(engine) as conn:
            await sessions.save(conn, [("b", 1, "second"), (*stale, "second")], NOW)
    async with engine.connect() as conn:
        stored = await sessions.load(conn, ["a", "b", "gone"])
    assert {account: session.body for account, session in stored.items()} == {"a": "first", "b": "first"}


async def test_a_locked_conversation_waits_for_the_other_batch(engine, vault):
    sessions, order = Sessions(vault), []

    async def add(word, held):
        async with transaction(engine) as conn:
            await lock_accounts(conn, ["b", "a"])
            stored = (await sessions.load(conn, ["a"])).get("a", StoredSession(0, ""))
            await asyncio.sleep(held)
            await sessions.save(conn, [("a", stored.version, stored.body + word)], NOW)
            order.append(word)

    await asyncio.gather(*(add(word, 0.02) for word in "xyz"))
    async with engine.connect() as conn:
        assert (await sessions.load(conn, ["a"]))["a"] == StoredSession(3, "".join(order))


def item(account="a", kind="say", body="话", due_at=NOW, **more) -> OutboxItem:
    return OutboxItem(account, kind, body, due_at, **more)


async def bodies(engine, vault, now=NOW, limit=10, kinds=("say",)):
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, kinds, limit, now, MINUTE)
    return [row.body for row in claimed]


async def put(engine, vault, *items):
    async with transaction(engine) as conn:
        return await Outbox(vault).put(conn, items, NOW)


async def test_due_rows_are_claimed_oldest_first_and_only_of_the_kinds_asked(engine, vault):
    late = item("c", body="later", due_at=NOW + MINUTE)
    await put(engine, vault, item("a", body="new"), item("b", body="old", due_at=NOW - MINUTE), late)
    await put(engine, vault, item("d", kind="remind", body="other"))
    assert await bodies(engine, vault, limit=1) == ["old"]
    assert await bodies(engine, vault) == ["new"]
    assert await bodies(engine, vault, kinds=["remind"]) == ["other"]
    assert await bodies(engine, vault) == []


async def test_ids_come_in_the_order_of_the_items(engine, vault):
    ids = await put(engine, vault, *(item(f"a{n}", body=str(n)) for n in range(20)))
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, ["say"], 50, NOW, MINUTE)
    assert [(row.id, row.body) for row in claimed] == [(row_id, str(n)) for n, row_id in enumerate(ids)]


async def test_messages_of_one_account_keep_their_order(engine, vault):
    outbox = Outbox(vault)
    first, second = await put(engine, vault, item(body="first"), item(body="second"))
    assert await bodies(engine, vault) == ["first"]
    async with transaction(engine) as conn:
        await outbox.retry(conn, first, NOW + MINUTE, "45047")
    assert await bodies(engine, vault) == []
    assert await bodies(engine, vault, NOW + MINUTE) == ["first"]
    async with transaction(engine) as conn:
        await outbox.done(conn, [first], NOW)
    assert await bodies(engine, vault, NOW + MINUTE) == ["second"]
    async with transaction(engine) as conn:
        await outbox.dead(conn, second, "43004", NOW)
    assert await bodies(engine, vault, NOW + 9 * MINUTE) == []


async def test_a_lease_that_ran_out_is_claimed_again_and_counted(engine, vault):
    await put(engine, vault, item(body="mine", lease_until=NOW + MINUTE))
    assert await bodies(engine, vault) == []
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, ["say"], 1, NOW + MINUTE, MINUTE)
        assert [(row.body, row.attempts) for row in claimed] == [("mine", 1)]
        again = await Outbox(vault).claim(conn, ["say"], 1, NOW + 2 * MINUTE, MINUTE)
        assert [(row.body, row.attempts) for row in again] == [("mine", 2)]


async def test_workers_side_by_side_never_share_a_row(engine, vault):
    await put(engine, vault, *(item(f"a{n}", body=str(n)) for n in range(40)))
    shares = await asyncio.gather(*(bodies(engine, vault, limit=8) for _ in range(8)))
    assert sorted(int(body) for share in shares for body in share) == sorted(
        {int(body) for share in shares for body in share}
    )
    rest = await bodies(engine, vault, limit=40)
    assert sum(map(len, shares)) + len(rest) == 40


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_worker_skips_what_another_is_taking(engine, vault):
    await put(engine, vault, item("a", body="one"), item("b", body="two"))
    async with transaction(engine) as conn:
        assert len(await Outbox(vault).claim(conn, ["say"], 1, NOW, MINUTE)) == 1
        assert await asyncio.wait_for(bodies(engine, vault), timeout=3) == ["two"]


async def open_capture(engine, vault):
    async with transaction(engine) as conn:
        await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW + 30 * MINUTE)


async def test_a_ticket_is_opened_consented_and_found(engine, vault):
    await open_capture(engine, vault)
    captures = Captures(vault)
    async with transaction(engine) as conn:
        await captures.consent(conn, TICKET, "face-1", NOW)
        await captures.consent(conn, TICKET, "face-2", NOW)
        assert await captures.count_try(conn, TICKET) == 1
        assert await captures.count_try(conn, TICKET) == 2
        stored = await captures.find(conn, TICKET)
        assert await captures.find(conn, OTHER_TICKET) is None
    assert (stored.account, stored.request, stored.consent_version, stored.attempts) == (
        "a",
        REQUEST,
        "face-1",
        2,
    )
    assert (stored.expires_at, stored.finished_at, stored.outcome) == (NOW + 30 * MINUTE, None, None)


async def test_a_try_on_an_unknown_ticket_is_an_error(engine, vault):
    with pytest.raises(StorageError):
        async with transaction(engine) as conn:
            await Captures(vault).count_try(conn, TICKET)


async def test_a_ticket_is_used_up_exactly_once(engine, vault):
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


async def test_a_pass_is_recorded_once_a_ticket(engine, vault):
    passes = Certifications(vault)
    async with transaction(engine) as conn:
        assert await passes.add(conn, TICKET, "a", certification(), {"face": 0.8})
        assert not await passes.add(conn, TICKET, "a", certification("R2"), {})
        assert await passes.by_receipt(conn, "R1") == certification()
        assert await passes.by_receipt(conn, "R2") is None


async def test_a_taken_receipt_number_is_said_and_spoils_nothing(engine, vault):
    passes = Certifications(vault)
    async with transaction(engine) as conn:
        await passes.add(conn, TICKET, "a", certification(), {})
        with pytest.raises(ReceiptTaken):
            await passes.add(conn, OTHER_TICKET, "b", certification(), {})
        assert await passes.add(conn, OTHER_TICKET, "b", certification("R2"), {})


async def test_the_newest_pass_counts(engine, vault):
    passes = Certifications(vault)
    newer = certification("R2", certified_at=NOW + MINUTE, agent=None)
    async with transaction(engine) as conn:
        await passes.add(conn, TICKET, "a", newer, {})
        await passes.add(conn, OTHER_TICKET, "a", certification(), {})
        assert await passes.latest(conn, Scheme.EMPLOYEE, PERSON.id_type, PERSON.number) == newer
        assert await passes.latest(conn, Scheme.RESIDENT, PERSON.id_type, PERSON.number) is None
        assert [found async for found in passes.all_since(conn, NOW)] == [certification(), newer]
        assert [found async for found in passes.all_since(conn, NOW + MINUTE)] == [newer]


async def test_times_come_back_as_the_same_moment_in_utc(engine, vault):
    at_home = NOW.astimezone(SHANGHAI)
    async with transaction(engine) as conn:
        await Certifications(vault).add(conn, TICKET, "a", certification(certified_at=at_home), {})
        found = await Certifications(vault).by_receipt(conn, "R1")
    assert (found.certified_at, found.certified_at.tzinfo) == (NOW, UTC)


async def test_consents_are_kept_each_as_its_own_row(engine):
    async with transaction(engine) as conn:
        await Consents().add(conn, [("a", "agreement", "1"), ("a", "privacy", "2")], NOW)
        await Consents().add(conn, [("a", "agreement", "1")], NOW)
        rows = (await conn.execute(text("SELECT kind, version FROM consents ORDER BY id"))).all()
    assert [tuple(row) for row in rows] == [("agreement", "1"), ("privacy", "2"), ("agreement", "1")]


async def audited(engine):
    one, two = Audit("serve-1"), Audit("serve-2")
    async with transaction(engine) as conn:
        await one.append(conn, [AuditEntry("bot", "open", "s1"), AuditEntry("bot", "pass", "R1")], NOW)
        await two.append(conn, [AuditEntry("clerk", "read", "R1", "counter 3")], NOW)
        await one.append(conn, [AuditEntry("bot", "open", "s2")], NOW.astimezone(timezone(8 * 60 * MINUTE)))
        assert await one.verify(conn) == []
    return one


@pytest.mark.parametrize(
    ("harm", "broken"),
    [
        ("UPDATE audit SET subject = 'R9' WHERE writer = 'serve-1' AND serial = 2", ["serve-1#2"]),
        ("DELETE FROM audit WHERE writer = 'serve-1' AND serial = 2", ["serve-1#3"]),
        ("DELETE FROM audit WHERE writer = 'serve-1' AND serial = 1", ["serve-1#2"]),
        ("UPDATE audit SET writer = 'serve-3' WHERE writer = 'serve-2'", ["serve-3#1"]),
    ],
)
async def test_the_audit_chain_shows_what_was_changed(engine, harm, broken):
    audit = await audited(engine)
    async with transaction(engine) as conn:
        await conn.execute(text(harm))
        assert await audit.verify(conn) == broken


async def test_one_writers_appends_at_once_make_one_chain(engine):
    async def append(subject):
        async with transaction(engine) as conn:
            await Audit("serve-1").append(conn, [AuditEntry("bot", "open", subject)] * 2, NOW)

    await asyncio.gather(*(append(str(n)) for n in range(5)))
    async with engine.connect() as conn:
        assert await Audit("serve-1").verify(conn) == []
        assert len((await conn.execute(select(metadata.tables["audit"]))).all()) == 10


async def test_beneficiaries_are_new_changed_or_unchanged(engine, vault):
    registry = Beneficiaries(vault)
    other = beneficiary("440524188001010014", scheme=Scheme.RESIDENT)
    moved = beneficiary(city="440300", death_reported=date(2026, 1, 2))
    async with transaction(engine) as conn:
        assert await registry.put(conn, [beneficiary(), other], NOW) == ImportCounts(2, 0, 0)
        assert await registry.put(conn, [moved, other], NOW) == ImportCounts(0, 1, 1)
        assert await registry.put(conn, [], NOW) == ImportCounts(0, 0, 0)
        assert await registry.find(conn, moved.scheme, PERSON.id_type, PERSON.number) == moved
        assert await registry.find(conn, Scheme.RESIDENT, PERSON.id_type, PERSON.number) is None


async def test_people_are_found_while_keys_are_exchanged(engine):
    old_key, new_key = Vault.new_setting(), Vault.new_setting().replace("k1:", "k2:")
    old, both = Vault.from_setting(old_key), Vault.from_setting(f"{new_key},{old_key}")
    moved = beneficiary(city="440300")
    async with transaction(engine) as conn:
        await Beneficiaries(old).put(conn, [beneficiary()], NOW)
        await Certifications(old).add(conn, TICKET, "a", certification(), {})
        await Templates(old).put(conn, PERSON.id_type, PERSON.number, "p", b"old", "registry", NOW)
        assert await Beneficiaries(both).put(conn, [beneficiary()], NOW) == ImportCounts(0, 0, 1)
        assert await Beneficiaries(both).put(conn, [moved], NOW) == ImportCounts(0, 1, 0)
        assert await Beneficiaries(both).find(conn, moved.scheme, PERSON.id_type, PERSON.number) == moved
        newest = await Certifications(both).latest(conn, Scheme.EMPLOYEE, PERSON.id_type, PERSON.number)
        assert newest == certification()
        await Templates(both).put(conn, PERSON.id_type, PERSON.number, "p", b"new", "registry", NOW)
        assert await Templates(both).get(conn, PERSON.id_type, PERSON.number, "p") == b"new"


async def test_templates_are_kept_by_person_and_pack(engine, vault):
    templates = Templates(vault)
    person = (PERSON.id_type, PERSON.number)
    async with transaction(engine) as conn:
        await templates.put(conn, *person, "opencv-zoo", b"\x00\x01", "registry", NOW)
        await templates.put(conn, *person, "opencv-zoo", b"\x02\x03", "counter", NOW)
        assert await templates.get(conn, *person, "opencv-zoo") == b"\x02\x03"
        assert await templates.has(conn, *person, "opencv-zoo")
        assert await templates.get(conn, *person, "buffalo_l") is None
        assert not await templates.has(conn, IdType.HMT_RESIDENCE, PERSON.number, "opencv-zoo")


_STEAL = "UPDATE templates SET template = (SELECT template FROM templates WHERE id_type = 'passport')"


async def test_a_template_moved_to_another_person_does_not_open(engine, vault):
    templates = Templates(vault)
    async with transaction(engine) as conn:
        await templates.put(conn, PERSON.id_type, PERSON.number, "p", b"victim", "registry", NOW)
        await templates.put(conn, AGENT.id_type, AGENT.number, "p", b"thief", "registry", NOW)
        await conn.execute(text(_STEAL))
        with pytest.raises(StorageError):
            await templates.get(conn, PERSON.id_type, PERSON.number, "p")


async def fill(engine, vault):
    async with transaction(engine) as conn:
        await Inbox(vault).claim(conn, [("k", "a")], NOW)
        await Inbox(vault).answer(conn, {"k": PERSON.name + PERSON.number}, NOW)
        await Sessions(vault).save(conn, [("a", 0, PERSON.name + PERSON.number)], NOW)
        await Outbox(vault).put(conn, [item(body=PERSON.name + PERSON.number)], NOW)
        await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW)
        await Certifications(vault).add(conn, TICKET, "a", certification(), {})
        await Beneficiaries(vault).put(conn, [beneficiary()], NOW)
        await Templates(vault).put(conn, PERSON.id_type, PERSON.number, "p", b"the face", "registry", NOW)


async def test_nothing_personal_is_in_the_files_of_the_database(tmp_path, vault):
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    await upgrade(engine)
    await fill(engine, vault)
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    await engine.dispose()
    assert b"440100" in files
    for secret in (PERSON.name, PERSON.number, AGENT.name, AGENT.number, "the face"):
        assert secret.encode() not in files
        assert secret.encode("utf-16-le") not in files
        assert secret.encode("unicode_escape").replace(b"\\\\", b"\\") not in files


async def test_bound_values_are_not_in_errors(engine):
    with pytest.raises(Exception) as caught:  # noqa: PT011 (whatever the driver raises)
        async with transaction(engine) as conn:
            await conn.execute(text("SELECT missing FROM nowhere WHERE x = :x"), {"x": PERSON.number})
    assert PERSON.number not in str(caught.value)


PEOPLE = """\
scheme,name,id_type,id_number,city,benefit_status,benefit_start,last_certified,photo,death_reported
employee,欧阳·测试,resident_id,11010519491231002X,440100,active,2010-01-01,,photos/a.jpg,
resident,陈测试,resident_id,440524188001010014,440300,active,,,,
employee,无效,resident_id,123,440100,active,,,,
employee,欧阳·测试,resident_id,11010519491231002X,440300,active,2010-01-01,,,
"""


async def import_people(engine, vault, path):
    steps = []
    report = await import_file(engine, vault, path, NOW, steps.append)
    return report, sum(steps)


async def test_a_file_imported_twice_changes_nothing(engine, vault, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    assert await import_people(engine, vault, path) == (ImportReport(2, 0, 0, 2), 4)
    assert await import_people(engine, vault, path) == (ImportReport(0, 0, 2, 2), 4)
    path.write_text(PEOPLE.replace("440300,active,,", "440300,suspended,,"), encoding="utf-8")
    assert (await import_people(engine, vault, path))[0] == ImportReport(0, 1, 1, 2)
    found = await TableRegistry(engine, vault).find(Scheme.RESIDENT, IdType.RESIDENT_ID, "440524188001010014")
    assert found.status is BenefitStatus.SUSPENDED


async def test_refused_rows_are_written_with_reasons_and_can_be_corrected_there(engine, vault, tmp_path):
    path, rejects = tmp_path / "people.csv", tmp_path / "people.csv.rejected.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    await import_people(engine, vault, path)
    lines = rejects.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "employee,无效,resident_id,123,440100,active,,,,,4,bad id_number"
    assert lines[2].endswith(",5,a second line for this person")
    corrected = rejects.read_text(encoding="utf-8-sig").replace(",123,", ",11010519491231002X,")
    rejects.write_text("\n".join(corrected.splitlines()[:2]), encoding="utf-8")
    assert (await import_people(engine, vault, rejects))[0] == ImportReport(0, 1, 0, 0)


async def test_a_file_without_fault_leaves_no_reject_file(engine, vault, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    await import_people(engine, vault, path)
    path.write_text("\n".join(PEOPLE.splitlines()[:3]), encoding="utf-8")
    await import_people(engine, vault, path)
    assert [found.name for found in tmp_path.glob("*.rejected.csv")] == []
