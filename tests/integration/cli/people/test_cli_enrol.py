"""`faces enroll` resumes: a photo from which a template was already made is not checked again."""

import multiprocessing
from contextlib import closing

import pytest
from sqlalchemy import func, select, update

from bot.capture.cores import usable_cores
from bot.enrolment.enroller import Enroller
from bot.enrolment.template_pool import TemplatePool
from bot.errors import CommandRefused
from dialogs.values import IdType
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.registry.importing.row_counts import RowCounts
from storage.schema.people import templates as table
from storage.sealing.key_rotation import rotate
from storage.sealing.vault import Vault
from storage.sheets.faults import FaultKind
from tests.support.files.registry_files import write_csv
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import NOW, beneficiary

pytest_plugins = ["tests.support.storage.databases"]

OLD, NEW, BOTH = (Vault.from_setting(keys) for keys in (KEY, NEW_KEY, f"{NEW_KEY},{KEY}"))
NUMBERS = ["11010519491231002X", "440524188001010014", "440103195001011238"]
HEADER = ("id_type", "id_number", "photo")


class Templates:
    """Replaces the processes that make templates; records the photos they are given."""

    def __init__(self, pack="p"):
        self.pack_name, self.workers, self.made = pack, 1, []

    async def templates(self, photos):
        self.made += photos
        return [FaultKind.NO_FACE if photo == b"wall" else b"face of " + photo for photo in photos]


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "wall"):
        (tmp_path / f"{name}.jpg").write_bytes(name.encode())
    return tmp_path


async def enrolled(engine, path, templates, vault=BOTH):
    """Enrol the file once; gives the counts."""
    counts = RowCounts()
    async for counts in Enroller(engine, Enrolments(vault), templates).enrol_file(path):  # noqa: B007
        pass
    return str(counts)


def listed(folder, *photos):
    rows = [("resident_id", number, photo) for number, photo in zip(NUMBERS, photos, strict=False)]
    return write_csv(folder / "list.csv", *rows, header=HEADER)


async def test_unchanged_photo_is_checked_once(engine, folder):
    path, templates = listed(folder, "a.jpg", "b.jpg", "wall.jpg"), Templates()
    assert await enrolled(engine, path, templates) == "new 2, changed 0, unchanged 0, refused 1"
    assert await enrolled(engine, path, templates) == "new 0, changed 0, unchanged 2, refused 1"
    assert templates.made == [b"a", b"b", b"wall", b"wall"]


async def test_damaged_template_is_recreated_without_ending_the_run(engine, folder):
    path, templates = listed(folder, "a.jpg", "b.jpg"), Templates()
    await enrolled(engine, path, templates)
    async with transaction(engine) as conn:
        first = select(func.min(table.c.number_blind)).scalar_subquery()
        wrong = dict.fromkeys(("template", "photo"), b"\x01\x02k1")
        await conn.execute(update(table).where(table.c.number_blind == first).values(wrong))
    assert await enrolled(engine, path, templates) == "new 0, changed 1, unchanged 1, refused 0"
    assert await enrolled(engine, path, templates) == "new 0, changed 0, unchanged 2, refused 0"


async def test_changed_photo_or_face_pack_is_checked_again(engine, folder):
    path, templates = listed(folder, "a.jpg"), Templates()
    await enrolled(engine, path, templates)
    (folder / "a.jpg").write_bytes(b"newer")
    assert await enrolled(engine, path, templates) == "new 0, changed 1, unchanged 0, refused 0"
    assert await enrolled(engine, path, Templates("other")) == "new 1, changed 0, unchanged 0, refused 0"
    assert templates.made == [b"a", b"newer"]


async def test_key_rotation_does_not_cause_photos_to_be_checked_again(engine, folder):
    async with transaction(engine) as conn:
        await Beneficiaries(OLD).put(conn, [beneficiary()], NOW)
    path = listed(folder, "a.jpg")
    await enrolled(engine, path, Templates(), OLD)
    await rotate(engine, BOTH, lambda _: None)
    for vault in (BOTH, NEW):
        assert await enrolled(engine, path, none := Templates(), vault)
        assert none.made == []


async def test_template_from_another_source_is_compared_by_content(engine, folder):
    async with transaction(engine) as conn:
        await Enrolments(BOTH).put(
            conn, EnrolmentTemplate(IdType.RESIDENT_ID, NUMBERS[0], "p", b"face of a", "counter"), NOW
        )
    path = listed(folder, "a.jpg")
    assert await enrolled(engine, path, Templates()) == "new 0, changed 0, unchanged 1, refused 0"


async def test_last_photo_of_a_person_listed_twice_wins(engine, folder):
    rows = [("resident_id", NUMBERS[0], photo) for photo in ("a.jpg", "b.jpg")]
    path = write_csv(folder / "list.csv", *rows, header=HEADER)
    for counts in ("new 1, changed 1, unchanged 0, refused 0", "new 0, changed 2, unchanged 0, refused 0"):
        assert await enrolled(engine, path, Templates()) == counts
        async with connect(engine) as conn:
            held = await Enrolments(BOTH).get(conn, IdType.RESIDENT_ID, NUMBERS[0], "p")
        assert held == b"face of b"


async def test_killed_template_process_ends_the_run_with_advice():
    with closing(TemplatePool("opencv-zoo")) as pool:
        assert await pool.templates([b"no picture"]) == [FaultKind.BAD_MEDIA]
        for process in multiprocessing.active_children():
            process.kill()
        with pytest.raises(CommandRefused, match="run it again to go on"):
            await pool.templates([b"no picture"])


async def test_photos_are_checked_by_one_process_per_core():
    with closing(TemplatePool("opencv-zoo")) as pool:
        await pool.templates([b"no picture"] * 4 * pool.workers)
        at_work = {process.pid for process in multiprocessing.active_children()}
        assert len(at_work) == pool.workers == usable_cores()
