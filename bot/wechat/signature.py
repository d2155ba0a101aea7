"""Verification of a request: the platform's signature and the request's age.

Rule: "接入指南" and "消息加解密说明" of the official-account documentation:
SHA-1 over the sorted parts, in lower-case hex.
"""

import hashlib
import hmac

MAX_AGE_SECONDS = 300
"""Largest difference between a request's timestamp and the real clock, either way."""


def sign(*parts: str) -> str:
    """Sign token, timestamp, nonce and, for an encrypted body, its ciphertext."""
    joined = "".join(sorted(parts)).encode("utf-8", "surrogatepass")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_authentic(signature: str, *parts: str) -> bool:
    """Compare in constant time, so that a forger learns nothing from our speed."""
    return hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), sign(*parts).encode())


def is_fresh(timestamp: str, now: float) -> bool:
    """Refuse a replay: `timestamp` (whole seconds since 1970) is at most 300 s off `now`."""
    return is_time(timestamp) and abs(now - int(timestamp)) <= MAX_AGE_SECONDS


def is_time(timestamp: str) -> bool:
    """Whether a timestamp is whole seconds since 1970."""
    return timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12
