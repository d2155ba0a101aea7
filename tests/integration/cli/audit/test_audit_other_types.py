"""Audit commands over values of another type than the column's, which SQLite accepts."""

import pytest
from sqlalchemy import literal_column, update

from storage.schema.captures import certifications
from storage.schema.office import audit, audit_chains, audit_cuts, audit_heads
from tests.support.programs.audited_office import NUMBER

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TEXT, BYTES, NUMBER_SEVEN = literal_column("'rubbish'"), literal_column("x'ff00'"), literal_column("7")

OF_SECOND = audit.c.writer == "conversation-1", audit.c.serial == 2
STOPPED = "pension-bot: audit: {} has a value that cannot be read; no row behind it is read\n"

OF_ENTRY = [
    ("hash", TEXT),
    ("hash", NUMBER_SEVEN),
    ("actor", BYTES),
    ("action", BYTES),
    ("subject", BYTES),
    ("detail", BYTES),
]


@pytest.mark.parametrize(("column", "value"), OF_ENTRY)
async def test_entry_with_a_value_of_another_type_is_reported_as_changed(office, column, value):
    await office.write(update(audit).where(*OF_SECOND).values({column: value}))
    found = await office.findings()
    assert found[0] == "conversation-1#2"
    assert set(found) <= {"conversation-1#2", "conversation-1#3"}


@pytest.mark.parametrize(("column", "value"), OF_ENTRY)
async def test_export_stops_at_an_entry_with_another_type_and_names_it(office, column, value):
    await office.write(update(audit).where(*OF_SECOND).values({column: value}))
    ran = await office.run("audit", "export")
    assert (ran.code, ran.err) == (1, STOPPED.format("conversation-1#2"))
    assert '"writer": "conversation-1", "serial": 1' in ran.out.splitlines()[-1]


@pytest.mark.parametrize("value", [TEXT, BYTES, NUMBER_SEVEN], ids=["text", "bytes", "number"])
@pytest.mark.parametrize("since", [(), ("--since", "2020-01-01")], ids=["all", "since"])
async def test_export_stops_at_a_damaged_time_and_names_the_previous_entry(office, value, since):
    await office.write(update(audit).where(*OF_SECOND).values(at=value))
    ran = await office.run("audit", "export", *since)
    if since and value is NUMBER_SEVEN:  # a number is before every time
        assert ran.code == 0
        return
    assert (ran.code, ran.err) == (1, STOPPED.format("the row after conversation-1#1"))


@pytest.mark.parametrize("value", [BYTES, NUMBER_SEVEN], ids=["bytes", "number"])
async def test_time_of_another_type_is_located_by_the_previous_entry(office, value):
    await office.write(update(audit).where(*OF_SECOND).values(at=value))
    (found,) = await office.findings()
    assert found.startswith("audit: the row after conversation-1#1 has a value that cannot be read")


async def test_account_entry_without_its_detail_is_reported_as_changed(office):
    await office.write(update(audit).where(*OF_SECOND).values(action="console.account.added", detail=""))
    assert await office.findings() == ["conversation-1#2"]


@pytest.mark.parametrize("column", ["statement", "signature"])
async def test_heads_with_a_value_of_another_type_are_reported_but_exported(office, column):
    await office.sign()
    await office.write(update(audit_heads).values({column: BYTES}))
    assert await office.findings() == ["heads 1: not as they were signed"]
    assert (await office.run("audit", "export")).code == 0


@pytest.mark.parametrize("chains", ["7", '{"w": 7}', '{"w": [1, "zz"]}', '{"w": [[], ""]}'])
async def test_heads_with_malformed_chains_are_reported(office, chains):
    await office.sign()
    await office.write(update(audit_heads).values(statement=f'{{"chains": {chains}}}'))
    assert await office.findings() == ["heads 1: not as they were signed"]


@pytest.mark.parametrize("column", ["statement", "signature"])
async def test_cut_with_a_value_of_another_type_is_reported_but_exported(office, column):
    cut = {"writer": "captures-1", "statement": "{}", "signature": "k:c2ln"}
    await office.write(audit_cuts.insert().values(cut | {column: BYTES}))
    assert await office.findings() == ["captures-1: its cut is not as it was signed"]
    assert (await office.run("audit", "export")).code == 0


async def test_every_entry_of_a_chain_with_a_numeric_key_is_reported(office):
    of_chain = audit_chains.c.writer == "conversation-1"
    await office.write(update(audit_chains).where(of_chain).values(secret=NUMBER_SEVEN))
    assert await office.findings() == [f"conversation-1#{serial}" for serial in (1, 2, 3)] + [
        "audit_chains: 1 rows have values that do not open"
    ]


@pytest.mark.parametrize(
    ("column", "value", "others"),
    [("people", "7", []), ("number_blind", "1.5", [f"receipt {NUMBER}: not as it was written"])],
    ids=["people", "number_blind"],
)
async def test_pass_with_a_number_instead_of_bytes_does_not_open(office, column, value, others):
    await office.write(update(certifications).values({column: literal_column(value)}))
    assert await office.findings() == [*others, "certifications: 1 rows have values that do not open"]
