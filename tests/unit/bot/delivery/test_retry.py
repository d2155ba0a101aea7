"""The pure rule that decides about a message after each try."""

from datetime import timedelta

import pytest

from bot.delivery.retry import (
    Ended,
    RefusedReminder,
    RetryAfter,
    RetryWhenHeard,
    Sending,
    UseOtherChannel,
    judge,
)
from bot.wechat.api.errcodes import NO_ANSWER, POLICIES, Delivery, meaning
from storage.messaging.outbox import OutboxKind
from tests.support.tables import over

TEXT, TEMPLATE, REMINDER = OutboxKind.TEXT, OutboxKind.TEMPLATE, OutboxKind.REMINDER


def judged(errcode, attempts=1, kind=TEXT, **more):
    return judge(meaning(errcode), errcode, Sending(kind, attempts, **more))


@pytest.mark.parametrize("attempts", [1, 7, 1000])
def test_sent_is_over_and_given_up_is_kept_for_the_operator(attempts):
    assert judged(0, attempts) == Ended(dead=False)
    assert judged(43004, attempts) == Ended(dead=True)


@over(
    [NO_ANSWER, -1, 40001, 40125], [(1, 1), (2, 2), (3, 4), (11, 1024), (12, 1800), (13, 1800), (349, 1800)]
)
def test_tries_grow_apart_to_half_an_hour(errcode, attempts, seconds):
    assert judged(errcode, attempts) == RetryAfter(timedelta(seconds=seconds))


@over([one for one in Delivery if one is not Delivery.SENT], [TEXT, TEMPLATE, REMINDER])
def test_no_class_is_tried_for_ever(outcome, kind):
    assert judge(outcome, 1, Sending(kind, 350)) in {Ended(dead=True), RefusedReminder()}
    assert POLICIES[outcome].most_attempts <= 350


@over(
    [(40037, REMINDER, RetryAfter(timedelta(minutes=30))), (45015, TEXT, RetryWhenHeard())],
    [6, 60, 349],
    ["-1", "45009", "-1000", "40125"],
)
def test_attempts_of_an_outage_do_not_count_for_what_follows_it(errcode, kind, decision, attempts, before):
    assert judged(errcode, attempts, kind, last_error=before) == decision


@over([("40037", 40037), ("", 40037), ("lost", 40037), ("40125", -1)], [350])
def test_attempts_of_the_same_fault_and_of_unknown_ones_count(before, errcode, attempts):
    assert judged(errcode, attempts, REMINDER, last_error=before) == Ended(dead=True)


def test_a_closed_window_with_a_template_goes_the_other_way_at_once():
    assert judged(45015, has_template=True) == UseOtherChannel()
    assert judged(45015) == RetryWhenHeard()


@pytest.mark.parametrize(("errcode", "seconds"), [(45011, 60), (45009, 1800)])
def test_full_quotas_wait_longer_than_a_stumble(errcode, seconds):
    assert judged(errcode) == RetryAfter(timedelta(seconds=seconds))


@pytest.mark.parametrize("errcode", [40037, 48001, 47003, 48008, 41030, 99999])
def test_what_the_operator_can_mend_is_tried_six_times_and_a_result_waits_on(errcode):
    assert judged(errcode, 1, REMINDER) == judged(errcode, 5) == RetryAfter(timedelta(minutes=30))
    assert judged(errcode, 6, REMINDER) == judged(errcode, 6, TEMPLATE) == Ended(dead=True)
    assert judged(errcode, 6) == RetryWhenHeard()


@pytest.mark.parametrize("errcode", [43101, 48002, 43019, 50002])
def test_what_a_person_refuses_is_tried_once(errcode):
    assert judged(errcode, 1, REMINDER) == RefusedReminder()
    assert judged(errcode, 1, TEMPLATE) == Ended(dead=True)
    assert judged(errcode, 1) == RetryWhenHeard()
