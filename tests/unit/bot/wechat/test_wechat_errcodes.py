"""The map from error codes to delivery outcomes."""

from bot.wechat.api.errcodes import NO_ANSWER, POLICIES, Delivery, meaning
from tests.support.tables import over


@over(
    [
        (0, Delivery.SENT),
        (-1, Delivery.RETRY),
        (45009, Delivery.RETRY),
        (45011, Delivery.RETRY),
        (NO_ANSWER, Delivery.RETRY),
        (40001, Delivery.LOCKED_OUT),
        (42001, Delivery.LOCKED_OUT),
        (40013, Delivery.LOCKED_OUT),
        (40125, Delivery.LOCKED_OUT),
        (40164, Delivery.LOCKED_OUT),
        (48004, Delivery.LOCKED_OUT),
        (50004, Delivery.LOCKED_OUT),
        (45015, Delivery.OTHER_CHANNEL),
        (45047, Delivery.OTHER_CHANNEL),
        (43004, Delivery.GIVE_UP),
        (45002, Delivery.GIVE_UP),
        (43101, Delivery.REFUSED),
        (48002, Delivery.REFUSED),
        (43019, Delivery.REFUSED),
        (50002, Delivery.REFUSED),
        (40037, Delivery.MISCONFIGURED),
        (41030, Delivery.MISCONFIGURED),
        (45064, Delivery.MISCONFIGURED),
        (47003, Delivery.MISCONFIGURED),
        (48001, Delivery.MISCONFIGURED),
        (48008, Delivery.MISCONFIGURED),
        (99999, Delivery.MISCONFIGURED),
    ]
)
def test_error_code_maps_to_its_delivery_outcome(errcode, outcome):
    assert meaning(errcode) is outcome


def test_every_delivery_outcome_has_a_policy():
    assert set(POLICIES) == set(Delivery)
