"""A service crashes while it counts or applies a file; the next process resumes the load."""

import asyncio

import pytest

from storage.console.loads import LoadState
from storage.records.beneficiaries import Beneficiaries
from storage.registry.importing.row_counts import RowCounts
from tests.support.console.clerk_browser import serve_office
from tests.support.console.loads import (
    count_beneficiaries,
    newest_load,
    open_loading_page,
    registry_csv,
    upload_until_counted,
    wait_for_load_state,
)
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite
MANY = 10_000


class Killed(BaseException):
    """The end of a process, which no error handler catches."""


@pytest.fixture
def killed_in_batch(monkeypatch):
    """Give a function that makes the runner die in the given batch of a method, and signals when it did."""

    def kill_in_batch(method, batch):
        died, calls, real = asyncio.Event(), [], getattr(Beneficiaries, method)
        loop = asyncio.get_running_loop()

        async def dies(self, *arguments):
            calls.append(1)
            if len(calls) == batch:
                loop.call_soon_threadsafe(died.set)  # SQLite's transactions run in a thread
                raise Killed
            return await real(self, *arguments)

        monkeypatch.setattr(Beneficiaries, method, dies)
        return died

    return kill_in_batch


async def test_ten_thousand_people_are_applied_once_across_a_crash(engine, vault, uploads, killed_in_batch):
    with pytest.raises(Killed):  # noqa: PT012 - out of the running service
        async with serve_office(engine, vault, uploads=uploads) as office:
            desk = await open_loading_page(office)
            number = await upload_until_counted(office, desk, registry_csv(MANY))
            died = killed_in_batch("put_prepared", 7)
            await desk.post(f"loading/{number}/apply")
            await asyncio.wait_for(died.wait(), 120)
            assert (await newest_load(office)).state is LoadState.APPLYING
            assert await count_beneficiaries(office) == 1200
    async with serve_office(engine, vault, uploads=uploads) as office:
        load = await wait_for_load_state(office, LoadState.APPLIED)
        assert load.applied == RowCounts(new=MANY)
        assert await count_beneficiaries(office) == MANY
        entries = [detail for _, _, detail in await office.audit_entries("registry.imported")]
        assert entries == [f"new {MANY}, changed 0, unchanged 0, refused 0; load 1"]


async def test_counting_restarts_after_a_crash_and_changes_nothing(engine, vault, uploads, killed_in_batch):
    with pytest.raises(Killed):  # noqa: PT012 - out of the running service
        async with serve_office(engine, vault, uploads=uploads) as office:
            desk, died = await open_loading_page(office), killed_in_batch("compare", 2)
            await desk.upload("loading/registry", registry_csv(1200))
            await asyncio.wait_for(died.wait(), 120)
            assert (await newest_load(office)).state is LoadState.COUNTING
    async with serve_office(engine, vault, uploads=uploads) as office:
        load = await wait_for_load_state(office, LoadState.COUNTED)
        assert (load.rows, load.counted) == (1200, RowCounts(new=1200))
        assert await count_beneficiaries(office) == 0
