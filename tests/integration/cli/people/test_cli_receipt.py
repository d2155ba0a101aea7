"""`receipt verify`, `receipt revoke` and `receipt keys` over both databases, and effects of a revocation."""

import hashlib
import json

import pytest
from sqlalchemy import text

from bot.conversation.eligibility import Eligibility
from bot.receipts.signed_file import SignedReceipt
from dialogs.effects import CheckEligibility
from dialogs.values import Scheme
from storage.audit_trail.audit import Audit
from storage.database import transaction
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments
from storage.records.receipts import Receipts
from storage.registry.table import TableRegistry
from storage.sealing.statements import statement
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import MINUTE, NOW, OTHER_TICKET, PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

OLD, NEW = Vault.from_setting(KEY), Vault.from_setting(NEW_KEY)
RECEIPT, EARLIER = "8F3K-27QX", "AAAA-BBBB"


@pytest.fixture
async def operator(terminal, engine):
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False))
    async with transaction(engine) as conn:
        early = certification(EARLIER, certified_at=NOW - MINUTE)
        await add_pass(conn, OLD, early)
        await add_pass(conn, OLD, certification(RECEIPT), OTHER_TICKET)
    return terminal


async def test_separate_signing_key_signs_and_earlier_receipts_stay_valid(operator, engine, tmp_path):
    before = await file_of(engine, tmp_path)
    own = OLD.signing_with(NEW_KEY)
    async with transaction(engine) as conn:
        await add_pass(conn, own, certification("CCCC-DDDD"), hashlib.sha256(b"third").digest())
    operator.set(SIGNING_KEY=NEW_KEY)
    for what in (before, RECEIPT, "CCCC-DDDD"):
        assert (await operator.run("receipt", "verify", what)).code == 0
    signers = [line.split()[0] for line in (await operator.run("receipt", "keys")).out.splitlines()]
    assert signers == sorted([*OLD.signing_keys(), *own.signing_keys()])
    operator.set(
        SIGNING_KEY="", DATA_KEYS=f"{NEW_KEY},{KEY}"
    )  # without the signing key again: its table still has it
    assert (await operator.run("receipt", "verify", "CCCC-DDDD")).code == 0


async def test_data_key_beside_a_signing_key_cannot_sign_receipts(operator, engine, tmp_path):
    file = await file_of(engine, tmp_path)
    receipt = SignedReceipt.from_json(file.read_text(encoding="utf-8"))
    (key,) = NEW.signing_keys().values()
    file.write_text(SignedReceipt(receipt.statement, NEW.sign(receipt.statement), key).to_json())
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}", SIGNING_KEY=Vault.new_setting())
    ran = await operator.run("receipt", "verify", file)
    assert (ran.code, ran.out) == (1, "signed by a key that is not ours\n")


async def test_malformed_signing_key_is_reported_without_its_value(operator):
    operator.set(SIGNING_KEY="k1:short")
    ran = await operator.run("receipt", "keys")
    assert (ran.code, ran.err.count("\n"), "PENSION_BOT_SIGNING_KEY" in ran.err) == (2, 1, True)
    assert "short" not in ran.err


async def file_of(engine, folder, vault=OLD, **changes):
    async with engine.connect() as conn:
        stored = await Receipts(vault).find(conn, RECEIPT)
        key = await Receipts(vault).public_key(conn, stored.signature.key_id)
    given = json.loads(SignedReceipt(statement(stored.certification), stored.signature, key).to_json())
    given["statement"] |= changes
    file = folder / "receipt.json"
    file.write_text(json.dumps(given, indent=3), encoding="utf-8")
    return file


async def test_receipt_in_force_is_valid(operator):
    ran = await operator.run("receipt", "verify", "8f3k 27qx")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{RECEIPT}: valid; certified 2026-05-04 17:30")


async def test_unknown_receipt_number_is_not_valid(operator):
    ran = await operator.run("receipt", "verify", "2222-2222")
    assert (ran.code, ran.out) == (1, "2222-2222: there is no such receipt\n")


async def test_receipt_file_is_checked_against_key_and_record(operator, engine, tmp_path):
    assert (await operator.run("receipt", "verify", await file_of(engine, tmp_path))).code == 0
    forged = await operator.run("receipt", "verify", await file_of(engine, tmp_path, due_on="2037-05-31"))
    assert (forged.code, forged.out) == (1, "the file is not as it was signed\n")


async def test_receipt_file_signed_by_another_key_is_not_valid(operator, engine, tmp_path):
    file = await file_of(engine, tmp_path)
    given = json.loads(file.read_text(encoding="utf-8"))
    receipt = SignedReceipt.from_json(file.read_text(encoding="utf-8"))
    (key,) = NEW.signing_keys().values()
    file.write_text(SignedReceipt(receipt.statement, NEW.sign(receipt.statement), key).to_json())
    stranger = await operator.run("receipt", "verify", file)
    assert (stranger.code, stranger.out) == (1, "signed by a key that is not ours\n")
    borrowed = json.loads(file.read_text(encoding="utf-8")) | {"key_id": given["key_id"]}
    file.write_text(json.dumps(borrowed))
    assert (await operator.run("receipt", "verify", file)).code == 1


async def test_receipt_file_is_verified_offline_with_the_public_key(operator, engine, tmp_path):
    file = await file_of(engine, tmp_path)
    _, key = (await operator.run("receipt", "keys")).out.split()
    operator.set(DATABASE_URL="postgresql+asyncpg://u@127.0.0.1:1/x", DATA_KEYS="")
    ran = await operator.run("receipt", "verify", file, "--public-key", key)
    assert ran.code == 0
    assert "only the service knows" in ran.out
    forged = await file_of_text(file, '"2027-05-31"', '"2028-05-31"')
    assert (await operator.run("receipt", "verify", forged, "--public-key", key)).code == 1


async def file_of_text(file, old, new):
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return file


async def test_argument_that_is_not_a_receipt_is_wrong_usage_in_one_line(operator, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "deep.json").write_text("[" * 9000)
    for what in ("photo.jpg", "list.json", "deep.json", "nothing-here", "."):
        ran = await operator.run("receipt", "verify", what)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert (await operator.run("receipt", "verify", RECEIPT, "--public-key", "AAAA")).code == 2
    assert (await operator.run("receipt", "verify", "list.json", "--public-key", "AAAA")).code == 2
    assert (await operator.run("receipt", "verify")).code == 2


async def test_unreachable_database_exits_with_3(operator):
    operator.set(DATABASE_URL="postgresql+asyncpg://u@127.0.0.1:1/x")
    assert (await operator.run("receipt", "verify", RECEIPT)).code == 3


async def test_receipts_verify_after_their_data_key_was_removed(operator, engine, tmp_path):
    file = await file_of(engine, tmp_path)
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    assert (await operator.run("keys", "rotate")).code == 0
    operator.set(DATA_KEYS=NEW_KEY)
    assert (await operator.run("receipt", "verify", RECEIPT)).code == 0
    assert (await operator.run("receipt", "verify", file)).code == 0
    assert len((await operator.run("receipt", "keys")).out.splitlines()) == 2


async def test_revoked_receipt_is_not_valid_as_number_or_file(operator, engine, tmp_path):
    file = await file_of(engine, tmp_path)
    ran = await operator.run("receipt", "revoke", "8f3k-27qx", "--reason", "查实冒领")
    assert (ran.code, ran.out) == (0, f"{RECEIPT}: revoked; the person must certify anew\n")
    for what in (RECEIPT, file):
        ran = await operator.run("receipt", "verify", what)
        assert ran.code == 1
        assert ran.out.startswith(f"{RECEIPT}: revoked on ")
    again = await operator.run("receipt", "revoke", RECEIPT, "--reason", "twice")
    assert (again.code, again.out) == (1, f"{RECEIPT}: there is no such receipt in force\n")


async def test_export_lists_passes_in_force_and_revoked_ones_separately(operator):
    await operator.run("receipt", "revoke", RECEIPT, "--reason", "查实冒领")
    passes = [json.loads(line) for line in (await lines(operator))]
    assert [one["receipt"] for one in passes] == [EARLIER]
    assert "revoked_at" not in passes[0]
    (gone,) = [json.loads(line) for line in (await lines(operator, "--revoked"))]
    assert gone["receipt"] == RECEIPT
    assert gone["revoked_at"].endswith("+08:00")
    assert await lines(operator, "--revoked", "--since", "2999-01-01") == []


@pytest.mark.parametrize("options", [(), ("--mark", "sure")], ids=["all", "filtered"])
async def test_export_of_passes_in_force_mentions_hidden_revocations(operator, options):
    before = await operator.run("certifications", "--json-lines", *options)
    assert before.err == ""
    await operator.run("receipt", "revoke", RECEIPT, "--reason", "查实冒领")
    ran = await operator.run("certifications", "--json-lines", *options)
    assert (ran.code, len(ran.out.splitlines())) == (0, len(before.out.splitlines()) - 1)
    assert ran.err.startswith("1 passes were revoked since then and are not in these lines")
    for told in ("--all", "--revoked"):
        assert (await operator.run("certifications", "--json-lines", told, *options)).err == ""


async def lines(operator, *options):
    ran = await operator.run("certifications", "--json-lines", *options)
    assert ran.code == 0
    return ran.out.splitlines()


async def test_revocation_is_audited_without_its_reason(operator, engine):
    await operator.run("receipt", "revoke", RECEIPT, "--reason", "欧阳·测试的家人举报")
    async with engine.connect() as conn:
        rows = (await conn.execute(text("SELECT action, subject, detail FROM audit"))).all()
        assert await Audit("operator", OLD).verify(conn) == []
        assert (await Receipts(OLD).find(conn, RECEIPT)).reason == "欧阳·测试的家人举报"
        kept = (await conn.execute(text("SELECT revocation FROM certifications"))).all()
    assert [tuple(row) for row in rows] == [("receipt.revoked", RECEIPT, "")]
    assert "欧阳".encode() not in b"".join(bytes(row[0] or b"") for row in kept)


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
async def test_revocation_needs_a_reason(operator, reason):
    assert (await operator.run("receipt", "revoke", RECEIPT, "--reason", reason)).code == 2
    assert (await operator.run("receipt", "verify", RECEIPT)).code == 0


@pytest.mark.usefixtures("operator")
async def test_revoked_pass_no_longer_counts_as_latest(engine):
    async with transaction(engine) as conn:
        await Receipts(OLD).revoke(conn, RECEIPT, "why", NOW)
        newest = await Certifications(OLD).latest(conn, Scheme.EMPLOYEE, PERSON.id_type, PERSON.number)
        assert newest.receipt == EARLIER
        await Receipts(OLD).revoke(conn, EARLIER, "why", NOW)
    registry = TableRegistry(engine, OLD)
    eligibility = Eligibility(engine, registry, Enrolments(OLD), Certifications(OLD), "p")
    assert (await eligibility.look_up(CheckEligibility(1, Scheme.EMPLOYEE, PERSON))).certified_on is None


async def test_pass_under_a_missing_key_does_not_end_the_export(operator, engine):
    async with transaction(engine) as conn:
        theirs = {"wrong": b"\x01\x03zzz" + bytes(40), "one": EARLIER}
        await conn.execute(text("UPDATE certifications SET people = :wrong WHERE receipt = :one"), theirs)
    ran = await operator.run("certifications", "--json-lines")
    assert ran.code == 1
    assert [json.loads(line)["receipt"] for line in ran.out.splitlines()] == [RECEIPT]
    assert ran.err == f"pension-bot: left out 1 passes that are not as they were written: {EARLIER}\n"


async def test_export_leaves_out_altered_passes_and_says_so(operator, engine):
    await operator.run("receipt", "revoke", RECEIPT, "--reason", "查实冒领")
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE certifications SET revoked_at = NULL, revocation = NULL"))
    ran = await operator.run("certifications", "--json-lines")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"pension-bot: left out 2 passes that are not as they were written: {EARLIER} {RECEIPT}\n"
    )
    ran = await operator.run("receipt", "verify", RECEIPT)
    assert (ran.code, ran.out) == (1, f"{RECEIPT}: the record is not what was signed\n")
