"""Queued messages reach the person once and in order, and one bad row blocks no others."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.delivery.worker import DeliveryWorker
from bot.wechat.api.client import SendResult
from bot.wechat.api.errcodes import Delivery
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from tests.support.manual_clock import MORNING, ManualClock

pytest_plugins = ["tests.support.storage.databases"]

SENT, LATER, NEVER = (
    SendResult(Delivery.SENT, 0),
    SendResult(Delivery.RETRY, -1),
    SendResult(Delivery.GIVE_UP, 43004),
)


class WeChat:
    """Stands in for the platform: accepts messages, or answers as told."""

    def __init__(self):
        self.heard = []
        self.answers = []

    async def send_text(self, account, text):
        answer = self.answers.pop(0) if self.answers else SENT
        if answer is SENT:
            self.heard.append((account, text))
        return answer


class Post:
    """One worker on a database."""

    def __init__(self, engine, vault):
        self.engine, self.outbox = engine, Outbox(vault)
        self.clock, self.wechat = ManualClock(MORNING), WeChat()
        self.resumed = []
        self.broken = False
        self.worker = DeliveryWorker(
            engine, self.outbox, self.wechat, self.resume, self.clock, random_fraction=lambda: 0.0
        )

    async def resume(self, row):
        if self.broken:
            raise ValueError("陈建国")  # noqa: EM101 (a text that must not reach the log)
        self.resumed.append(row.body)

    async def put(self, kind, body, account="anna"):
        async with transaction(self.engine) as conn:
            await self.outbox.put(conn, [OutboxItem(account, kind, body, self.clock())], self.clock())

    async def later(self, seconds):
        self.clock.now += timedelta(seconds=seconds)
        await self.worker.run_once()


@pytest.fixture
def post(engine, vault):
    return Post(engine, vault)


async def test_messages_arrive_once_and_in_order(post):
    for body in ("一", "二", "三"):
        await post.put(OutboxKind.TEXT, body)
    for _ in range(5):
        await post.later(0)
    assert post.wechat.heard == [("anna", "一"), ("anna", "二"), ("anna", "三")]


async def test_temporarily_failed_message_is_retried_after_its_wait(post):
    await post.put(OutboxKind.TEXT, "一")
    post.wechat.answers = [LATER, LATER]
    await post.later(0)
    await post.later(0)
    assert len(post.wechat.answers) == 1
    await post.later(1)
    await post.later(2)
    assert post.wechat.heard == [("anna", "一")]


async def test_undeliverable_message_does_not_block_the_next(post, caplog):
    await post.put(OutboxKind.TEXT, "一")
    await post.put(OutboxKind.TEXT, "二")
    post.wechat.answers = [NEVER]
    await post.later(0)
    await post.later(0)
    assert post.wechat.heard == [("anna", "二")]
    assert "43004" in caplog.text
    assert "anna" not in caplog.text


async def test_abandoned_check_is_resumed(post):
    await post.put(OutboxKind.CHECK, "7")
    await post.later(0)
    assert post.resumed == ["7"]


async def test_message_sent_during_a_database_outage_is_not_sent_again(post, monkeypatch):
    await post.put(OutboxKind.TEXT, "一")
    write = post.worker._delivery_log._write

    async def away(_delivery_log):
        raise OperationalError(None, None, OSError())

    monkeypatch.setattr(post.worker._delivery_log, "_write", away)
    await post.later(0)
    assert post.wechat.heard == [("anna", "一")]
    monkeypatch.setattr(post.worker._delivery_log, "_write", write)
    await post.later(61)
    await post.put(OutboxKind.TEXT, "二")
    await post.later(0)
    assert post.wechat.heard == [("anna", "一"), ("anna", "二")]


async def test_failing_row_blocks_no_other_and_is_retried(post, caplog):
    await post.put(OutboxKind.CHECK, "7")
    await post.put(OutboxKind.TEXT, "一")
    post.broken = True
    await post.later(0)
    assert post.wechat.heard == [("anna", "一")]
    assert "ValueError" in caplog.text
    assert "陈建国" not in caplog.text
    post.broken = False
    await post.later(61)
    assert post.resumed == ["7"]
