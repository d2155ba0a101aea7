"""The timeouts of the HTTP registry, of the reply and of the check's lease fit together."""

from bot.conversation.reception import REPLY_DEADLINE
from bot.conversation.transaction import CHECK_LEASE
from bot.reminders import links
from storage.registry.http import ANSWER_SECONDS


def test_registry_timeout_is_between_reply_deadline_and_lease_end():
    """Otherwise a registry that takes three seconds always gives 系统繁忙 and never 正在核验."""
    lease = CHECK_LEASE.total_seconds()
    assert REPLY_DEADLINE < ANSWER_SECONDS < lease - REPLY_DEADLINE


def test_page_deadline_is_longer_than_the_registry_timeout():
    """Otherwise its timeout is neither counted nor logged; aiohttp rounds it up to a full second."""
    assert ANSWER_SECONDS + 1 < links.DEADLINE
