"""Loads in the database: one open at a time, state transitions, recognised by content."""

from dataclasses import replace

import pytest

from storage.console.loads import LoadKind, Loads, LoadState, NewLoad
from storage.database import transaction
from storage.registry.importing.row_counts import RowCounts
from storage.sealing.key_rotation import rotate
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.factories import MINUTE, NOW

pytest_plugins = ["tests.support.storage.databases"]
NEW = NewLoad(LoadKind.REGISTRY, "wang", "陈大文.csv", "440100")


@pytest.fixture
def vault():
    return Vault.from_setting(KEY)


async def begun(conn, loads, digest=b"digest", now=NOW):
    number = await loads.begin(conn, NEW, now)
    load = await loads.find(conn, number)
    assert await loads.received(conn, load, 9, digest, now)
    return await loads.find(conn, number)


async def test_second_load_begins_only_after_the_first_has_ended(engine, vault):
    loads = Loads(vault)
    async with transaction(engine) as conn:
        load = await begun(conn, loads)
        assert await loads.begin(conn, NEW, NOW) is None
        assert await loads.end(conn, load, LoadState.CANCELLED, NOW)
        assert not await loads.end(conn, load, LoadState.EXPIRED, NOW)
        assert (await loads.find(conn, load.id)).state is LoadState.CANCELLED
        assert await loads.begin(conn, NEW, NOW) is not None


async def test_ended_load_cannot_change_state(engine, vault):
    loads = Loads(vault)
    async with transaction(engine) as conn:
        load = await begun(conn, loads)
        await loads.end(conn, load, LoadState.CANCELLED, NOW)
        assert not await loads.note_counts(conn, load.id, LoadState.COUNTING, RowCounts(1), NOW)
        assert not await loads.counted(conn, load.id, None, NOW)
        assert not await loads.apply(conn, load.id, "zhao", NOW)


async def test_duplicate_is_the_newest_earlier_load_of_the_same_file(engine, vault):
    loads = Loads(vault)
    async with transaction(engine) as conn:
        for minutes, digest in enumerate((b"one", b"two", b"one")):
            load = await begun(conn, loads, digest, NOW + minutes * MINUTE)
            await loads.end(conn, load, LoadState.CANCELLED, NOW)
        assert (await loads.duplicate(conn, load, 10)).id == 1
        assert await loads.duplicate(conn, replace(load, digest=b"three"), 10) is None


async def test_name_digest_and_fault_survive_a_key_rotation(engine, vault):
    async with transaction(engine) as conn:
        load = await begun(conn, Loads(vault))
        await Loads(vault).end(conn, load, LoadState.UNREADABLE, NOW, "no_columns\nphoto")
    await rotate(engine, Vault.from_setting(f"{NEW_KEY},{KEY}"), lambda _: None)
    async with transaction(engine) as conn:
        found = await Loads(Vault.from_setting(NEW_KEY)).find(conn, load.id)
    assert (found.file_name, found.digest, found.fault) == (NEW.file_name, b"digest", "no_columns\nphoto")
