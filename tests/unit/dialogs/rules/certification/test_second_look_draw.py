"""Passes are drawn for a clerk's second look."""

from random import Random

from dialogs.rules.second_look import SECOND_LOOK_SHARE, needs_second_look
from dialogs.values import PassChannel, PassMark
from tests.support.tables import over

BY_FACE = [PassChannel.FACE, PassChannel.VIDEO, PassChannel.ASSISTED, PassChannel.WECHAT]


@over(BY_FACE, [(0.199, 0.02, True), (0.2, 0.02, False), (0.0, 0.0, False)])
def test_uncertain_pass_is_drawn_ten_times_as_often(channel, drawn, share, looked_at):
    assert needs_second_look(channel, PassMark.UNCERTAIN, drawn, share) is looked_at


@over(
    BY_FACE,
    [(0.0, 0.0, False), (0.0, 0.02, True), (0.0199, 0.02, True), (0.02, 0.02, False), (0.999, 1.0, True)],
)
def test_sure_pass_is_drawn_by_the_configured_share(channel, drawn, share, looked_at):
    assert needs_second_look(channel, PassMark.SURE, drawn, share) is looked_at


def test_rehearsal_is_never_drawn():
    assert not needs_second_look(PassChannel.REHEARSAL, PassMark.UNCERTAIN, 0.0, 1.0)


def test_default_share_is_one_in_fifty():
    dice = Random(7)  # noqa: S311 - a repeatable draw
    drawn = [
        needs_second_look(PassChannel.FACE, PassMark.SURE, dice.random(), SECOND_LOOK_SHARE)
        for _ in range(10_000)
    ]
    assert 160 < sum(drawn) < 240
