"""Counts how often the platform has sent one message: it does so three times, and then no more."""

from collections import OrderedDict

LAST_TRY = 3
"""Tries of the platform for one message; what the third one hears is what the person reads."""

_MOST = 20_000
"""Messages that are remembered, the newest ones: some minutes of a large account that answers nothing."""


class DeliveryTries:
    """Counts in memory: another process begins anew, and may refuse the last try with an error."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._tries: OrderedDict[str, int] = OrderedDict()

    def is_last(self, key: str) -> bool:
        """Count one more try of a delivery that could not be written; whether the platform sends no other."""
        self._tries[key] = self._tries.pop(key, 0) + 1
        if len(self._tries) > self._most:
            self._tries.popitem(last=False)
        return self._tries[key] >= LAST_TRY
