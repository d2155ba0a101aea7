"""The accounts among which tasks are shared."""

from bot.console.access.permissions import Permission, may
from storage.console.accounts import ConsoleAccount, ConsoleAccounts
from storage.database import Connection


async def colleagues(conn: Connection, accounts: ConsoleAccounts) -> list[str]:
    """Return the names of the accounts in force that work on tasks."""
    every = await accounts.all(conn)
    working = (one for one in every if isinstance(one, ConsoleAccount) and one.disabled_at is None)
    return [one.name for one in working if may(one.role, Permission.TASKS)]
