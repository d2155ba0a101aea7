"""Ciphers of sealed fields: authenticated encryption under one key and a nonce."""

from enum import StrEnum
from typing import Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as OneUse
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12  # SP 800-38D 8.2.2: random, 96 bits, good for 2^32 fields a key
_TAG_BYTES = 16


class Cipher(StrEnum):
    """The cipher that fields are sealed with, as `CIPHER` names it."""

    AES_256_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"


NUMBERS = {Cipher.AES_256_GCM: 1, Cipher.SM4_GCM: 2}
"""First byte of a field that was sealed with this cipher."""


class FieldCipher(Protocol):
    """One cipher under one key; `encrypt` returns the ciphertext and its tag of 16 bytes."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Return the ciphertext and its tag of 16 bytes."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Return the plain bytes; raises InvalidTag or ValueError for data that does not open."""
        ...


class Sm4Gcm:
    """SM4 (GB/T 32907-2016) in GCM (RFC 8998), in the form of `AESGCM`."""

    def __init__(self, key: bytes) -> None:
        self._key = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Return the ciphertext and its tag of 16 bytes."""
        encryptor = OneUse(self._key, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Return the plain bytes; raises InvalidTag for data that does not open."""
        if len(data) < _TAG_BYTES:
            raise InvalidTag
        decryptor = OneUse(self._key, GCM(nonce, data[-_TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-_TAG_BYTES]) + decryptor.finalize()


def field_ciphers(secret: bytes) -> dict[int, FieldCipher]:
    """Return each cipher under a data key (32 bytes), by its number; SM4 takes a derived key of 16."""
    derived = HKDF(hashes.SHA256(), length=16, salt=None, info=b"pension-bot sm4-gcm").derive(secret)
    return {NUMBERS[Cipher.AES_256_GCM]: AESGCM(secret), NUMBERS[Cipher.SM4_GCM]: Sm4Gcm(derived)}


def is_available(cipher: Cipher) -> bool:
    """Whether the installed build of `cryptography` has a cipher."""
    try:
        field_ciphers(bytes(32))[NUMBERS[cipher]].encrypt(bytes(NONCE_BYTES), b"", b"")
    except UnsupportedAlgorithm:
        return False
    return True
