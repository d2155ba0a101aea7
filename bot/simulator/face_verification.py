"""Face verification (人脸核身) of the simulated platform: keys for people, results of faces.

The user of the simulator decides whose face it was; there is no authority behind it.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from time import time

KEY_LIFETIME = 3600
INVALID = 40097
"""Errcode of unknown arguments: a key or a result that was never given."""
MATCHED = 0

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _FaceRequest:
    """The person that a key stands for, and its expiry (seconds since 1970)."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    ends: float


@dataclass(slots=True)
class SimulatedFaceVerification:
    """Gives keys and results; `clock` gives seconds since 1970."""

    clock: Callable[[], float] = time
    _requests: dict[str, _FaceRequest] = field(default_factory=dict, repr=False)
    _results: dict[str, Fields] = field(default_factory=dict, repr=False)

    def give_key(self, fields: Fields) -> Fields:
        """Answer `getuseridkey`."""
        name, number = str(fields.get("name") or ""), str(fields.get("id_card_number") or "")
        if not (name and number):
            return _refused()
        key = secrets.token_hex(16)
        self._requests[key] = _FaceRequest(name, number, self.clock() + KEY_LIFETIME)
        return {"errcode": 0, "errmsg": "ok", "user_id_key": key, "expires_in": KEY_LIFETIME}

    def verify(self, account: str, key: str, identify_ret: int) -> str | None:
        """Verify the face before a phone: the `verify_result` for its page; None for an expired key."""
        request = self._requests.get(key)
        if request is None or self.clock() >= request.ends:
            return None
        now, verify_result = int(self.clock()), secrets.token_urlsafe(96)
        self._results[verify_result] = {
            "errcode": 0,
            "errmsg": "ok",
            "identify_ret": identify_ret,
            "identify_time": now,
            "finish_time": now,
            "validate_data": "",
            "openid": account,
            "user_id_key": key,
            "name_utf8_md5": _md5(request.name),
            "id_card_number_md5": _md5(request.number),
            "check_alive_type": 2,
        }
        return verify_result

    def tell(self, fields: Fields) -> Fields:
        """Answer `getinfo`: the same for each call."""
        return self._results.get(str(fields.get("verify_result", "")), _refused())


def _refused() -> Fields:
    return {"errcode": INVALID, "errmsg": "invalid args"}


def _md5(text: str) -> str:
    return md5(text.encode()).hexdigest()  # noqa: S324 - the platform's own rule
