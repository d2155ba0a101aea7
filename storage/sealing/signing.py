"""Signatures of receipts: Ed25519 (RFC 8032) under a key that is derived from a data key.

Anyone can check a signature with the public key alone, so the key's id comes with it; the id names the data
key and a fingerprint, because two keys may share a name.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INFO = b"pension-bot receipt signature"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature (64 bytes) and the id of the key that made it."""

    key_id: str
    value: bytes

    def to_text(self) -> str:
        """Write `id:base64`."""
        return f"{self.key_id}:{base64.b64encode(self.value).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Read what `to_text` wrote; None for anything else."""
        key_id, _, encoded = text.partition(":")
        value = decoded(encoded)
        return cls(key_id, value) if key_id and value is not None else None


@dataclass(frozen=True, slots=True)
class Signer:
    """The signing key that is derived from one data key; `public_key` is its 32 raw bytes."""

    key_id: str
    public_key: bytes
    _key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def of(cls, name: str, secret: bytes) -> Self:
        """Derive the signer of a data key (HKDF-SHA256, RFC 5869)."""
        seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_INFO).derive(secret)
        key = Ed25519PrivateKey.from_private_bytes(seed)
        public_key = key.public_key().public_bytes_raw()
        return cls(f"{name}-{hashlib.sha256(public_key).hexdigest()[:16]}", public_key, key)

    def sign(self, text: str) -> Signature:
        """Sign a text as UTF-8; the same text gives the same signature."""
        return Signature(self.key_id, self._key.sign(text.encode()))


def is_signed(text: str, signature: bytes, public_key: bytes) -> bool:
    """Whether the key's owner signed exactly this text; False if it is not a key or a signature at all."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by(keys: Mapping[str, bytes], text: str, signature: str) -> bool:
    """Whether one of these public keys signed a text; `signature` as `Signature.to_text` writes it."""
    read = Signature.from_text(signature)
    key = keys.get(read.key_id) if read else None
    return bool(read and key and is_signed(text, read.value, key))


def decoded(text: str) -> bytes | None:
    """Decode base64; None for anything else."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None
