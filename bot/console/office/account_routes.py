"""Routes of the accounts, for the role that manages them and sees no case."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.console.access.account_admin import (
    RESERVED,
    AccountAdmin,
    AccountChange,
    account_name_of,
    new_credentials,
)
from bot.console.access.gate import Gate, RequestContext
from bot.console.access.permissions import Permission
from bot.console.flash import flash_values
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.redirect import see_other
from bot.console.words import choices
from dialogs.local_time import SHANGHAI
from messages.catalogue.formats import day
from messages.catalogue.phrases import CONSOLE_ACCOUNTS, CONSOLE_ROLES
from messages.language.codes import Language
from storage.console.accounts import ConsoleAccount, DamagedAccount, Role
from storage.database import Connection, connect, transaction

_DONE = frozenset({"disabled_now"})
_FLASHES = {
    word: CONSOLE_ACCOUNTS[word]
    for word in (*_DONE, "taken", "bad_name", "reserved_name", "nobody_there", "not_oneself")
}
ChangeAccount = Callable[[Connection], Awaitable[AccountChange | None]]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the list."""

    name: str
    role: str
    state: str
    since: str
    is_in_force: bool
    is_damaged: bool


class AccountRoutes:
    """List, and what is done to one account."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._admin = AccountAdmin(parts.vault, parts.clock)
        self._page = ConsolePage("accounts.html", CONSOLE_ACCOUNTS)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        guard = self._gate.permitting
        return [
            web.get("/accounts", guard(Permission.ACCOUNTS, self._show)),
            web.post("/accounts/add", guard(Permission.ACCOUNTS, self._add)),
            web.post("/accounts/reset", guard(Permission.ACCOUNTS, self._reset)),
            web.post("/accounts/disable", guard(Permission.ACCOUNTS, self._disable)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        return await self._listing(context, context.request.query.get("flash", ""))

    async def _add(self, context: RequestContext) -> web.Response:
        name, role = account_name_of(context.form.get("name", "")), context.form.get("role", "")
        if name is None or role not in set(Role):
            return _back("bad_name")
        if name in RESERVED:
            return _back("reserved_name")
        password, credentials = await new_credentials(self._parts.passwords)
        added = await self._apply(context, lambda conn: self._admin.add(conn, name, Role(role), credentials))
        return await self._listing(context, "", name, password) if added else _back("taken")

    async def _reset(self, context: RequestContext) -> web.Response:
        name = context.form.get("name", "")
        if name == context.account.name:
            return _back("not_oneself")
        password, credentials = await new_credentials(self._parts.passwords)
        begun = await self._apply(context, lambda conn: self._admin.reset(conn, name, credentials))
        return await self._listing(context, "", name, password) if begun else _back("nobody_there")

    async def _disable(self, context: RequestContext) -> web.Response:
        """End an account; nobody can end their own, so that one account is always left."""
        name = context.form.get("name", "")
        if name == context.account.name:
            return _back("not_oneself")
        ended = await self._apply(context, lambda conn: self._admin.disable(conn, name))
        return _back("disabled_now" if ended else "nobody_there")

    async def _apply(self, context: RequestContext, change: ChangeAccount) -> bool:
        async with transaction(self._parts.engine) as conn:
            made = await change(conn)
            if made is not None:
                await self._parts.note_in(conn, made.action, context.account.name, made.detail)
        return made is not None

    async def _listing(
        self, context: RequestContext, flash: str, name: str = "", password: str = ""
    ) -> web.Response:
        """Show all; a first password is shown in this one answer and never again."""
        language = context.language
        async with connect(self._parts.engine) as conn:
            accounts = await self._parts.accounts.all(conn)
        values = {
            **shell(context, "accounts"),
            "rows": [_row(one, language) for one in accounts],
            "roles": choices(Role, CONSOLE_ROLES, language),
            **flash_values(flash, _FLASHES, _DONE, language),
            "new_name": name,
            "first_password": password,
        }
        return self._page.response(language, values)


def _row(one: ConsoleAccount | DamagedAccount, language: Language) -> AccountRow:
    return AccountRow(
        one.name,
        "" if isinstance(one, DamagedAccount) else CONSOLE_ROLES[one.role].spoken(language),
        CONSOLE_ACCOUNTS[_state(one)].spoken(language),
        day(one.created_at.astimezone(SHANGHAI), language),
        one.disabled_at is None,
        isinstance(one, DamagedAccount),
    )


def _state(one: ConsoleAccount | DamagedAccount) -> str:
    if one.disabled_at:
        return "disabled"
    if isinstance(one, DamagedAccount):
        return "damaged_account"
    return "never" if one.is_new else "active"


def _back(flash: str) -> web.Response:
    return see_other(f"/admin/accounts?flash={flash}")
