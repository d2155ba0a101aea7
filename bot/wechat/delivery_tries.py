"""Counts how often the platform has sent one message; it sends a message at most three times."""

from collections import OrderedDict

LAST_TRY = 3
"""Tries of the platform for one message; what the third one hears is what the person reads."""

_LAST_AGES = (10.0, 60.0)
"""Seconds from a message's `CreateTime` to the answer of its last try: the platform begins one every five
seconds. What is older than that is a message of another time, and says nothing about tries."""

_MOST = 20_000
"""Messages that are remembered, the newest ones: some minutes of a large account that answers nothing."""


class DeliveryTries:
    """Counts in memory; where other processes may have had the other tries, the message's age decides."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._tries: OrderedDict[str, int] = OrderedDict()

    def is_last(self, key: str, age: float) -> bool:
        """Count one more try of a delivery that could not be written; whether the platform sends no other.

        `age` is in seconds, by the platform's own clock.
        """
        self._tries[key] = self._tries.pop(key, 0) + 1
        if len(self._tries) > self._most:
            self._tries.popitem(last=False)
        least, most = _LAST_AGES
        return self._tries[key] >= LAST_TRY or least <= age <= most
