"""Field encryption: a stolen database file shows nothing about a person.

AES-256-GCM (NIST SP 800-38D) or SM4-GCM per field under `DATA_KEYS`, and keyed hashes by which a row is found
without opening any. The first key and the chosen cipher write, every key and every cipher reads, so that both
can be replaced while the service runs.
"""

import base64
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import BadKeys, BrokenSeal
from storage.sealing.ciphers import NONCE_BYTES, NUMBERS, Cipher, FieldCipher, field_ciphers, is_available
from storage.sealing.signing import Signature, Signer, decoded

_KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


@dataclass(frozen=True, slots=True)
class _Key:
    """One data key: its ciphers, and the separate keys derived for keyed hashes and for signatures.

    `label` is what follows the first byte of fields under it.
    """

    label: bytes
    ciphers: Mapping[int, FieldCipher] = field(repr=False)
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
    _header: bytes
    """The cipher of fields that are sealed now."""
    _cipher: FieldCipher = field(repr=False)
    _signers: tuple[Signer, ...]

    @classmethod
    def from_setting(cls, text: str) -> Self:
        """Read `id:base64-of-32-bytes,…`; raises BadKeys, without key material in it.

        It seals with AES-256-GCM, and signs with a key that is derived from the first data key.
        """
        keys: dict[str, _Key] = {}
        for place, entry in enumerate(text.split(","), start=1):
            name, secret = _read_entry(entry.strip(), place)
            if name in keys:
                message = f"entry {place} repeats the id of an earlier one"
                raise BadKeys(message)
            keys[name] = _make_key(name, secret)
        return cls(keys, *_sealing(keys, Cipher.AES_256_GCM), tuple(key.signer for key in keys.values()))

    def sealing_with(self, cipher: Cipher) -> Self:
        """Return this vault with another cipher for new fields; raises BadKeys."""
        if not is_available(cipher):
            message = f"the installed build of `cryptography` has no {cipher}"
            raise BadKeys(message)
        header, chosen = _sealing(self._keys, cipher)
        return replace(self, _header=header, _cipher=chosen)

    def signing_with(self, text: str) -> Self:
        """Return this vault with a signing key of its own, `id:base64-of-32-bytes`; raises BadKeys."""
        return replace(self, _signers=(Signer.of(*_read_entry(text, 1)),))

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
        """Encrypt a binary field under the first key, with the chosen cipher."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._cipher.encrypt(nonce, plain, self._header + context.encode())

    def open_bytes(self, sealed: bytes, context: str) -> bytes:
        """Decrypt a binary field; raises BadKeys or BrokenSeal."""
        cipher, start = self._cipher_of(sealed)
        nonce, body = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, sealed[:start] + context.encode())
        except (InvalidTag, ValueError):
            message = f"a sealed field of {context.partition('@')[0]} does not open"
            raise BrokenSeal(message) from None

    def blind(self, value: str, context: str) -> bytes:
        """Hash a value with the first key (HMAC-SHA256, 32 bytes): equal values can be found, not read."""
        return _blind(next(iter(self._keys.values())), value, context)

    def blinds(self, value: str, context: str) -> list[bytes]:
        """Hash under every key, the first one first: for lookups while keys are being replaced."""
        return [_blind(key, value, context) for key in self._keys.values()]

    def sign(self, text: str) -> Signature:
        """Sign a text with the first signer, for people who have no key at all."""
        return self._signers[0].sign(text)

    def signing_keys(self) -> dict[str, bytes]:
        """Return the public keys of the signers here by their ids, the first one first.

        A separate signing key is the only signer: anything that a data key signed next to it would be forged.
        """
        return {signer.key_id: signer.public_key for signer in self._signers}

    def first_header(self) -> bytes:
        """Return the beginning of every field sealed now, by which the database finds outdated rows."""
        return self._header

    def key_names(self) -> list[str]:
        """Return the names of the data keys, the one that seals now first."""
        return list(self._keys)

    def data_key_id(self) -> str:
        """Return an id of the key that seals now: its name, and a fingerprint that reveals nothing."""
        return next(iter(self._keys.values())).signer.key_id

    def _cipher_of(self, sealed: bytes) -> tuple[FieldCipher, int]:
        """Return the cipher that opens a field, and the length of its header."""
        if not isinstance(sealed, bytes) or len(sealed) < 2 or sealed[0] not in NUMBERS.values():
            message = "a sealed field has no readable header"
            raise BrokenSeal(message)
        start = 2 + sealed[1]
        key = self._keys.get(sealed[2:start].decode("ascii", "replace"))
        if key is None:
            message = "DATA_KEYS lacks the key that a stored field was sealed under"
            raise BadKeys(message)
        return key.ciphers[sealed[0]], start


def _read_entry(entry: str, place: int) -> tuple[str, bytes]:
    name, colon, encoded = entry.partition(":")
    secret = decoded(encoded)
    if not colon or not _KEY_ID.fullmatch(name) or secret is None or len(secret) != 32:
        message = f"entry {place} is not id:base64-of-32-bytes"
        raise BadKeys(message)
    return name, secret


def _sealing(keys: Mapping[str, _Key], cipher: Cipher) -> tuple[bytes, FieldCipher]:
    """Return the header of fields sealed with a cipher, and the cipher under the first key."""
    first, number = next(iter(keys.values())), NUMBERS[cipher]
    return bytes([number]) + first.label, first.ciphers[number]


def _make_key(name: str, secret: bytes) -> _Key:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"pension-bot blind").derive(secret)
    label = bytes([len(name)]) + name.encode()
    return _Key(label, field_ciphers(secret), derived, Signer.of(name, secret))


def _blind(key: _Key, value: str, context: str) -> bytes:
    return hmac.digest(key.blind_key, context.encode() + b"\0" + value.encode(), "sha256")
