"""A live capture's start is given back exactly once even if the request is cancelled during the commit."""

import asyncio
from contextlib import suppress
from random import SystemRandom
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select

from bot.capture.live.challenges import Challenges, LiveSession
from storage.database import connect, transaction
from storage.records.captures import Captures
from storage.schema.captures import captures
from tests.support.storage.factories import MINUTE, NOW, REQUEST, TICKET

pytest_plugins = ["tests.support.storage.databases"]

STARTS = 3


@pytest.fixture
async def session(engine, vault):
    stored = Captures(vault)
    async with transaction(engine) as conn:
        await stored.open(conn, TICKET, "a", REQUEST, NOW, NOW + MINUTE)
        for _ in range(STARTS):
            assert await stored.count_start(conn, TICKET, STARTS)
    return LiveSession(TICKET, None, SimpleNamespace(begun=True))


async def cancelled_in_its_commit(engine, work):
    """Run work, cancelled at the moment at which its commit is sent to the database."""
    task = asyncio.ensure_future(work)

    def cancel(_):
        task.cancel()

    event.listen(engine.sync_engine, "commit", cancel, once=True)
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()


@pytest.mark.parametrize("way", ["give_back", "forgive"])
async def test_request_cancelled_during_commit_gives_its_start_back_once(engine, vault, session, way):
    challenges = Challenges(engine, Captures(vault), SystemRandom())
    await cancelled_in_its_commit(engine, getattr(challenges, way)(session))
    await challenges.give_back(session)
    await challenges.forgive(session)
    async with connect(engine) as conn:
        assert await conn.scalar(select(captures.c.starts)) == STARTS - 1
