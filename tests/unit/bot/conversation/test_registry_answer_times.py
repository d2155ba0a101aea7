"""The times of a registry over HTTP, of the reply and of the check's lease fit each other."""

from bot.conversation.reception import REPLY_DEADLINE
from bot.conversation.transaction import CHECK_LEASE
from bot.reminders import links
from storage.registry.http import ANSWER_SECONDS


def test_an_answer_that_misses_the_reply_follows_it_and_is_not_asked_for_twice():
    """Otherwise nobody reads 正在核验: a registry of three seconds is 系统繁忙, again and again."""
    lease = CHECK_LEASE.total_seconds()
    assert REPLY_DEADLINE < ANSWER_SECONDS < lease - REPLY_DEADLINE


def test_a_page_waits_until_the_registry_counts_as_away():
    """Otherwise nobody counts or logs that it did not answer; aiohttp rounds its time up to a second."""
    assert ANSWER_SECONDS + 1 < links.DEADLINE
