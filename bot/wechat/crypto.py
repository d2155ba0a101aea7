"""The platform's AES mode.

wechatpy's own decryption raises six kinds of error and never checks its
padding; here an undecryptable text is a value, and wechatpy is the tests' oracle.
Format ("消息加解密说明"): AES-256-CBC, IV = the key's first 16 bytes, over
16 random bytes + length (4 bytes, big-endian) + message + app id, padded to
a multiple of 32 (PKCS #7), then base64.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PADDED_TO = 32
_HEAD = 20
"""16 random bytes and the length."""


@dataclass(frozen=True, slots=True)
class Undecryptable:
    """Not made with our key, or not for our account."""


class MessageCipher:
    """Encrypts and decrypts messages of one official account.

    One pair of contexts serves all messages, since making them costs more than the cipher. A message is then
    chained to the one before instead of the IV. That changes only its first block, which is random and never
    read.
    """

    def __init__(self, app_id: str, aes_key: str, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        """Take the 43 characters of EncodingAESKey; ValueError when they are not 32 bytes of base64."""
        key = base64.b64decode(aes_key + "=", validate=True)
        if len(key) != 32:
            message = "the AES key is not 43 characters of base64"
            raise ValueError(message)
        cipher = Cipher(AES(key), CBC(key[:16]))
        self._encryptor, self._decryptor = cipher.encryptor(), cipher.decryptor()
        self._app_id = app_id.encode()
        self._random_bytes = random_bytes

    def encrypt(self, message: bytes) -> str:
        """Return a message as WeChat's `Encrypt` field: AES-CBC, in Base64."""
        plain = self._random_bytes(16) + len(message).to_bytes(4, "big") + message + self._app_id
        padding = _PADDED_TO - len(plain) % _PADDED_TO
        sealed = self._encryptor.update(plain + bytes([padding]) * padding)
        return binascii.b2a_base64(sealed, newline=False).decode("ascii")

    def decrypt(self, text: str) -> bytes | Undecryptable:
        """Open one ciphertext; only a message for our own app id counts."""
        try:
            sealed = binascii.a2b_base64(text, strict_mode=True)
        except ValueError:  # binascii.Error is one
            return Undecryptable()
        if not sealed or len(sealed) % 16:
            return Undecryptable()
        return self._unpack(self._decryptor.update(sealed))

    def _unpack(self, plain: bytes) -> bytes | Undecryptable:
        padding = plain[-1]
        end = len(plain) - padding
        if not 1 <= padding <= _PADDED_TO or end < _HEAD or plain[end:] != plain[-1:] * padding:
            return Undecryptable()
        cut = _HEAD + int.from_bytes(plain[16:_HEAD], "big")
        if cut > end or not hmac.compare_digest(plain[cut:end], self._app_id):
            return Undecryptable()
        return plain[_HEAD:cut]
