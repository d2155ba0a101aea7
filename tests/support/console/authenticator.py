"""The authenticator app on a clerk's phone."""

from pyotp import TOTP


def code_at(secret, now):
    """Return the code that the app shows at a moment."""
    return TOTP(secret).at(int(now.timestamp()))
