"""One call to the platform over HTTP; every outcome is a value."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from bot.wechat.api.errcodes import NO_ANSWER, Delivery, meaning

_LOG = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=5, connect=3)
"""Seconds. Delivery has workers and retries; a hanging call would hold one of them."""


_MOST_ANSWER = 64 * 1024
"""Bytes read at most. The platform's answers take a few hundred; a server in its place may send more."""

_UNPACKED = {"Accept-Encoding": "identity"}
"""A compressed answer of a few kilobytes could unpack to gigabytes."""

_JSON = {**_UNPACKED, "Content-Type": "application/json"}
"""The platform reads a body of any type; a program in its place may read JSON only where it is named."""


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """The platform's JSON; `errcode` is 0 if it names none, `NO_ANSWER` if there is no JSON."""

    errcode: int
    body: Mapping[str, object] = field(default_factory=dict, repr=False)

    def confirmed(self) -> int:
        """Return the errcode of a call whose success the platform confirms with `errcode: 0`.

        Messages and the menu are such calls. Tokens, QR codes and page logins answer with what was asked for
        and name no code.
        """
        return self.errcode if self.errcode or "errcode" in self.body else NO_ANSWER

    def text(self, name: str) -> str:
        """Return a field of the body as text, "" if it is missing or neither text nor number."""
        value = self.body.get(name, "")
        return str(value) if isinstance(value, str | int) else ""


class Transport:
    """Posts JSON and gets it under `base` (`WECHAT_API_BASE`, no closing slash needed)."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base.rstrip("/")

    async def post(self, path: str, payload: Mapping[str, object], token: str = "") -> ApiResponse:
        """Post JSON; the token goes into the query, as the platform wants it."""
        # Raw UTF-8: the platform shows \uXXXX escapes to the person as they stand.
        data = json.dumps(payload, ensure_ascii=False).encode()
        return await self._ask("POST", path, {"access_token": token} if token else {}, data)

    async def get(self, path: str, params: Mapping[str, str]) -> ApiResponse:
        """Ask for something; `params` may be secret and never appear in a log."""
        return await self._ask("GET", path, params, None)

    async def _ask(
        self, method: str, path: str, params: Mapping[str, str], data: bytes | None
    ) -> ApiResponse:
        try:
            async with self._session.request(
                method,
                self._base + path,
                data=data,
                params=params,
                headers=_UNPACKED if data is None else _JSON,
                auto_decompress=False,
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                return _read(path, response.status, await _bounded(response.content))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # The error's text may hold the address, and with it the token.
            return _no_answer(path, type(error).__name__)


async def _bounded(content: aiohttp.StreamReader) -> bytes | None:
    """Read an answer; None for one that is too long, which is not read any further."""
    raw = bytearray()
    async for chunk in content.iter_chunked(_MOST_ANSWER):
        raw += chunk
        if len(raw) > _MOST_ANSWER:
            return None
    return bytes(raw)


def _read(path: str, status: int, raw: bytes | None) -> ApiResponse:
    if status != 200:
        return _no_answer(path, f"HTTP {status}")
    if raw is None:
        return _no_answer(path, "too long")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return _no_answer(path, "not JSON")
    if not isinstance(body, dict):
        return _no_answer(path, "not an object")
    errcode = body.get("errcode", 0)
    if type(errcode) is not int:
        return _no_answer(path, "errcode is no number")
    if errcode:
        # One line per call for what passes on its own; the operator is told of the rest once
        # (`OperatorAlarms`).
        level = logging.WARNING if meaning(errcode) is Delivery.RETRY else logging.DEBUG
        _LOG.log(level, "wechat %s: errcode %d", path, errcode)
    return ApiResponse(errcode, body)


def _no_answer(path: str, why: str) -> ApiResponse:
    _LOG.warning("wechat %s: %s", path, why)
    return ApiResponse(NO_ANSWER)
