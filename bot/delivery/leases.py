"""Renews the leases of rows being sent, so that leases are short and a dead worker is noticed soon."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Engine, transaction
from storage.errors import StorageError
from storage.messaging.outbox import Outbox

LEASE = timedelta(seconds=10)
"""Time after which another worker takes over the rows of a killed worker."""

_RENEW_SECONDS = 3.0
"""Seconds between renewals: two may fail before a lease ends."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LeaseRenewer:
    """Renews the leases of the rows that `under_way` names."""

    engine: Engine
    outbox: Outbox
    clock: Callable[[], datetime]
    under_way: Callable[[], Collection[int]]

    async def run(self) -> None:
        """Renew until cancelled, also while the worker waits for places or stops."""
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            try:
                await self.renew()
            except StorageError as error:
                _log.warning("leases not renewed: %s", type(error).__name__)

    async def renew(self) -> None:
        """Renew once, in one statement."""
        rows = sorted(self.under_way())
        if rows:
            async with transaction(self.engine) as conn:
                await self.outbox.renew(conn, rows, self.clock() + LEASE)
