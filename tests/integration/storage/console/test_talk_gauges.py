"""Gauges of the chats with clerks, on both databases."""

import re

from bot.metrics.database_levels import DatabaseLevels
from bot.metrics.prometheus import PrometheusMetrics
from dialogs.effects import TalkEnd
from storage.database import transaction
from storage.messaging.talks import Talks
from tests.support.storage.factories import MINUTE, NOW

pytest_plugins = ["tests.support.storage.databases"]


async def measured(engine):
    metrics = PrometheusMetrics()
    await DatabaseLevels(engine, metrics, lambda: NOW + 12 * MINUTE).refresh()
    return dict(re.findall(r"^pension_bot_(talk\w+(?:{.*})?) (\S+)$", metrics.text().decode(), re.MULTILINE))


def levels(waiting, taken, seconds):
    return {
        'talks{stage="waiting"}': waiting,
        'talks{stage="taken"}': taken,
        "talk_longest_wait_seconds": seconds,
    }


async def test_chats_are_measured_by_stage_with_the_longest_wait(engine, vault):
    nobody = {
        'talks{stage="waiting"}': "0.0",
        'talks{stage="taken"}': "0.0",
        "talk_longest_wait_seconds": "0.0",
    }
    assert await measured(engine) == nobody
    talks = Talks(vault)
    async with transaction(engine) as conn:
        for account, minutes in (("a", 0), ("b", 2), ("c", 3), ("d", 4)):
            await talks.open(conn, account, NOW + minutes * MINUTE)
        await talks.take(conn, 1, "li", NOW + 5 * MINUTE)
        await talks.end(conn, "d", TalkEnd.UNANSWERED, NOW + 6 * MINUTE)
    assert await measured(engine) == levels("2.0", "1.0", "600.0")
