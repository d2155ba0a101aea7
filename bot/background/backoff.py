"""Exponential backoff of something that is restarted after a failure: from one second to one minute."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds; each pause is twice the one before."""
RESET_AFTER = 60.0
"""Seconds that a run has to last for its pauses to begin at the first one again."""


class Backoff:
    """Pauses of one thing that is restarted after each failure."""

    def __init__(self) -> None:
        self._next = FIRST_PAUSE

    def after(self, lasted: float) -> float:
        """Return the seconds to pause after a run that lasted `lasted` seconds."""
        pause = FIRST_PAUSE if lasted >= RESET_AFTER else self._next
        self._next = min(2 * pause, LONGEST_PAUSE)
        return pause
