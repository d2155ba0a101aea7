"""The machine-readable receipt: its statement and signature in one small JSON file."""

import base64
import json
from dataclasses import dataclass
from typing import Self

from storage.sealing.signing import Signature, decoded, is_signed
from storage.sealing.statements import canonical

MOST_BYTES = 16 * 1024
"""Far more than a receipt has; anything longer is not a receipt."""


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A statement with its signature; `public_key` (32 bytes) comes along but proves nothing on its own."""

    statement: str
    signature: Signature
    public_key: bytes

    @property
    def number(self) -> str:
        """The receipt number that is stated."""
        return str(json.loads(self.statement).get("receipt", ""))

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the owner of this key signed it."""
        return is_signed(self.statement, self.signature.value, public_key)

    def to_json(self) -> str:
        """Write the file."""
        fields = {
            "statement": json.loads(self.statement),
            "key_id": self.signature.key_id,
            "public_key": base64.b64encode(self.public_key).decode(),
            "signature": base64.b64encode(self.signature.value).decode(),
        }
        return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """Read a file; None for anything that is no receipt."""
        try:
            fields = json.loads(text)
            return cls._of(fields) if isinstance(fields, dict) else None
        except (ValueError, RecursionError):
            return None

    @classmethod
    def _of(cls, fields: dict[str, object]) -> Self | None:
        signature, key = (decoded(str(fields.get(name, ""))) for name in ("signature", "public_key"))
        stated, key_id = fields.get("statement"), fields.get("key_id")
        if not (isinstance(stated, dict) and isinstance(key_id, str) and signature and key):
            return None
        return cls(canonical(stated), Signature(key_id, signature), key)
