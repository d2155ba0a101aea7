"""The rule that decides after each try what happens to a message."""

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


def decision_for(errcode, attempts=1, kind=TEXT, **more):
    return judge(meaning(errcode), errcode, Sending(kind, attempts, **more))


@pytest.mark.parametrize("attempts", [1, 7, 1000])
def test_sent_message_ends_and_given_up_message_is_dead(attempts):
    assert decision_for(0, attempts) == Ended(dead=False)
    assert decision_for(43004, attempts) == Ended(dead=True)


@over(
    [NO_ANSWER, -1, 40001, 40125], [(1, 1), (2, 2), (3, 4), (11, 1024), (12, 1800), (13, 1800), (349, 1800)]
)
def test_retry_delay_doubles_up_to_half_an_hour(errcode, attempts, seconds):
    assert decision_for(errcode, attempts) == RetryAfter(timedelta(seconds=seconds))


@over([one for one in Delivery if one is not Delivery.SENT], [TEXT, TEMPLATE, REMINDER])
def test_no_failure_class_is_retried_forever(outcome, kind):
    assert judge(outcome, 1, Sending(kind, 350)) in {Ended(dead=True), RefusedReminder()}
    assert POLICIES[outcome].most_attempts <= 350


@over(
    [(40037, REMINDER, RetryAfter(timedelta(minutes=30))), (45015, TEXT, RetryWhenHeard())],
    [6, 60, 349],
    ["-1", "45009", "-1000", "40125"],
)
def test_attempts_of_an_outage_do_not_count_for_what_follows_it(errcode, kind, decision, attempts, before):
    assert decision_for(errcode, attempts, kind, last_error=before) == decision


@over([("40037", 40037, 350), ("lost", 40037, 6), ("40125", -1, 350), ("lost", -1, 350)])
def test_attempts_of_the_same_fault_count_also_around_a_killed_worker(before, errcode, attempts):
    assert decision_for(errcode, attempts, REMINDER, last_error=before) == Ended(dead=True)


@over(
    [(45015, TEXT, RetryWhenHeard()), (40037, REMINDER, RetryAfter(timedelta(minutes=30)))], ["lost", "again"]
)
def test_worker_killed_in_an_outage_leaves_its_attempts_uncounted(errcode, kind, decision, before):
    assert decision_for(errcode, 120, kind, last_error=before) == decision


def test_closed_reply_window_falls_back_to_the_template_if_there_is_one():
    assert decision_for(45015, has_template=True) == UseOtherChannel()
    assert decision_for(45015) == RetryWhenHeard()


@pytest.mark.parametrize(("errcode", "seconds"), [(45011, 60), (45009, 1800)])
def test_full_quota_waits_longer_than_a_transient_error(errcode, seconds):
    assert decision_for(errcode) == RetryAfter(timedelta(seconds=seconds))


@pytest.mark.parametrize("errcode", [40037, 48001, 47003, 48008, 41030, 99999])
def test_misconfigured_message_is_tried_six_times_and_a_text_then_waits(errcode):
    assert decision_for(errcode, 1, REMINDER) == decision_for(errcode, 5) == RetryAfter(timedelta(minutes=30))
    assert decision_for(errcode, 6, REMINDER) == decision_for(errcode, 6, TEMPLATE) == Ended(dead=True)
    assert decision_for(errcode, 6) == RetryWhenHeard()


@pytest.mark.parametrize("errcode", [43101, 48002, 43019, 50002])
def test_message_refused_by_the_recipient_is_tried_once(errcode):
    assert decision_for(errcode, 1, REMINDER) == RefusedReminder()
    assert decision_for(errcode, 1, TEMPLATE) == Ended(dead=True)
    assert decision_for(errcode, 1) == RetryWhenHeard()
