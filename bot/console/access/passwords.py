"""Passwords: argon2id, hashed off the event loop; an unknown name takes as long as a known one."""

import asyncio
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LENGTH = 12
_MOST_LENGTH = 200
_LEAST_DIFFERENT = 5
_AT_ONCE = 2
"""Checks under way at once: each takes 64 MiB, and without a limit strangers could use up all memory."""

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0 o 1 i l: an initial password is read off paper."""


class Passwords:
    """Hashes and checks; the default cost is RFC 9106's second recommendation (64 MiB, three passes)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        """Return the hash to store."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def fits(self, stored: str | None, password: str) -> bool:
        """Whether a password is the one that was hashed; without a stored one a decoy is checked."""
        async with self._turns:
            return await asyncio.to_thread(self._fits, stored, _normal(password))

    def _fits(self, stored: str | None, password: str) -> bool:
        if stored is None:
            self._decoy = self._decoy or self._hasher.hash(secrets.token_hex())
        try:
            is_right = self._hasher.verify(stored or self._decoy or "", password)
        except (VerificationError, InvalidHashError):
            return False
        return is_right and stored is not None


def initial_password() -> str:
    """Draw a password for somebody's first sign-in: sixteen characters in groups of four, 79 bits."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(drawn[start : start + 4] for start in range(0, 16, 4))


def is_strong(password: str, name: str) -> bool:
    """Whether a password may be chosen: long, not one character repeated, and without the account's name."""
    plain = _normal(password)
    is_varied = len(set(plain)) >= _LEAST_DIFFERENT
    return LEAST_LENGTH <= len(plain) <= _MOST_LENGTH and is_varied and name not in plain.casefold()


def _normal(password: str) -> str:
    """Return one form of a password, however a keyboard composes its characters."""
    return unicodedata.normalize("NFKC", password)
