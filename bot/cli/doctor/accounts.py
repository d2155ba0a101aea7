"""Names the console accounts that the audit trail would mistake for a part of the service."""

from bot.cli.doctor.findings import Finding, warn
from bot.cli.operator.context import opened_with_any_keys
from bot.console.access.account_admin import RESERVED
from storage.console.accounts import ConsoleAccounts
from storage.database import connect

_ADVICE = "add an account of another name for its person, and disable this one"


async def accounts() -> list[Finding]:
    """Find accounts in force with a reserved name."""
    async with opened_with_any_keys() as context, connect(context.engine) as conn:
        found = await ConsoleAccounts(context.vault).all(conn)
    return [
        warn("console account", f"{one.name} is a name that the audit trail uses itself", _ADVICE)
        for one in found
        if one.name in RESERVED and one.disabled_at is None
    ]
