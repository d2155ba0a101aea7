"""Access to a capture page: the requesting account, or after 转给家人 the first phone that agrees.

A visitor (the "bearer") is identified by an openid that WeChat's page login proves, or, with
`WECHAT_OAUTH=off`, by a secret that only this browser holds. The browser keeps the secret sealed under our
key and bound to the ticket, so that it proves nothing elsewhere.
"""

import base64
import binascii
import logging
import secrets
from dataclasses import dataclass
from enum import Enum, auto

from bot.capture.tickets.ticket import ticket_hash
from storage.database import Engine, connect
from storage.errors import StorageError
from storage.records.captures import GUEST, Captures, StoredCapture
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)


class Admission(Enum):
    """Whether a bearer may use a ticket."""

    ADMITTED = auto()
    OTHER_ACCOUNTS = auto()  # the ticket is another account's
    HANDED_ON = auto()  # the handed-over ticket belongs to another phone already
    UNAVAILABLE = auto()  # the database does not answer


@dataclass(frozen=True, slots=True)
class CaptureAccess:
    """Writes and reads the bearer's cookie, and compares it with the ticket; `proves` is WECHAT_OAUTH."""

    engine: Engine
    vault: Vault
    captures: Captures
    proves: bool

    def bearer_cookie(self, ticket: str, bearer: str) -> str:
        """Seal a bearer for this ticket, as a cookie's value: without `=`, which would be quoted."""
        return bearer_cookie_of(self.vault, ticket, bearer)

    def bearer(self, ticket: str, cookie: str) -> str:
        """Read a cookie; "" if there is none, or it is forged or for another ticket."""
        return bearer_of(self.vault, ticket, cookie)

    async def entry(self, ticket: str, bearer: str) -> Admission:
        """Compare; an unknown ticket is admitted, and the service says that it is unknown."""
        try:
            capture = await self._find(ticket)
        except StorageError as error:
            _log.error("a capture page cannot be looked at: %s", type(error).__name__)
            return Admission.UNAVAILABLE
        if capture is None:
            return Admission.ADMITTED
        return self._handed_entry(capture, bearer) if capture.handed_over else self._entry(capture, bearer)

    async def is_kept_by(self, ticket: str, bearer: str) -> bool:
        """Whether a handed-over ticket belongs to this bearer."""
        capture = await self._find(ticket)
        return capture is not None and capture.bound_to == bearer

    async def _find(self, ticket: str) -> StoredCapture | None:
        async with connect(self.engine) as conn:
            return await self.captures.find(conn, ticket_hash(ticket))

    def _entry(self, capture: StoredCapture, bearer: str) -> Admission:
        return (
            Admission.ADMITTED if not self.proves or bearer == capture.account else Admission.OTHER_ACCOUNTS
        )

    def _handed_entry(self, capture: StoredCapture, bearer: str) -> Admission:
        if self.proves and not bearer:
            return Admission.OTHER_ACCOUNTS
        return Admission.ADMITTED if capture.bound_to in {None, bearer} else Admission.HANDED_ON


def bearer_cookie_of(vault: Vault, ticket: str, bearer: str) -> str:
    """Seal a bearer for the page of this ticket or token, as a cookie's value."""
    return base64.urlsafe_b64encode(vault.seal(bearer, _context(ticket))).decode().rstrip("=")


def bearer_of(vault: Vault, ticket: str, cookie: str) -> str:
    """Read such a cookie; "" for one that is not ours, or another page's."""
    try:
        return vault.open(base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), _context(ticket))
    except (StorageError, binascii.Error, ValueError):
        return ""


def new_guest() -> str:
    """Make a bearer for a browser that WeChat does not vouch for."""
    return f"{GUEST}{secrets.token_hex(16)}"


def consenting(capture: StoredCapture, bearer: str) -> str:
    """Return the account whose consent is recorded: the other phone's account if WeChat vouches for it."""
    is_account = capture.handed_over and bearer and not bearer.startswith(GUEST)
    return bearer if is_account else capture.account


def _context(ticket: str) -> str:
    return f"h5.proof@{ticket_hash(ticket).hex()}"
