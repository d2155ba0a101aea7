"""The imported registry, face templates and key rotation, on both databases."""

import zipfile
from datetime import date

import pytest
from sqlalchemy import text

from dialogs.rules.identity import masked
from dialogs.values import BenefitStatus, IdType, Scheme, Subject
from storage.database import connect, transaction
from storage.errors import StorageError
from storage.records.beneficiaries import Beneficiaries, ImportCounts
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.registry.file import open_registry_file
from storage.registry.importing.comparison import write_missing
from storage.registry.importing.importer import RegistryImport
from storage.registry.importing.row_counts import RowCounts
from storage.registry.table import TableRegistry
from storage.reminders.subscriptions import Subscriptions
from storage.sealing.vault import Vault
from tests.support.files.registry_files import GOOD, OTHER, changed_row, write_csv
from tests.support.storage.factories import AGENT, NOW, PERSON, SUBJECT, beneficiary, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]


async def test_beneficiaries_are_counted_as_new_changed_or_unchanged(engine, vault):
    registry = Beneficiaries(vault)
    other = beneficiary("440524188001010014", scheme=Scheme.RESIDENT)
    moved = beneficiary(city="440300", death_reported=date(2026, 1, 2))
    async with transaction(engine) as conn:
        assert await registry.put(conn, [beneficiary(), other], NOW) == ImportCounts(2, 0, 0)
        assert await registry.put(conn, [moved, other], NOW) == ImportCounts(0, 1, 1)
        assert await registry.put(conn, [], NOW) == ImportCounts(0, 0, 0)
        assert await registry.find(conn, moved.scheme, PERSON.id_type, PERSON.number) == moved
        assert await registry.find(conn, Scheme.RESIDENT, PERSON.id_type, PERSON.number) is None


async def test_damaged_row_is_rewritten_without_ending_the_import(engine, vault):
    registry, other = Beneficiaries(vault), beneficiary("440524188001010014")
    newer = beneficiary(last_certified=date(2026, 5, 1))
    async with transaction(engine) as conn:
        await registry.put(conn, [beneficiary(), other], NOW)
        damage = text("UPDATE beneficiaries SET identity = :wrong WHERE id = 1")
        await conn.execute(damage, {"wrong": b"\x01\x02"})
        assert [one async for one in registry.held_in(conn, other.city)] == [other]
        assert await registry.compare(conn, [newer, other]) == ImportCounts(0, 1, 1)
        done = await registry.put(conn, [newer, other], NOW)
        assert (done, done.certified) == (ImportCounts(0, 1, 1), [newer])
        assert await registry.find(conn, newer.scheme, PERSON.id_type, PERSON.number) == newer


@pytest.mark.parametrize(
    ("column", "counts"), [("status", ImportCounts(0, 1, 1)), ("scheme", ImportCounts(1, 0, 1))]
)
async def test_import_works_beside_rows_with_words_of_a_newer_release(engine, vault, column, counts):
    registry, other = Beneficiaries(vault), beneficiary("440524188001010014")
    async with transaction(engine) as conn:
        await registry.put(conn, [beneficiary(), other], NOW)
        await Subscriptions(vault).begin(conn, [("a", Subject(other.scheme, PERSON, other.city))], NOW)
        await Subscriptions(vault).begin(
            conn, [("b", Subject(other.scheme, other.identity, other.city))], NOW
        )
        await conn.execute(text(f"UPDATE beneficiaries SET {column} = 'unheard' WHERE id = 1"))  # noqa: S608
        await conn.execute(text("UPDATE subscriptions SET scheme = 'unheard' WHERE account = 'a'"))
        assert [one async for one in registry.held_in(conn, other.city)] == [other]
        assert await registry.compare(conn, [beneficiary(), other]) == counts
        assert await registry.put(conn, [beneficiary(), other], NOW) == counts
        assert await registry.find(conn, other.scheme, PERSON.id_type, PERSON.number) == beneficiary()


async def test_prepared_batch_counts_rows_written_meanwhile_as_unchanged(engine, vault):
    registry, known = Beneficiaries(vault), beneficiary()
    late, moved = beneficiary("440524188001010014"), beneficiary(city="440300")
    async with transaction(engine) as conn:
        await registry.put(conn, [known], NOW)
    async with connect(engine) as conn:
        prepared = await registry.prepare(conn, [known, late], NOW)
        untouched = await registry.prepare(conn, [moved], NOW)
    async with transaction(engine) as conn:
        assert await registry.put_prepared(conn, untouched, NOW) == ImportCounts(0, 1, 0)
        await registry.put(conn, [late], NOW)
    async with transaction(engine) as conn:
        assert await registry.put_prepared(conn, prepared, NOW) == ImportCounts(0, 0, 2)
        assert await registry.find(conn, known.scheme, PERSON.id_type, PERSON.number) == moved


@pytest.mark.parametrize("is_reminded", [False, True])
async def test_unchanged_prepared_row_does_not_undo_a_later_write(engine, vault, is_reminded):
    registry, known, moved = Beneficiaries(vault), beneficiary(), beneficiary(city="440300")
    async with transaction(engine) as conn:
        await registry.put(conn, [known], NOW)
        wishes = [("anna", SUBJECT)] if is_reminded else []
        await Subscriptions(vault).begin(conn, wishes, NOW)
    async with connect(engine) as conn:
        prepared = await registry.prepare(conn, [known], NOW)
    async with transaction(engine) as conn:
        await registry.put(conn, [moved], NOW)
    async with transaction(engine) as conn:
        assert await registry.put_prepared(conn, prepared, NOW) == ImportCounts(0, 0, 1)
        assert await registry.find(conn, known.scheme, PERSON.id_type, PERSON.number) == moved


async def test_unchanged_row_still_resumes_paused_reminders(engine, vault):
    registry, reminders = Beneficiaries(vault), Subscriptions(vault)
    async with transaction(engine) as conn:
        await registry.put(conn, [beneficiary()], NOW)
        await reminders.begin(conn, [("anna", SUBJECT)], NOW)
        await reminders.report_death(conn, PERSON, "bob", NOW)
    async with connect(engine) as conn:
        prepared = await registry.prepare(conn, [beneficiary()], NOW)
    async with transaction(engine) as conn:
        assert await registry.put_prepared(conn, prepared, NOW) == ImportCounts(0, 0, 1)
        [one] = await reminders.alive_of(conn, "anna")
    assert not one.is_paused


async def test_people_are_found_during_a_key_rotation(engine):
    old_key, new_key = Vault.new_setting(), Vault.new_setting().replace("k1:", "k2:")
    old, both = Vault.from_setting(old_key), Vault.from_setting(f"{new_key},{old_key}")
    moved = beneficiary(city="440300")
    async with transaction(engine) as conn:
        await Beneficiaries(old).put(conn, [beneficiary()], NOW)
        await add_pass(conn, old, certification())
        await Enrolments(old).put(
            conn, EnrolmentTemplate(PERSON.id_type, PERSON.number, "p", b"old", "registry"), NOW
        )
        assert await Beneficiaries(both).put(conn, [beneficiary()], NOW) == ImportCounts(0, 0, 1)
        assert await Beneficiaries(both).put(conn, [moved], NOW) == ImportCounts(0, 1, 0)
        assert await Beneficiaries(both).find(conn, moved.scheme, PERSON.id_type, PERSON.number) == moved
        newest = await Certifications(both).latest(conn, Scheme.EMPLOYEE, PERSON.id_type, PERSON.number)
        assert newest == certification()
        await Enrolments(both).put(
            conn, EnrolmentTemplate(PERSON.id_type, PERSON.number, "p", b"new", "registry"), NOW
        )
        assert await Enrolments(both).get(conn, PERSON.id_type, PERSON.number, "p") == b"new"


async def test_face_templates_are_stored_per_person_and_pack(engine, vault):
    templates = Enrolments(vault)
    person = (PERSON.id_type, PERSON.number)
    async with transaction(engine) as conn:
        await templates.put(conn, EnrolmentTemplate(*person, "opencv-zoo", b"\x00\x01", "registry"), NOW)
        await templates.put(conn, EnrolmentTemplate(*person, "opencv-zoo", b"\x02\x03", "counter"), NOW)
        assert await templates.get(conn, *person, "opencv-zoo") == b"\x02\x03"
        assert await templates.has(conn, *person, "opencv-zoo")
        assert await templates.get(conn, *person, "buffalo_l") is None
        assert not await templates.has(conn, IdType.HMT_RESIDENCE, PERSON.number, "opencv-zoo")


_STEAL = "UPDATE templates SET template = (SELECT template FROM templates WHERE id_type = 'passport')"


async def test_face_template_moved_to_another_person_does_not_open(engine, vault):
    templates = Enrolments(vault)
    async with transaction(engine) as conn:
        await templates.put(
            conn, EnrolmentTemplate(PERSON.id_type, PERSON.number, "p", b"victim", "registry"), NOW
        )
        await templates.put(
            conn, EnrolmentTemplate(AGENT.id_type, AGENT.number, "p", b"thief", "registry"), NOW
        )
        await conn.execute(text(_STEAL))
        with pytest.raises(StorageError):
            await templates.get(conn, PERSON.id_type, PERSON.number, "p")


PEOPLE = """\
scheme,name,id_type,id_number,city,benefit_status,benefit_start,last_certified,photo,death_reported
employee,欧阳·测试,resident_id,11010519491231002X,440100,active,2010-01-01,,photos/a.jpg,
resident,陈测试,resident_id,440524188001010014,440300,active,,,,
employee,无效,resident_id,123,440100,active,,,,
employee,欧阳·测试,resident_id,11010519491231002X,440100,active,2010-01-01,,,
"""


async def import_people(engine, vault, path):
    file = open_registry_file(path, NOW.date())
    return [counts async for counts in RegistryImport(engine, vault, lambda: NOW).apply(file)][-1]


async def test_file_imported_twice_changes_nothing(engine, vault, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    assert await import_people(engine, vault, path) == RowCounts(2, 0, 0, 2)
    assert await import_people(engine, vault, path) == RowCounts(0, 0, 2, 2)
    path.write_text(path.read_text("utf-8").replace("440300,active", "440300,suspended"), encoding="utf-8")
    assert await import_people(engine, vault, path) == RowCounts(0, 1, 1, 2)
    found = await TableRegistry(engine, vault).find(Scheme.RESIDENT, IdType.RESIDENT_ID, "440524188001010014")
    assert found.status is BenefitStatus.SUSPENDED


async def test_run_resumed_within_a_batch_counts_each_row_once(engine, vault, tmp_path):
    await import_people(engine, vault, write_csv(tmp_path / "first.csv", GOOD))
    file = open_registry_file(write_csv(tmp_path / "people.csv", GOOD, OTHER), NOW.date())
    done = RowCounts(new=1)  # done by a program with smaller batches
    importer = RegistryImport(engine, vault, lambda: NOW, done=done)
    assert [counts async for counts in importer.apply(file)] == [RowCounts(new=2)]


async def test_preview_counts_the_same_and_changes_nothing(engine, vault, tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed_row(OTHER, city="1"))
    importer = RegistryImport(engine, vault, lambda: NOW)
    for _ in range(2):
        file = open_registry_file(path, NOW.date())
        assert [counts async for counts in importer.preview(file)] == [RowCounts(1, 0, 0, 1)]
    assert (tmp_path / "people.csv.rejected.csv").exists()
    assert await import_people(engine, vault, path) == RowCounts(1, 0, 0, 1)


async def test_interrupted_import_still_writes_a_complete_reject_file(engine, vault, tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD, changed_row(OTHER, city="1"))
    applying = RegistryImport(engine, vault, lambda: NOW).apply(open_registry_file(path, NOW.date()))
    assert await anext(applying) == RowCounts(1, 0, 0, 1)
    await applying.aclose()
    assert zipfile.is_zipfile(tmp_path / "people.csv.rejected.xlsx")


async def test_only_missing_people_of_the_city_are_written_in_full(engine, vault, tmp_path):
    elsewhere = changed_row(OTHER, id_number="E1111111", benefit_status="active", death_reported="")
    ended = changed_row(OTHER, id_number="E2222222", city="440100")
    refused = changed_row(
        OTHER, id_number="E3333333", city="440100", benefit_status="active", death_reported=""
    )
    held = write_csv(tmp_path / "held.csv", GOOD, elsewhere, ended, refused)
    await import_people(engine, vault, held)
    export = write_csv(tmp_path / "export.csv", changed_row(refused, benefit_start="soon"))
    async with connect(engine) as conn:
        file = open_registry_file(export, NOW.date())
        found = await write_missing(conn, vault, file, "440100", tmp_path / "missing")
    assert (found.held, found.missing) == (2, 1)
    assert found.shown == [masked(PERSON)]
    for path in (tmp_path / "missing.csv", tmp_path / "missing.xlsx"):
        assert path.stat().st_mode & 0o777 == 0o600
        assert await import_people(engine, vault, path) == RowCounts(0, 0, 1, 0)


async def test_no_missing_file_is_written_if_nobody_is_missing(engine, vault, tmp_path):
    path = write_csv(tmp_path / "people.csv", GOOD)
    await import_people(engine, vault, path)
    async with connect(engine) as conn:
        file = open_registry_file(path, NOW.date())
        found = await write_missing(conn, vault, file, "440100", tmp_path / "missing")
    assert (found.held, found.missing, list(tmp_path.glob("missing*"))) == (1, 0, [])
