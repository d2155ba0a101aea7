"""Draws passes for a second look by a clerk (抽查): a share of all, and more of the uncertain ones."""

from dialogs.values import PassChannel, PassMark

SECOND_LOOK_SHARE = 0.02
"""Share of all face passes, 0–1, unless the office sets another (`SECOND_LOOK_SHARE`)."""

UNCERTAIN_WEIGHT = 10
"""How many times as often an uncertain pass is drawn.

Every pass with small movements is uncertain, so a task for each would be more than an office can handle; all
of them can be listed by their mark.
"""


def needs_second_look(channel: PassChannel, mark: PassMark, drawn: float, share: float) -> bool:
    """Decide about one pass by face; `drawn` is uniform in [0, 1), `share` 0–1.

    A rehearsal is nobody's pass.
    """
    if channel is PassChannel.REHEARSAL:
        return False
    weight = UNCERTAIN_WEIGHT if mark is PassMark.UNCERTAIN else 1
    return drawn < weight * share
