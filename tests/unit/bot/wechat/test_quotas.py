"""The platform's quotas are checked before sending: five in 48 hours, three in a minute, 100 000 a day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.wechat.api.quotas import (
    TEMPLATES_A_DAY,
    Channel,
    ReplyAllowance,
    choose,
    opening,
    payer,
    reply_allowance,
)
from messages import inbound
from storage.messaging.reply_windows import ReplyWindow, WindowKind

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("event", "which"),
    [
        (inbound.Text("1"), WindowKind.TEXT),
        (inbound.Media(inbound.MediaKind.VOICE), WindowKind.TEXT),
        (inbound.Click("HOME"), WindowKind.TAP),
        (inbound.Subscribed(), WindowKind.TAP),
        (inbound.Scanned("employee"), WindowKind.TAP),
        (inbound.Unsubscribed(), None),
        (inbound.TemplateJobFinished("1", "success"), None),
        (inbound.Unsupported("event LOCATION"), None),
    ],
)
def test_text_and_taps_open_reply_windows_and_other_events_do_not(event, which):
    assert opening(event) is which


@pytest.mark.parametrize(
    ("window", "pays"),
    [
        (ReplyWindow(), None),
        (ReplyWindow(text_at=NOW), WindowKind.TEXT),
        (ReplyWindow(text_at=NOW, text_sent=4), WindowKind.TEXT),
        (ReplyWindow(text_at=NOW, text_sent=5), None),
        (ReplyWindow(text_at=NOW - timedelta(hours=48) + SECOND), WindowKind.TEXT),
        (ReplyWindow(text_at=NOW - timedelta(hours=48)), None),
        (ReplyWindow(tap_at=NOW - 59 * SECOND, tap_sent=2), WindowKind.TAP),
        (ReplyWindow(tap_at=NOW - 60 * SECOND), None),
        (ReplyWindow(tap_at=NOW, tap_sent=3), None),
        (ReplyWindow(text_at=NOW, tap_at=NOW), WindowKind.TAP),
        (ReplyWindow(text_at=NOW, tap_at=NOW, tap_sent=3), WindowKind.TEXT),
        (
            ReplyWindow(text_at=NOW + timedelta(days=1)),
            WindowKind.TEXT,
        ),  # a window opened by a fast clock counts
    ],
)
def test_reply_window_that_ends_first_is_charged(window, pays):
    assert payer(window, NOW) is pays


@pytest.mark.parametrize(
    ("window", "sent", "has_template", "way"),
    [
        (None, 0, True, Channel.CUSTOM),
        (ReplyWindow(text_at=NOW), 0, True, Channel.CUSTOM),
        (ReplyWindow(), 0, True, Channel.TEMPLATE),
        (ReplyWindow(), TEMPLATES_A_DAY - 1, True, Channel.TEMPLATE),
        (ReplyWindow(), TEMPLATES_A_DAY, True, "45009"),
        (ReplyWindow(), 0, False, "45015"),
        (ReplyWindow(text_at=NOW, text_sent=5), 0, False, "45047"),
        (ReplyWindow(text_at=NOW, text_sent=5), 0, True, Channel.TEMPLATE),
    ],
)
def test_channel_is_chosen_by_quota_counts(window, sent, has_template, way):
    assert choose(window, sent, NOW, has_template=has_template) == way


@pytest.mark.parametrize(
    ("window", "queued", "left", "until"),
    [
        (None, 0, 0, None),
        (ReplyWindow(tap_at=NOW), 0, 0, None),
        (ReplyWindow(NOW), 0, 5, NOW + timedelta(hours=48)),
        (ReplyWindow(NOW, 3), 1, 1, NOW + timedelta(hours=48)),
        (ReplyWindow(NOW, 4), 3, 0, NOW + timedelta(hours=48)),
        (ReplyWindow(NOW - timedelta(hours=48)), 0, 0, None),
    ],
)
def test_reply_allowance_counts_sent_and_queued_messages(window, queued, left, until):
    assert reply_allowance(window, queued, NOW) == ReplyAllowance(left, until)
