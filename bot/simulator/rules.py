"""What the fake platform refuses, by error code.

Quotas, closed windows and outages on demand belong here: `refuse` sees every
message before it is shown, and a code other than 0 is the API's whole answer.
"""

from enum import StrEnum

LONGEST_TEXT = 2048
"""Bytes of UTF-8 that a text message may have."""


class Call(StrEnum):
    """The calls that reach a person."""

    CUSTOM = "custom"
    TEMPLATE = "template"


class Rules:
    """Who follows the account, and what may be sent to whom."""

    def __init__(self) -> None:
        self._follows: dict[str, bool] = {}

    def followed(self, account: str) -> None:
        self._follows[account] = True

    def left(self, account: str) -> None:
        self._follows[account] = False

    def refuse(self, call: Call, account: str, text: str) -> int:
        """Return 0, or the code: 40003 unknown openid, 43004 not following, 45002 too long."""
        if account not in self._follows:
            return 40003
        if not self._follows[account]:
            return 43004
        return 45002 if call is Call.CUSTOM and len(text.encode()) > LONGEST_TEXT else 0
