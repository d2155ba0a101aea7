"""What becomes of a message after each try: a pure rule."""

from datetime import timedelta

import pytest

from bot.delivery.retry import Again, Ended, OtherChannel, judge
from bot.wechat.errcodes import Delivery


@pytest.mark.parametrize("attempts", [1, 7, 1000])
def test_sent_is_over_and_given_up_is_kept_for_the_operator(attempts):
    assert judge(Delivery.SENT, 0, attempts) == Ended(dead=False)
    assert judge(Delivery.GIVE_UP, 43004, attempts) == Ended(dead=True)


@pytest.mark.parametrize("outcome", [Delivery.RETRY, Delivery.OTHER_CHANNEL])
@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1), (2, 2), (3, 4), (11, 1024), (12, 1800), (13, 1800), (10_000, 1800)]
)
def test_tries_grow_apart_to_half_an_hour_and_never_end(outcome, attempts, seconds):
    assert judge(outcome, -1, attempts) == Again(timedelta(seconds=seconds))


def test_a_closed_window_with_a_template_goes_the_other_way_at_once():
    assert judge(Delivery.OTHER_CHANNEL, 45015, 1, has_other=True) == OtherChannel()


@pytest.mark.parametrize(("errcode", "seconds"), [(45011, 60), (45009, 1800)])
def test_full_quotas_wait_longer_than_a_stumble(errcode, seconds):
    assert judge(Delivery.RETRY, errcode, 1) == Again(timedelta(seconds=seconds))


@pytest.mark.parametrize("errcode", [40037, 48001])
def test_a_template_that_the_operator_can_mend_ends_no_result(errcode):
    assert judge(Delivery.GIVE_UP, errcode, 3, is_other=True) == Again(timedelta(seconds=4))
    assert judge(Delivery.GIVE_UP, errcode, 3) == Ended(dead=True)
    assert judge(Delivery.GIVE_UP, 43004, 3, is_other=True) == Ended(dead=True)
