"""Console accounts managed from the command line."""

import re

import pytest

from bot.console.access.passwords import Passwords
from storage.console.accounts import ConsoleAccounts, Credentials, Role
from storage.console.sessions import ConsoleSession, ConsoleSessions, SignInStage
from storage.database import connect, transaction
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW
from tests.support.storage.recorded_actions import recorded_actions

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = on_sqlite


async def account(engine, name="li"):
    async with connect(engine) as conn:
        return await ConsoleAccounts(Vault.from_setting(KEY)).by_name(conn, name)


async def test_added_account_gets_a_first_password_and_cannot_be_added_twice(operator, engine):
    ran = await operator.run("admin", "user", "add", " Li ", "--role", "clerk")
    password = re.search("first password (\\S+)", ran.out)[1]
    found = await account(engine)
    assert (ran.code, found.role, found.is_new) == (0, Role.CLERK, True)
    assert await Passwords().fits(found.credentials.password_hash, password)
    assert found.credentials.password_hash.startswith("$argon2id$")
    assert (await operator.run("admin", "user", "add", "li", "--role", "admin")).code == 1
    assert (await account(engine)).role is Role.CLERK
    assert (await operator.run("admin", "user", "list")).out.startswith("li clerk never signed in since ")


async def test_disabling_ends_sessions_and_reset_renews_credentials(operator, engine):
    await operator.run("admin", "user", "add", "li", "--role", "clerk")
    before = await account(engine)
    async with transaction(engine) as conn:
        session = ConsoleSession(b"hash", before.id, SignInStage.SIGNED_IN, b"browser", NOW, NOW)
        await ConsoleSessions(Vault.from_setting(KEY)).begin(conn, session, NOW)
    assert (await operator.run("admin", "user", "disable", "li")).code == 0
    async with connect(engine) as conn:
        assert await ConsoleSessions(Vault.from_setting(KEY)).find(conn, b"hash") is None
    assert "disabled" in (await operator.run("admin", "user", "list")).out
    assert (await operator.run("admin", "user", "disable", "li")).code == 1
    assert (await operator.run("admin", "user", "reset", "li")).code == 0
    after = await account(engine)
    assert after.disabled_at is None
    assert after.credentials.totp_secret != before.credentials.totp_secret
    assert await recorded_actions(engine) == [
        "console.account.added",
        "console.account.disabled",
        "console.account.reset",
    ]


@pytest.mark.parametrize("name", ["l", "li li", "x" * 33, "<b>", "li;drop"])
@pytest.mark.usefixtures("engine")
async def test_invalid_account_name_is_wrong_usage(operator, name):
    ran = await operator.run("admin", "user", "add", name, "--role", "clerk")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


@pytest.mark.usefixtures("engine")
async def test_reset_or_disable_of_unknown_account_fails(operator):
    assert (await operator.run("admin", "user", "reset", "nobody")).code == 1
    assert (await operator.run("admin", "user", "disable", "nobody")).code == 1


async def test_account_name_reserved_by_the_audit_trail_is_refused(operator, engine):
    ran = await operator.run("admin", "user", "add", "Operator", "--role", "supervisor")
    assert ran.code == 1
    assert "operator: the audit trail uses this name for a part of the service; choose another one" in ran.out
    assert await account(engine, "operator") is None


async def test_doctor_warns_about_account_with_reserved_name_until_disabled(operator, engine):
    async with transaction(engine) as conn:
        await ConsoleAccounts(Vault.from_setting(KEY)).add(
            conn, "operator", Role.CLERK, Credentials("hash", "SECRET"), NOW
        )
    assert "warn console account: operator is" in (await operator.run("doctor", "--offline")).out
    await operator.run("admin", "user", "disable", "operator")
    assert "console account" not in (await operator.run("doctor", "--offline")).out
