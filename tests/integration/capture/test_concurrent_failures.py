"""Simultaneous failures of one person from different accounts: two services over PostgreSQL."""

import asyncio
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import text

from dialogs.rules.failure_limit import MOST_FAILURES
from dialogs.values import CaptureOutcome
from storage.database import open_engine
from tests.integration.capture.test_daily_failures import fail, tasks_of
from tests.support.captures.capture_service import (
    PORTRAIT,
    STRANGER,
    CaptureServer,
    RecordingConversation,
    capture_server,
    enrol,
)
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_postgresql


class SlowConversation(RecordingConversation):
    """Keeps the transaction of the next failure open until `go_on` is set."""

    def __init__(self):
        super().__init__()
        self.failing, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def feed(self, conn, account, event):
        await super().feed(conn, account, event)
        if event.outcome is CaptureOutcome.FAILED:
            self.failing.set()
            await self.go_on.wait()


@dataclass
class Processes:
    """Two services over one database, each with its own audit chain; waits for locks are observed."""

    one: CaptureServer
    other: CaptureServer
    database_url: str

    async def beside_a_failure(self, picture):
        """Send a picture to the other service while a failure is written and not yet committed."""
        slow, beside = self.one, self.other
        failing, open_there = (
            await slow.agreed_ticket(account="o_one"),
            await beside.agreed_ticket(account="o_other"),
        )
        slow.conversation.failing.clear()
        slow.conversation.go_on.clear()
        failure = asyncio.create_task(slow.send(failing, STRANGER))
        await slow.conversation.failing.wait()
        shown = asyncio.create_task(beside.send(open_there, picture))
        await self._until_done_or_waiting(shown)
        slow.conversation.go_on.set()
        return (await failure)[1], (await shown)[1]

    async def _until_done_or_waiting(self, task):
        watching = open_engine(self.database_url)
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        async with asyncio.timeout(60), watching.connect() as conn:
            while not (task.done() or await conn.scalar(waiting)):  # noqa: ASYNC110 - shares only the database
                await asyncio.sleep(0.01)
        await watching.dispose()


@pytest.fixture
async def processes(parts, engine, database_url):
    there = replace(parts, engine=engine, conversation=SlowConversation())
    other = replace(there, writer="other", conversation=RecordingConversation())
    await enrol(there)
    async with capture_server(there) as server, capture_server(other) as beside:
        yield Processes(server, beside, database_url)


async def test_pass_during_the_fifth_failure_does_not_count(processes):
    await fail(processes.one, MOST_FAILURES - 1)
    fifth, beside = await processes.beside_a_failure(PORTRAIT)
    assert fifth["outcome"] == "failed"
    assert (beside["outcome"], "明天可以再试" in beside["message"]) == ("closed", True)


async def test_second_of_two_simultaneous_failures_counts_as_the_fifth(processes):
    await fail(processes.one, MOST_FAILURES - 2)
    await processes.beside_a_failure(STRANGER)
    servers = (processes.one, processes.other)
    failed_too_often = [server.conversation.events[-1][1].failed_too_often for server in servers]
    assert failed_too_often == [False, True]
    assert len(await tasks_of(processes.one)) == 1
