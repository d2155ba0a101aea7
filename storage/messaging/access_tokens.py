"""The platform's access token, shared by all processes: one of them asks for it, the others find it here.

A lease records who is asking. It expires, so that a killed process does not block the others. Impossible
times (a clock was ahead and came back) count as over.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from dialogs.local_time import local_date
from storage.any_row import AnyRow
from storage.database import connect, insert_new, lock_names, transaction
from storage.errors import StorageError
from storage.schema.columns import bound_context, context_of
from storage.schema.messaging import access_tokens
from storage.sealing.vault import Vault

LEASE = timedelta(seconds=15)
"""Longer than a call may take (5 s)."""

LONGEST_LIFE = timedelta(hours=2)
"""Longest lifetime that the platform promises for a token."""

FORCED_APART = timedelta(seconds=30)
"""Minimum time between two forced refreshes, which the platform asks for."""

MOST_FORCED_A_DAY = 5
"""Of the platform's 20: what five have not fixed is for the operator to fix."""

_VALUE = context_of(access_tokens.c.value)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A live token: seconds until it should be renewed, and until it ends."""

    value: str = field(repr=False)
    renew_in: float
    ends_in: float


@dataclass(frozen=True, slots=True)
class LeaseGranted:
    """There is no token, and the holder of this lease asks the platform for one."""


@dataclass(frozen=True, slots=True)
class LeaseHeld:
    """There is no token yet; another process is asking."""


@dataclass(frozen=True, slots=True)
class SharedTokenStore:
    """One account's token in the database, sealed; `clock` returns aware times."""

    engine: AsyncEngine
    vault: Vault
    app_id: str
    clock: Callable[[], datetime]

    async def read_or_lease(self, refused: str = "") -> StoredToken | LeaseGranted | LeaseHeld:
        """Return a token different from `refused`, or say who is to ask for one.

        It reads first: only a caller that finds nothing takes the write lock.
        """
        async with connect(self.engine) as conn:
            found = await self._read(conn, refused)
        if not isinstance(found, LeaseGranted):
            return found
        async with transaction(self.engine) as conn:
            await lock_names(conn, [f"token:{self.app_id}"])
            found = await self._read(conn, refused)
            if isinstance(found, LeaseGranted):
                await self._save(conn, {"lease_until": self.clock() + LEASE})
        return found

    async def put(self, token: StoredToken) -> None:
        """Store the new token for all processes, and end the lease."""
        now = self.clock()
        values = {
            "value": self.vault.seal(token.value, bound_context(_VALUE, self.app_id)),
            "renew_at": now + timedelta(seconds=token.renew_in),
            "ends_at": now + timedelta(seconds=token.ends_in),
            "lease_until": None,
        }
        async with transaction(self.engine) as conn:
            await self._save(conn, values)

    async def may_force(self) -> bool:
        """Count a forced refresh and return True, or return False if it would be one too many."""
        async with transaction(self.engine) as conn:
            await lock_names(conn, [f"token:{self.app_id}"])
            statement = select(access_tokens).where(access_tokens.c.app_id == self.app_id)
            row, now = (await conn.execute(statement)).first(), self.clock()
            today = local_date(now)
            forced = row.forced if row is not None and row.forced_on == today else 0
            is_recent = row is not None and row.forced_at is not None and _is_within(row.forced_at, now)
            if is_recent or forced >= MOST_FORCED_A_DAY:
                return False
            await self._save(conn, {"forced_at": now, "forced_on": today, "forced": forced + 1})
        return True

    async def give_up(self) -> None:
        """End the lease without a token: the next process may ask."""
        async with transaction(self.engine) as conn:
            await self._save(conn, {"lease_until": None})

    async def _read(self, conn: AsyncConnection, refused: str) -> StoredToken | LeaseGranted | LeaseHeld:
        statement = select(access_tokens).where(access_tokens.c.app_id == self.app_id)
        row, now = (await conn.execute(statement)).first(), self.clock()
        if row is None:
            return LeaseGranted()
        token = self._open(row, now)
        if token is not None and token.value != refused:
            return token
        asking = row.lease_until is not None and now < row.lease_until <= now + LEASE
        return LeaseHeld() if asking else LeaseGranted()

    def _open(self, row: AnyRow, now: datetime) -> StoredToken | None:
        if row.value is None or not now < row.renew_at <= now + LONGEST_LIFE:
            return None
        try:
            value = self.vault.open(row.value, bound_context(_VALUE, self.app_id))
        except StorageError:  # of an older key that is gone: a new token is easy to get
            return None
        return StoredToken(value, (row.renew_at - now).total_seconds(), (row.ends_at - now).total_seconds())

    async def _save(self, conn: AsyncConnection, values: dict[str, object]) -> None:
        statement = insert_new(conn, access_tokens).values(app_id=self.app_id, **values)
        await conn.execute(statement.on_conflict_do_update(index_elements=["app_id"], set_=values))


def _is_within(forced_at: datetime, now: datetime) -> bool:
    """Whether a refresh was forced just now; a time in the future is from a clock that was ahead."""
    return timedelta(0) <= now - forced_at < FORCED_APART
