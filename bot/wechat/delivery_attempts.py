"""Counts how often the platform has sent one message; it sends a message at most three times."""

from collections import OrderedDict

LAST_ATTEMPT = 3
"""Attempts of the platform for one message; the answer to the third one is what the person reads."""

_LAST_AGES = (10.0, 60.0)
"""Seconds from a message's `CreateTime` to the answer of its last attempt: the platform begins one every five
seconds. An older message is from another time and says nothing about attempts."""

_MOST = 20_000
"""Messages that are remembered, the newest ones: a few minutes of a large account that answers nothing."""


class DeliveryAttempts:
    """Counts in memory; if other processes may have had the other attempts, the message's age decides."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._attempts: OrderedDict[str, int] = OrderedDict()

    def is_last(self, key: str, age: float) -> bool:
        """Count an attempt at a delivery that could not be written; return whether it is the platform's last.

        `age` is in seconds, by the platform's own clock.
        """
        self._attempts[key] = self._attempts.pop(key, 0) + 1
        if len(self._attempts) > self._most:
            self._attempts.popitem(last=False)
        least, most = _LAST_AGES
        return self._attempts[key] >= LAST_ATTEMPT or least <= age <= most
