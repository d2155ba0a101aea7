"""The registry port on an outside service over HTTP."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import aiohttp

from dialogs.local_time import local_date
from dialogs.ports import Unavailable
from dialogs.values import Beneficiary, IdType, Scheme
from storage.registry.row import COLUMNS, RegistryRow, read_row

_log = logging.getLogger(__name__)
_MAX_BYTES = 64 * 1024  # one person is under a kilobyte
ANSWER_SECONDS = 6.0
"""Longer than a reply waits: a slow answer follows 正在核验. Shorter than the lease of a check and than the
wait of a page that follows a reminder; aiohttp rounds it up to a full second of its clock.
"""
_CLOCK_SKEW = timedelta(days=1)
"""The other service's clock may be minutes ahead, in tomorrow: a pass made then is not a fault."""


def _shanghai_today() -> date:
    return local_date(datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class HttpRegistry:
    """Asks `POST {url}/find` (`dialogs.ports.Registry`).

    JSON `{scheme,id_type,id_number}` with `Authorization: Bearer KEY` is
    answered by 200 `{"beneficiary": null | {the registry file's columns}}`. A permit
    is looked up as it was typed, and the answer may have another count of renewals.
    Anything else, or an answer about another person, is Unavailable: a broken
    registry must never read as "no such person".
    """

    session: aiohttp.ClientSession
    url: str
    key: str = field(repr=False)
    timeout_seconds: float = ANSWER_SECONDS
    today: Callable[[], date] = _shanghai_today

    async def find(self, scheme: Scheme, id_type: IdType, number: str) -> Beneficiary | Unavailable | None:
        """Look one person up within the timeout."""
        try:
            answer = await self._ask({"scheme": scheme, "id_type": id_type, "id_number": number})
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            _log.warning("the registry did not answer: %s", type(error).__name__)
            return Unavailable()
        found = _read(answer, self.today() + _CLOCK_SKEW)
        if isinstance(found, Beneficiary) and not _is_asked(found, scheme, id_type, number):
            found = Unavailable()
        if isinstance(found, Unavailable):
            _log.warning("the registry's answer is not of the agreed form")
        return found

    async def _ask(self, question: dict[str, str]) -> object:
        async with self.session.post(
            f"{self.url.rstrip('/')}/find",
            json=question,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=aiohttp.ClientTimeout(total=self.timeout_seconds),
            allow_redirects=False,
        ) as response:
            if response.status != HTTPStatus.OK:
                message = "not 200"
                raise ValueError(message)
            return _parse(await _read_bounded(response.content))


async def _read_bounded(stream: aiohttp.StreamReader) -> bytes:
    body = b""
    async for chunk in stream.iter_any():
        body += chunk
        if len(body) > _MAX_BYTES:
            message = "too long"
            raise ValueError(message)
    return body


def _parse(body: bytes) -> object:
    try:
        return json.loads(body)
    except RecursionError:
        message = "nested too deep"
        raise ValueError(message) from None


def _read(answer: object, today: date) -> Beneficiary | Unavailable | None:
    if not isinstance(answer, dict) or "beneficiary" not in answer:
        return Unavailable()
    columns = answer["beneficiary"]
    if columns is None:
        return None
    if not isinstance(columns, dict):
        return Unavailable()
    cells = {name: columns.get(name) or "" for name in COLUMNS}
    row = read_row(cells, today) if all(isinstance(cell, str) for cell in cells.values()) else None
    return row.beneficiary if isinstance(row, RegistryRow) else Unavailable()


def _is_asked(found: Beneficiary, scheme: Scheme, id_type: IdType, number: str) -> bool:
    return (found.scheme, *found.identity.document) == (scheme, id_type, id_type.lifelong(number))
