"""Every field of the reminder is within the platform's limits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.links import LinkEnding
from dialogs.rules.due import Standing
from dialogs.rules.identity import mask_name
from dialogs.values import Scheme
from messages.catalogue.phrases import ENDINGS, STANDINGS
from messages.template_messages.reminder import reminder_fields


@given(st.text("欧阳陈·", min_size=2, max_size=40), st.sampled_from(Scheme), st.integers(-366, 365))
def test_every_field_is_within_platform_limits(name, scheme, left):
    fields = reminder_fields(mask_name(name), scheme, date(2027, 11, 30), left)
    assert fields["time3"] == "2027年11月30日"
    assert all(len(fields[key]) <= 20 for key in ("thing1", "thing2", "thing4"))
    assert fields["thing4"].endswith("退订回复退订提醒")


@pytest.mark.parametrize(("left", "words"), [(60, "还有60天"), (0, "今天到期"), (-1, "已过期")])
def test_reminder_states_how_many_days_are_left(left, words):
    assert words in reminder_fields("陈*国", "employee", date(2027, 11, 30), left)["thing4"]


def test_reminder_page_has_sentence_for_every_standing_and_ending():
    assert set(STANDINGS) == set(Standing)
    assert set(ENDINGS) == set(LinkEnding)
