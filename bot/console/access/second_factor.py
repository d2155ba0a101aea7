"""The second factor: codes of an authenticator app (TOTP, RFC 6238: six digits, thirty seconds, SHA-1)."""

import hmac
import re
from datetime import datetime

from pyotp import TOTP, random_base32

_SECONDS = 30
_ISSUER = "pension-bot"
_CODE = re.compile("[0-9]{6}")


def new_secret() -> str:
    """Draw a secret: 160 bits in base32."""
    return random_base32()


def provisioning_address(secret: str, name: str) -> str:
    """Return the `otpauth:` address that an app reads from a QR code."""
    return TOTP(secret).provisioning_uri(name=name, issuer_name=_ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to; None if it fits neither the present step nor a neighbour.

    RFC 6238, 5.2, allows one step for a clock that is off. The caller refuses a step that was already used.
    """
    digits = re.sub(r"\s", "", code)
    if not digits.isascii() or not _CODE.fullmatch(digits):
        return None
    totp, current = TOTP(secret), int(now.timestamp()) // _SECONDS
    around = (current, current - 1, current + 1)
    fitting = [step for step in around if hmac.compare_digest(totp.at(step * _SECONDS), digits)]
    return fitting[0] if fitting else None
