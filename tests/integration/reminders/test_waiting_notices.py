"""A pass notice that waits: reworded for its day or dropped; it counts once it is sent."""

from datetime import date, timedelta

import pytest

from bot.delivery.worker import DeliveryWorker
from bot.wechat.api.client import SendResult
from bot.wechat.api.errcodes import Delivery
from dialogs.values import PassChannel
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.schema.messaging import windows
from tests.support.storage.database_kinds import on_sqlite
from tests.support.wechat.pass_notices import LAST_YEAR, PassNoticeHarness

pytest_plugins = ["tests.support.storage.databases"]

OF_LAST_YEAR = "您已通过数据比对完成认证，无需操作。\n企业职工养老保险，2026年11月20日 认证。"


@pytest.fixture
def harness(engine, vault):
    return PassNoticeHarness(engine, vault)


class OpenWeChat:
    """Accepts every customer-service message, or refuses it as busy."""

    def __init__(self):
        self.heard, self.is_busy = [], False

    async def send_text(self, _account, text):
        if self.is_busy:
            return SendResult(Delivery.RETRY, -1)
        self.heard.append(text)
        return SendResult(Delivery.SENT, 0)


@pytest.fixture
def wechat():
    return OpenWeChat()


@pytest.fixture
def deliver(harness, wechat):
    """Let the worker send what may be sent to an account that has just written."""

    async def once():
        async with transaction(harness.engine) as conn:
            await conn.execute(windows.delete())
            await conn.execute(
                windows.insert().values(account="anna", text_at=harness.clock(), text_sent=0, tap_sent=0)
            )
        worker = DeliveryWorker(harness.engine, Outbox(harness.vault), wechat, print, harness.clock)
        await worker.run_once()
        return wechat.heard

    return once


async def test_notice_delayed_past_new_year_does_not_say_this_year(harness, deliver):
    await harness.add_subscriber()
    await harness.import_row()
    ((_, text),) = await harness.queued_texts()
    assert text.startswith("您今年")
    harness.clock.set(date(2027, 1, 1))
    assert await deliver() == []
    assert len(await harness.queued_notices()) == 1
    (heard,) = await deliver()
    assert heard.startswith(OF_LAST_YEAR)


@on_sqlite
async def test_notice_sent_in_the_same_year_keeps_its_wording(harness, deliver):
    await harness.add_subscriber()
    await harness.import_row()
    await harness.queued_notices()
    harness.clock.set(date(2026, 12, 31))
    (heard,) = await deliver()
    assert heard.startswith("您今年")


async def seen_at_the_counter(harness, of):
    """Let a clerk record a pass now; return its receipt."""
    sighting = harness.confirmation(PassChannel.COUNTER)
    made = await harness.in_transaction(
        lambda conn: harness.clerk.certify(conn, of.identity, of.scheme, sighting)
    )
    return made.receipt


async def revoke(harness, receipt):
    assert await harness.in_transaction(lambda conn: harness.clerk.revoke_pass(conn, receipt, "录错了人"))


async def test_failed_and_cancelled_notice_does_not_count_as_told(harness, deliver, wechat):
    of = await harness.add_subscriber()
    await harness.import_row(last_certified=LAST_YEAR)
    mistaken = await seen_at_the_counter(harness, of)
    assert len(await harness.queued_notices()) == 1
    wechat.is_busy = True
    assert await deliver() == []
    await revoke(harness, mistaken)
    assert await harness.queued_notices() == []
    harness.clock.set(date(2026, 11, 24))
    await seen_at_the_counter(harness, of)
    ((_, text),) = await harness.queued_texts()
    assert "2026年11月24日 认证" in text


@on_sqlite
async def test_notice_in_flight_when_cancelled_counts_as_told(harness):
    of = await harness.add_subscriber()
    await harness.import_row(last_certified=LAST_YEAR)
    mistaken = await seen_at_the_counter(harness, of)
    assert len(await harness.queued_notices()) == 1
    lease = timedelta(minutes=1)
    claim = Outbox(harness.vault).claim
    assert await harness.in_transaction(
        lambda conn: claim(conn, [OutboxKind.NOTICE], 9, harness.clock(), lease)
    )
    await revoke(harness, mistaken)
    await seen_at_the_counter(harness, of)
    assert await harness.queued_notices() == []


@on_sqlite
async def test_revoked_pass_is_not_told_although_the_due_date_is_unchanged(harness):
    await harness.import_row()
    of = await harness.add_subscriber()
    await revoke(harness, await seen_at_the_counter(harness, of))
    assert await harness.queued_notices() == []
