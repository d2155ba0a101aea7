"""A renewed permit finds all data of its holder, in every table and after every upgrade."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select

from dialogs.immutable_record import replace
from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme, Subject
from storage.database import fit_of, transaction, upgrade
from storage.errors import BadKeys
from storage.records.agencies import Agencies
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.people_codec import write_identity, write_people
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.due_dates import DueDates, person_of
from storage.reminders.subscriptions import Subscriptions
from storage.schema.captures import certifications
from storage.schema.office import tasks
from storage.schema.people import beneficiaries, subscriptions, templates
from storage.schema.version import SchemaFit
from storage.sealing.key_rotation import rotate
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import NOW, TICKET, certification
from tests.support.storage.old_schema import engine_at_revision
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

HELD = Identity("陈大文", IdType.HK_MACAU_PERMIT, "H0123456701")
RENEWED = replace(HELD, number="H0123456702")
PRINTED = replace(HELD, number="H01234567")
TODAY = date(2026, 5, 4)


def row_of(person: Identity, **changes) -> Beneficiary:
    known = Beneficiary(Scheme.EMPLOYEE, person, "440100", BenefitStatus.ACTIVE, date(2010, 1, 1))
    return replace(known, **changes)


async def hold(conn, vault: Vault, person: Identity) -> None:
    """Store a row of a person in every table that is searched by person."""
    await Beneficiaries(vault).put(conn, [row_of(person)], NOW)
    await Enrolments(vault).put(
        conn, EnrolmentTemplate(person.id_type, person.number, "pack", b"face", "file"), NOW
    )
    await add_pass(conn, vault, certification(identity=person), TICKET, "o")
    await Exemptions(vault).give(conn, Exemption(ExemptionKind.PASSIVE, person, TODAY, "reason", NOW))
    await Subscriptions(vault).begin(conn, [("o", Subject(Scheme.EMPLOYEE, person, "440100"))], NOW)
    await Tasks(vault).add(conn, [(TaskKind.ASSIST, person)], NOW)
    await Agencies(vault).end(conn, person, NOW)


async def found(conn, vault: Vault, person: Identity) -> list[object]:
    """Search all tables for a person; each value is falsy where nothing is found."""
    where = (Scheme.EMPLOYEE, person.id_type, person.number)
    subject = Subject(Scheme.EMPLOYEE, person, "440100")
    await Tasks(vault).add(conn, [(TaskKind.ASSIST, person)], NOW)
    return [
        await Beneficiaries(vault).find(conn, *where),
        await Enrolments(vault).get(conn, person.id_type, person.number, "pack"),
        await Certifications(vault).latest(conn, *where),
        await Exemptions(vault).is_in_force(conn, ExemptionKind.PASSIVE, person, TODAY),
        (await DueDates(vault).of(conn, [subject]))[person_of(subject)],
        await Agencies(vault).ended(conn, [person]),
        len(await Tasks(vault).waiting(conn, 9)) == 1,
    ]


@pytest.mark.parametrize("asked", [HELD, RENEWED, PRINTED])
async def test_every_table_finds_the_holder_of_a_renewed_permit(engine, vault, asked):
    async with transaction(engine) as conn:
        await hold(conn, vault, HELD)
        assert all(await found(conn, vault, asked))


@pytest.mark.parametrize("asked", [replace(HELD, number="H0123456801"), replace(HELD, number="M0123456701")])
async def test_permit_of_another_holder_finds_nothing(engine, vault, asked):
    async with transaction(engine) as conn:
        await hold(conn, vault, HELD)
        assert not any(await found(conn, vault, asked))


async def test_import_under_the_renewed_number_updates_the_same_person(engine, vault):
    async with transaction(engine) as conn:
        registry = Beneficiaries(vault)
        await registry.put(conn, [row_of(HELD)], NOW)
        counts = await registry.put(conn, [row_of(RENEWED)], NOW)
        assert (counts.new, counts.changed) == (0, 1)
        kept = await registry.find(conn, Scheme.EMPLOYEE, HELD.id_type, HELD.number)
    assert kept == row_of(RENEWED)


async def test_death_in_the_registry_ends_reminders_under_any_spelling(engine, vault):
    asked = Identity("买买提·吐尔逊", IdType.RESIDENT_ID, "440103195001011238")
    imported = row_of(
        replace(asked, name="买买提吐尔逊"), death_reported=TODAY, status=BenefitStatus.TERMINATED
    )
    async with transaction(engine) as conn:
        wishes = [(account, Subject(Scheme.EMPLOYEE, asked, "440100")) for account in ("own", "daughter")]
        await Subscriptions(vault).begin(conn, wishes, NOW)
        await Beneficiaries(vault).put(conn, [imported], NOW)
        alive = select(func.count()).where(subscriptions.c.ended_at.is_(None))
        assert await conn.scalar(alive) == 0


async def test_death_report_ends_reminders_for_other_spellings_but_not_other_names(engine, vault):
    asked = Identity("买买提·吐尔逊", IdType.RESIDENT_ID, "440103195001011238")
    alive = select(func.count()).where(subscriptions.c.ended_at.is_(None))
    async with transaction(engine) as conn:
        held = Subscriptions(vault)
        await held.begin(conn, [("own", Subject(Scheme.EMPLOYEE, asked, "440100"))], NOW)
        await held.end_person(conn, replace(asked, name="某某某"), NOW)
        assert await conn.scalar(alive) == 1
        await held.end_person(conn, replace(asked, name="買買提吐爾遜"), NOW)
        assert await conn.scalar(alive) == 0


async def test_renewed_permit_is_found_after_a_key_rotation(engine):
    old, new = Vault.new_setting(), Vault.new_setting().replace("k1", "k2")
    async with transaction(engine) as conn:
        await hold(conn, Vault.from_setting(old), HELD)
    done = await rotate(engine, Vault.from_setting(f"{new},{old}"), lambda _: None)
    assert (done.left, done.unreachable_templates) == (0, 0)
    async with transaction(engine) as conn:
        assert all(await found(conn, Vault.from_setting(new), RENEWED))


@pytest.fixture
async def old_engine(database_url):
    """Open a database with the schema from before hashes were made of the lifelong part."""
    async with engine_at_revision(database_url, "0010") as engine:
        yield engine


def old_row(vault: Vault, person: Identity, table, column: str, **facts) -> dict[str, object]:
    text = write_people(person, None) if column == "people" else write_identity(person)
    return {
        "id_type": person.id_type,
        "number_blind": vault.blind(person.number, f"{table.name}.number"),
        column: vault.seal(text, f"{table.name}.{column}"),
        **facts,
    }


def old_template(vault: Vault, person: Identity, face: bytes, at) -> dict[str, object]:
    blind = vault.blind(person.number, "templates.number")
    sealed = vault.seal_bytes(face, f"templates.template@{blind.hex()}")
    facts = {"id_type": person.id_type, "pack": "pack", "source": "file", "enrolled_at": at}
    return {"number_blind": blind, "template": sealed, **facts}


async def fill(conn, vault: Vault) -> None:
    row = {"scheme": "employee", "city": "440100", "status": "active"}
    held = old_row(vault, HELD, beneficiaries, "identity", updated_at=NOW, **row)
    renewed = old_row(vault, RENEWED, beneficiaries, "identity", updated_at=NOW + timedelta(1), **row)
    await conn.execute(insert(beneficiaries), [held, renewed])
    await conn.execute(insert(templates), [old_template(vault, HELD, b"old face", NOW)])
    await conn.execute(insert(templates), [old_template(vault, RENEWED, b"face", NOW + timedelta(1))])
    task = old_row(vault, HELD, tasks, "person", kind="assist", created_at=NOW)
    resident = Identity("张三", IdType.RESIDENT_ID, "440103195001011238")
    await conn.execute(
        insert(tasks), [task, old_row(vault, resident, tasks, "person", kind="death", created_at=NOW)]
    )
    made = {"receipt": "R1", "ticket_hash": TICKET, "account": "o", "certified_at": NOW, "due_on": TODAY}
    passed = old_row(vault, HELD, certifications, "people", scheme="employee", city="440100", **made)
    await conn.execute(insert(certifications), [{**passed, "channel": "face", "scores": {}}])


async def test_upgrade_recomputes_the_hashes_and_keeps_the_newer_duplicate(old_engine, vault):
    async with transaction(old_engine) as conn:
        await fill(conn, vault)
    await upgrade(old_engine, lambda: vault)
    async with transaction(old_engine) as conn:
        registry, faces = Beneficiaries(vault), Enrolments(vault)
        for asked in (HELD, RENEWED, PRINTED):
            kept = await registry.find(conn, Scheme.EMPLOYEE, asked.id_type, asked.number)
            assert kept is not None
            assert kept.identity == RENEWED
            assert await faces.get(conn, asked.id_type, asked.number, "pack") == b"face"
            assert await Certifications(vault).latest(conn, Scheme.EMPLOYEE, asked.id_type, asked.number)
            await Tasks(vault).add(conn, [(TaskKind.ASSIST, asked)], NOW)
        assert len(await Tasks(vault).waiting(conn, 9)) == 2
        assert await conn.scalar(select(func.count()).select_from(beneficiaries)) == 1
        assert await conn.scalar(select(func.count()).select_from(templates)) == 1
        assert await conn.scalar(select(beneficiaries.c.passed_on)) == NOW.date()


async def test_upgrade_without_the_keys_changes_nothing(old_engine, vault):
    async with transaction(old_engine) as conn:
        await fill(conn, vault)
    with pytest.raises(BadKeys):
        await upgrade(old_engine)
    assert await fit_of(old_engine) is SchemaFit.OLDER
    await upgrade(old_engine, lambda: vault)
    assert await fit_of(old_engine) is SchemaFit.CURRENT


async def test_upgrade_command_with_wrong_keys_is_refused_in_one_line(old_engine, terminal):
    async with transaction(old_engine) as conn:
        await fill(conn, Vault.from_setting(KEY))
    terminal.set(DATABASE_URL=old_engine.url.render_as_string(hide_password=False), DATA_KEYS=NEW_KEY)
    ran = await terminal.run("db", "upgrade")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "DATA_KEYS" in ran.err
    terminal.set(DATA_KEYS=KEY)
    assert (await terminal.run("db", "upgrade")).code == 0
