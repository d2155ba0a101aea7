"""Posts one signed body to the core system (`EXPORT_URL`); every outcome is a value."""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import aiohttp

TIMESTAMP, SIGNATURE = "X-Pension-Bot-Timestamp", "X-Pension-Bot-Signature"
"""Headers: seconds since 1970, and `v1=` with the HMAC-SHA256 of `timestamp.body` in hex (docs/export.md)."""

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
_MOST_ANSWER = 4096
"""Bytes of an answer that are read: its status says everything, and reading it frees the connection."""

_log = logging.getLogger(__name__)


class ExportOutcome(StrEnum):
    """What the peer did with a body."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # another status than 2xx
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """Outcome and, for the operator, why: an HTTP status or the kind of the fault."""

    outcome: ExportOutcome
    detail: str


@dataclass(frozen=True, slots=True)
class ExportClient:
    """The core system's address; certificates are verified, redirects are not followed."""

    session: aiohttp.ClientSession
    url: str
    secret: str = field(repr=False)
    now: Callable[[], float] = time.time
    """Seconds since 1970 by the real clock, which the peer compares with its own."""

    async def post(self, body: str) -> ExportAnswer:
        """Post a JSON body; takes ten seconds at most."""
        data = body.encode()
        timestamp = str(int(self.now()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: timestamp,
            SIGNATURE: signature(self.secret, timestamp, data),
        }
        try:
            async with self.session.post(
                self.url, data=data, headers=headers, timeout=_TIMEOUT, allow_redirects=False
            ) as response:
                await response.content.read(_MOST_ANSWER)
                is_taken = response.status // 100 == 2
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("export: %s", type(error).__name__)
            return ExportAnswer(ExportOutcome.UNREACHABLE, type(error).__name__)
        outcome = ExportOutcome.ACCEPTED if is_taken else ExportOutcome.REFUSED
        return ExportAnswer(outcome, f"HTTP {response.status}")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a body and the time at which it is sent, so that a recorded request cannot be sent again later."""
    signed = timestamp.encode() + b"." + body
    return f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
