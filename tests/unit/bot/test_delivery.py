"""What becomes of a message after each try: a pure rule."""

from datetime import timedelta

import pytest

from bot.delivery import Again, Ended, judge
from bot.wechat.errcodes import Delivery


@pytest.mark.parametrize("attempts", [1, 7, 1000])
def test_sent_is_over_and_given_up_is_kept_for_the_operator(attempts):
    assert judge(Delivery.SENT, attempts) == Ended(dead=False)
    assert judge(Delivery.GIVE_UP, attempts) == Ended(dead=True)


@pytest.mark.parametrize("outcome", [Delivery.RETRY, Delivery.OTHER_CHANNEL])
@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1), (2, 2), (3, 4), (11, 1024), (12, 1800), (13, 1800), (10_000, 1800)]
)
def test_tries_grow_apart_to_half_an_hour_and_never_end(outcome, attempts, seconds):
    assert judge(outcome, attempts) == Again(timedelta(seconds=seconds))
