"""Remembers a browser's sign-ins, so that the audit shows when one person is behind two accounts.

The list is sealed in a cookie of the browser itself. It is a hint, not a proof: a shared desk has it, too,
and a person who deletes the cookie or uses another browser is not found.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

_COOKIE, _CONTEXT = "console_past", "console_past@cookie"
_A_YEAR = 365 * 24 * 3600
_MOST = 8
"""Accounts that are remembered: the newest."""


@dataclass(frozen=True, slots=True)
class BrowserAccounts:
    """Reads and writes the list."""

    vault: Vault

    def accounts(self, request: web.Request) -> Sequence[str]:
        """Return the accounts that this browser has signed in as, oldest first, as far as its cookie says."""
        try:
            sealed = base64.urlsafe_b64decode(request.cookies.get(_COOKIE, ""))
            return [name for name in self.vault.open(sealed, _CONTEXT).split("\n") if name]
        except (*DAMAGED, binascii.Error, ValueError, IndexError):
            return []

    def add(self, request: web.Request, response: web.StreamResponse, name: str, *, is_secure: bool) -> None:
        """Add a sign-in to the browser's cookie."""
        names = [one for one in self.accounts(request) if one != name][1 - _MOST :]
        sealed = self.vault.seal("\n".join([*names, name]), _CONTEXT)
        response.set_cookie(
            _COOKIE,
            base64.urlsafe_b64encode(sealed).decode(),
            max_age=_A_YEAR,
            path="/admin",
            httponly=True,
            samesite="Strict",
            secure=is_secure,
        )
