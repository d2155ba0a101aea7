"""The times of a registry over HTTP, of the reply and of the check's lease fit each other."""

from bot.conversation.reception import REPLY_DEADLINE
from bot.conversation.transaction import CHECK_LEASE
from storage.registry.http import ANSWER_SECONDS


def test_an_answer_that_misses_the_reply_follows_it_and_is_not_asked_for_twice():
    """Otherwise nobody reads 正在核验: a registry of three seconds is 系统繁忙, again and again."""
    lease = CHECK_LEASE.total_seconds()
    assert REPLY_DEADLINE < ANSWER_SECONDS < lease - REPLY_DEADLINE
