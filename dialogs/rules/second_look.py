"""Which passes a clerk looks at a second time (抽查): the uncertain ones, and a random share of all."""

from dialogs.values import PassChannel, PassMark

SECOND_LOOK_SHARE = 0.02
"""Share of all face passes, 0–1, unless the office sets another (`SECOND_LOOK_SHARE`)."""


def needs_second_look(channel: PassChannel, mark: PassMark, drawn: float, share: float) -> bool:
    """Decide about one pass by face; `drawn` is uniform in [0, 1). A rehearsal is nobody's pass."""
    if channel is PassChannel.REHEARSAL:
        return False
    return mark is PassMark.UNCERTAIN or drawn < share
