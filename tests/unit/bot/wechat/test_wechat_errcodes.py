"""The one map from error codes to what becomes of a message."""

import pytest

from bot.wechat.errcodes import NO_ANSWER, Delivery, meaning


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [
        (0, Delivery.SENT),
        (-1, Delivery.RETRY),
        (45009, Delivery.RETRY),
        (45011, Delivery.RETRY),
        (42001, Delivery.RETRY),
        (NO_ANSWER, Delivery.RETRY),
        (45015, Delivery.OTHER_CHANNEL),
        (45047, Delivery.OTHER_CHANNEL),
        (43004, Delivery.GIVE_UP),
        (45002, Delivery.GIVE_UP),
        (99999, Delivery.RETRY),
    ],
)
def test_meaning(errcode, outcome):
    assert meaning(errcode) is outcome
