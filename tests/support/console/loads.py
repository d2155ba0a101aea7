"""Files that supervisors upload at the console, and the states of a load."""

import asyncio

from sqlalchemy import func, select

from storage.console.accounts import Role
from storage.console.loads import Loads, LoadState
from storage.database import connect
from storage.registry.row import COLUMNS
from storage.schema.people import beneficiaries
from tests.support.files.registry_files import GOOD, changed_row

PATIENCE = 120


def registry_csv(count, **cells):
    """Return a CSV registry file of generated people."""
    rows = [
        changed_row(GOOD, id_type="passport", id_number=f"E{serial:08}", photo="", **cells)
        for serial in range(count)
    ]
    return "\n".join(",".join(row) for row in (COLUMNS, *rows)).encode()


async def newest_load(office):
    async with connect(office.parts.engine) as conn:
        return (await Loads(office.parts.vault).recent(conn, 1))[0]


async def wait_for_load_state(office, state):
    """Wait until the newest load has reached a state; return the load."""
    async with asyncio.timeout(PATIENCE):
        while (load := await newest_load(office)).state != state:  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.02)
    return load


async def open_loading_page(office, name="wang"):
    desk = await office.sign_in(name, Role.SUPERVISOR)
    await desk.get("loading")
    return desk


async def upload_until_counted(office, desk, content, path="loading/registry", **fields):
    """Upload a file and wait until it is counted; return the load's number."""
    answer = await desk.upload(path, content, **fields)
    assert answer.location == "/admin/loading", answer.words
    return (await wait_for_load_state(office, LoadState.COUNTED)).id


async def count_beneficiaries(office):
    """Return the number of people in the registry."""
    async with connect(office.parts.engine) as conn:
        return (await conn.execute(select(func.count()).select_from(beneficiaries))).scalar_one()


async def wait_until(holds):
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - looks at files
            await asyncio.sleep(0.02)
