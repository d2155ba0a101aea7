"""`db upgrade` binds existing accounts and approvals to their rows and ends all console sessions."""

import pytest
from sqlalchemy import LargeBinary, bindparam, text

from storage.console.accounts import ConsoleAccount, ConsoleAccounts, DamagedAccount
from storage.console.approvals import Approvals
from storage.database import transaction, upgrade
from storage.errors import BadKeys
from storage.schema.columns import UtcDateTime, bound_context
from tests.support.storage.factories import NOW
from tests.support.storage.old_schema import engine_at_revision

pytest_plugins = ["tests.support.storage.databases"]

_ACCOUNT = text(
    "INSERT INTO console_accounts"
    " (name, role, password_hash, is_new, totp_secret, totp_step, failures, created_at, disabled_at)"
    " VALUES (:name, 'clerk', 'hash', :is_new, :secret, 0, 0, :at, :ended)"
)
_APPROVAL = text(
    "INSERT INTO console_approvals (act, asked_by, asked_at, decided_by, decided_at)"
    " VALUES (:secret, :name, :at, :by, :ended)"
)
_SESSION = text(
    "INSERT INTO console_sessions (token_hash, account_id, stage, browser_hash, begun_at, seen_at)"
    " VALUES (:secret, 1, 'signed_in', :secret, :at, :at)"
)


def typed(statement):
    times = [bindparam(name, type_=UtcDateTime()) for name in ("at", "ended") if f":{name}" in statement.text]
    return statement.bindparams(*times, bindparam("secret", type_=LargeBinary()))


@pytest.fixture
async def old_engine(database_url, vault):
    """Open a database with the earlier schema, with accounts, approvals and a session in it."""
    async with engine_at_revision(database_url, "0020") as engine:
        async with transaction(engine) as conn:
            for name, ended in (("gone", NOW), ("li", None)):
                sealed = vault.seal("SECRET", bound_context("console_accounts.totp_secret", name, "clerk"))
                values = {"name": name, "is_new": False, "secret": sealed, "at": NOW, "ended": ended}
                await conn.execute(typed(_ACCOUNT), values)
            broken = {
                "name": "broken",
                "is_new": False,
                "secret": b"\x01\x02k1" + b"x" * 40,
                "at": NOW,
                "ended": None,
            }
            await conn.execute(typed(_ACCOUNT), broken)
            for by, ended in ((None, None), ("wang", NOW)):
                sealed = vault.seal("{}", bound_context("console_approvals.act", "li", NOW))
                values = {"name": "li", "secret": sealed, "at": NOW, "by": by, "ended": ended}
                await conn.execute(typed(_APPROVAL), values)
            await conn.execute(typed(_SESSION), {"secret": b"token", "at": NOW})
        yield engine


async def test_existing_accounts_and_approvals_stay_usable_and_are_bound(old_engine, vault):
    await upgrade(old_engine, lambda: vault)
    accounts, approvals = ConsoleAccounts(vault), Approvals(vault)
    async with transaction(old_engine) as conn:
        broken, gone, li = await accounts.all(conn)
        assert isinstance(broken, DamagedAccount)
        assert isinstance(gone, ConsoleAccount)
        assert gone.disabled_at == NOW
        assert li.credentials.totp_secret == "SECRET"
        assert [one.act for one in await approvals.waiting(conn)] == ["{}"]
        assert await conn.scalar(text("SELECT count(*) FROM console_sessions")) == 0
        await conn.execute(text("UPDATE console_accounts SET role = 'admin', disabled_at = NULL"))
        await conn.execute(text("UPDATE console_approvals SET decided_at = NULL, decided_by = NULL"))
        assert [type(one) for one in await accounts.all(conn)] == [DamagedAccount] * 3
        assert [one.act for one in await approvals.waiting(conn)] == ["{}", None]


async def test_upgrade_of_accounts_without_the_keys_is_refused(old_engine):
    with pytest.raises(BadKeys, match="DATA_KEYS"):
        await upgrade(old_engine)
