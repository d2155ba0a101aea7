"""Field encryption: what a stolen database file shows of a person is nothing.

AES-256-GCM per field (NIST SP 800-38D) under `DATA_KEYS`, and keyed hashes by
which a row is found again without opening any. The first key writes, every
key reads, so that keys can be exchanged while the service runs.
"""

import base64
import binascii
import os
import re
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import BadKeys, BrokenSeal
from storage.sealing.signing import Signature, Signer

_AES_256_GCM = 1
_NONCE_BYTES = 12  # SP 800-38D 8.2.2: random, 96 bits, good for 2^32 fields a key
_KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


@dataclass(frozen=True, slots=True)
class _Key:
    """One data key: its cipher, and the separate keys derived for keyed hashes and for signatures."""

    header: bytes
    cipher: AESGCM = field(repr=False)
    blind_key: bytes = field(repr=False)
    signer: Signer


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals, opens and blinds fields.

    `context` names the place of a field (`table.column`). It is authenticated,
    so a value copied into another column does not open.

    A sealed field is: one byte cipher, one byte length of the key's id, the
    id, 12 bytes nonce, ciphertext, 16 bytes tag.
    """

    _keys: dict[str, _Key] = field(repr=False)

    @classmethod
    def from_setting(cls, text: str) -> Self:
        """Read `id:base64-of-32-bytes,…`; raises BadKeys without key material."""
        keys: dict[str, _Key] = {}
        for place, entry in enumerate(text.split(","), start=1):
            name, secret = _read_entry(entry.strip(), place)
            if name in keys:
                message = f"entry {place} repeats the id of an earlier one"
                raise BadKeys(message)
            keys[name] = _make_key(name, secret)
        return cls(keys)

    @staticmethod
    def new_setting() -> str:
        """Make a setting with one fresh key: the demo has no operator to make one."""
        return "k1:" + base64.b64encode(os.urandom(32)).decode()

    def seal(self, text: str, context: str) -> bytes:
        """Encrypt a text field."""
        return self.seal_bytes(text.encode(), context)

    def open(self, sealed: bytes, context: str) -> str:
        """Decrypt a text field; raises BadKeys or BrokenSeal."""
        return self.open_bytes(sealed, context).decode()

    def seal_bytes(self, plain: bytes, context: str) -> bytes:
        """Encrypt a binary field under the first key."""
        key = next(iter(self._keys.values()))
        nonce = os.urandom(_NONCE_BYTES)
        return key.header + nonce + key.cipher.encrypt(nonce, plain, key.header + context.encode())

    def open_bytes(self, sealed: bytes, context: str) -> bytes:
        """Decrypt a binary field; raises BadKeys or BrokenSeal."""
        key = self._key_of(sealed)
        start = len(key.header)
        nonce, body = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, body, key.header + context.encode())
        except (InvalidTag, ValueError):
            message = f"a sealed field of {context.partition('@')[0]} does not open"
            raise BrokenSeal(message) from None

    def blind(self, value: str, context: str) -> bytes:
        """Hash a value with the first key (HMAC-SHA256, 32 bytes): equal values can be found, not read."""
        return _blind(next(iter(self._keys.values())), value, context)

    def blinds(self, value: str, context: str) -> list[bytes]:
        """Hash under every key, the first one first: for lookups while keys are being exchanged."""
        return [_blind(key, value, context) for key in self._keys.values()]

    def sign(self, text: str) -> Signature:
        """Sign a text with the first key's signer, for people who have no key at all."""
        return next(iter(self._keys.values())).signer.sign(text)

    def signing_keys(self) -> dict[str, bytes]:
        """Return the public key of every data key by its signer's id, the first one first."""
        return {key.signer.key_id: key.signer.public_key for key in self._keys.values()}

    def first_header(self) -> bytes:
        """Return how every field under the first key begins: by it the database tells who is behind."""
        return next(iter(self._keys.values())).header

    def _key_of(self, sealed: bytes) -> _Key:
        if len(sealed) < 2 or sealed[0] != _AES_256_GCM:
            message = "a sealed field has no readable header"
            raise BrokenSeal(message)
        key = self._keys.get(sealed[2 : 2 + sealed[1]].decode("ascii", "replace"))
        if key is None:
            message = "DATA_KEYS lacks the key that a stored field was sealed under"
            raise BadKeys(message)
        return key


def _read_entry(entry: str, place: int) -> tuple[str, bytes]:
    name, colon, encoded = entry.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not colon or not _KEY_ID.fullmatch(name) or len(secret) != 32:
        message = f"entry {place} is not id:base64-of-32-bytes"
        raise BadKeys(message)
    return name, secret


def _make_key(name: str, secret: bytes) -> _Key:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"pension-bot blind").derive(secret)
    header = bytes([_AES_256_GCM, len(name)]) + name.encode()
    return _Key(header, AESGCM(secret), derived, Signer.of(name, secret))


def _blind(key: _Key, value: str, context: str) -> bytes:
    code = hmac.HMAC(key.blind_key, hashes.SHA256())
    code.update(context.encode() + b"\0" + value.encode())
    return code.finalize()
