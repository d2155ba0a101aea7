"""`accounts`: an office that suspects fraud finds accounts that certified many people."""

from dataclasses import replace

import pytest

from storage.audit_trail.audit import subject_of
from storage.database import transaction
from storage.records.receipts import Receipts
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import MINUTE, NOW, PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)
PHONE, FAMILY = "oPhoneOfMany", "oDaughter"


async def certify(conn, receipt, number, account, **changes):
    person = replace(PERSON, number=number)
    await add_pass(conn, VAULT, certification(receipt, identity=person, **changes), receipt.encode(), account)


@pytest.fixture
async def passes(engine):
    """Store passes: twelve people by one account, two by another, one of them with two passes."""
    async with transaction(engine) as conn:
        for n in range(12):
            await certify(conn, f"M{n}", f"E{n:08}", PHONE, certified_at=NOW + n * MINUTE)
        await certify(conn, "F1", "E90000001", FAMILY)
        await certify(conn, "F2", "E90000002", FAMILY)
        await certify(conn, "F3", "E90000002", FAMILY, certified_at=NOW + MINUTE)
    return engine


@pytest.mark.usefixtures("passes")
async def test_account_with_twelve_people_is_listed_with_its_receipts(operator):
    ran = await operator.run("accounts")
    name = subject_of(VAULT, PHONE)[:16]
    receipts = " ".join(f"M{n}" for n in range(12))
    assert (ran.code, ran.out) == (0, f"12 people by account {name}: {receipts}\n")
    assert PHONE not in ran.out + ran.err


@pytest.mark.usefixtures("passes")
async def test_people_and_since_options_filter_the_accounts(operator):
    two = (await operator.run("accounts", "--people", "2")).out.splitlines()
    assert [line.partition(" by")[0] for line in two] == ["12 people", "2 people"]
    assert two[1].endswith(": F1 F2 F3")
    later = await operator.run("accounts", "--since", "2026-05-04T17:36:00")
    assert later.out.startswith("6 people")
    assert later.out.endswith(": M6 M7 M8 M9 M10 M11\n")
    assert (await operator.run("accounts", "--people", "1")).code == 2


async def test_revoked_passes_are_not_counted(operator, passes):
    async with transaction(passes) as conn:
        for n in range(8):
            await Receipts(VAULT).revoke(conn, f"M{n}", "fraud", NOW)
    assert (await operator.run("accounts")).out == "no account has certified 5 or more people\n"


async def test_truncated_account_list_says_so(operator, engine):
    async with transaction(engine) as conn:
        for n in range(2 * 101):
            await certify(conn, f"M{n}", f"E{n:08}", f"oPhone{n // 2}")
    ran = await operator.run("accounts", "--people", "2")
    assert len(ran.out.splitlines()) == 100
    assert ran.err == "these are the first 100; --people or --since asks for fewer\n"


@pytest.mark.usefixtures("passes")
async def test_reading_the_accounts_is_audited(operator):
    await operator.run("accounts", "--since", "2026-01-01")
    exported = (await operator.run("audit", "export")).out
    assert "certifications.read" in exported
    assert "accounts of 5 people" in exported
