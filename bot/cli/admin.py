"""`admin user`: accounts of the office console."""

import argparse
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.cli.operator.context import OperatorContext, case_work, opened
from bot.cli.operator.terminal import (
    Subcommands,
    accepted,
    account_name,
    actions_of,
    add_choice,
    refuse,
    tell_beside,
)
from bot.clock import system_clock
from dialogs.local_time import SHANGHAI
from storage.console.accounts import ConsoleAccount, ConsoleAccounts, Credentials, DamagedAccount, Role
from storage.database import Connection, connect, transaction

if TYPE_CHECKING:
    from bot.console.access.account_admin import AccountAdmin, AccountChange

    _Begin = Callable[[AccountAdmin, Connection, Credentials], Awaitable[AccountChange | None]]

ORDER = 11
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the commands."""
    user = actions_of(subcommands, "admin", "the office console").add_parser("user", help="accounts")
    actions = user.add_subparsers(required=True, metavar="ACTION")
    add = _named(actions, "add", "add an account; its first password is printed once")
    add_choice(add, "--role", Role, is_required=True)
    add.set_defaults(run=lambda options: run_user_add(options.name, options.role))
    reset = _named(
        actions, "reset", "set a new first password and authenticator, for example after a lost phone"
    )
    reset.set_defaults(run=lambda options: run_user_reset(options.name))
    disable = _named(actions, "disable", "end an account and its sessions")
    disable.set_defaults(run=lambda options: run_user_disable(options.name))
    listing = actions.add_parser("list", help="list all accounts: name, role, state")
    listing.set_defaults(run=lambda _: run_user_list())


def _named(actions: Subcommands, action: str, about: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(action, help=about)
    parser.add_argument("name", type=_name, metavar="NAME")
    return parser


def _name(typed: str) -> str:
    from bot.console.access.account_admin import account_name_of

    return accepted(account_name_of(typed), "2 to 32 letters, digits, dots or dashes")


async def run_user_add(name: str, role: Role) -> int:
    """Add an account and print its first password; 1 if the name is taken or reserved."""
    from bot.console.access.account_admin import RESERVED

    if name in RESERVED:
        return refuse(f"{name}: the audit trail uses this name for a part of the service; choose another one")
    return await _with_password(
        name,
        lambda admin, conn, credentials: admin.add(conn, name, role, credentials),
        "there is such an account already",
    )


async def run_user_reset(name: str) -> int:
    """Reset an account, even a disabled one; 1 if there is none."""
    return await _with_password(
        name,
        lambda admin, conn, credentials: admin.reset(conn, name, credentials),
        "there is no such account",
    )


async def _with_password(name: str, begin: "_Begin", refusal: str) -> int:
    """Start an account with a new password, and print it; 1 if `begin` changes nothing."""
    from bot.console.access.account_admin import AccountAdmin, new_credentials
    from bot.console.access.passwords import Passwords

    password, credentials = await new_credentials(Passwords())
    async with opened() as context, transaction(context.engine) as conn:
        begun = await begin(AccountAdmin(context.vault, system_clock), conn, credentials)
        if begun is None:
            return refuse(f"{name}: {refusal}")
        await _note(conn, context, begun)
    _tell(name, password)
    return 0


async def run_user_disable(name: str) -> int:
    """End an account and its sessions, at once; 1 if none is in force."""
    from bot.console.access.account_admin import AccountAdmin

    async with opened() as context, transaction(context.engine) as conn:
        ended = await AccountAdmin(context.vault, system_clock).disable(conn, name)
        if ended is None:
            return refuse(f"{name}: there is no such account in force")
        await _note(conn, context, ended)
    print(f"{name}: disabled")
    return 0


async def run_user_list() -> int:
    """Print every account: name, role, state, since when."""
    async with opened() as context, connect(context.engine) as conn:
        accounts = await ConsoleAccounts(context.vault).all(conn)
    for account in accounts:
        since = f"{account.created_at.astimezone(SHANGHAI):%Y-%m-%d}"
        print(f"{account.name} {_state(account)} since {since}")
    if not accounts:
        tell_beside("there is no account yet")
    return 0


def _state(account: ConsoleAccount | DamagedAccount) -> str:
    if isinstance(account, DamagedAccount):
        return "damaged"
    if account.disabled_at is not None:
        return f"{account.role} disabled"
    return f"{account.role} {'never signed in' if account.is_new else 'active'}"


def _tell(name: str, password: str) -> None:
    print(f"{name}: first password {password}")
    print("it is shown only this once; the user replaces it at the first sign-in")


async def _note(conn: Connection, context: OperatorContext, change: "AccountChange") -> None:
    await case_work(context).note(conn, change.action, "-", f"{change.detail}; account {account_name()}")
