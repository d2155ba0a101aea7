"""Refusals of the simulated platform, by error code.

`refuse` sees every message before it is shown, and a code other than 0 is the API's whole answer. Quotas are
as the platform documents them ("客服消息", "模板消息"); outages and the like are in `simulated_faults.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import time

LONGEST_TEXT = 2048
"""Bytes of UTF-8 that a text message may have."""

TEMPLATES_A_DAY = 100_000
_DAY = 86_400


class Call(StrEnum):
    """The calls that reach a person."""

    CUSTOM = "custom"
    TEMPLATE = "template"


@dataclass(slots=True)
class MessageWindow:
    """Customer messages that may still go out before a moment (seconds since 1970)."""

    ends: float
    left: int


class Rules:
    """The followers and the platform's limits on messages to each; `clock` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        self._clock = clock
        self._follows: dict[str, bool] = {}
        self._windows: dict[str, dict[str, MessageWindow]] = {}
        self._templates: dict[int, int] = {}
        self._refusals: dict[str, int] = {}

    def followed(self, account: str) -> None:
        """Follow, scan or tap the menu: three messages within a minute."""
        self._open(account, "tap", 60, 3)

    def wrote(self, account: str) -> None:
        """Note words of the person: five messages within 48 hours."""
        self._open(account, "text", 2 * _DAY, 5)

    def left(self, account: str) -> None:
        """Unfollow: no message reaches the account."""
        self._follows[account] = False

    def refuse_templates(self, account: str, errcode: int) -> None:
        """Refuse every template message to an account with a code (43101); 0 accepts them again."""
        self._refusals[account] = errcode

    def close_windows(self, account: str) -> None:
        """End the account's time for customer messages, as if two days had passed."""
        self._windows.pop(account, None)

    def refuse(self, call: Call, account: str, text: str) -> int:
        """Return 0 and count the message, or the code that refuses it.

        40003 unknown openid, 43004 not following, 45002 too long, 45015 no window, 45047 too many in it,
        45009 too many templates today.
        """
        if account not in self._follows:
            return 40003
        if not self._follows[account]:
            return 43004
        if call is Call.TEMPLATE:
            return self._refusals.get(account) or self._count_template()
        return 45002 if len(text.encode()) > LONGEST_TEXT else self._count_custom(account)

    def _open(self, account: str, which: str, seconds: float, messages: int) -> None:
        self._follows[account] = True
        self._windows.setdefault(account, {})[which] = MessageWindow(self._clock() + seconds, messages)

    def _count_custom(self, account: str) -> int:
        now, windows = self._clock(), self._windows.get(account, {})
        current = sorted((one for one in windows.values() if now < one.ends), key=lambda one: one.ends)
        if not current:
            return 45015
        paying = next((one for one in current if one.left), None)
        if paying is None:
            return 45047
        paying.left -= 1
        return 0

    def _count_template(self) -> int:
        today = int(self._clock() // _DAY)
        if self._templates.get(today, 0) >= TEMPLATES_A_DAY:
            return 45009
        self._templates[today] = self._templates.get(today, 0) + 1
        return 0
