"""The administrator role creates, disables and resets accounts."""

import re

import pytest

from storage.console.accounts import Role
from tests.support.console.clerk_browser import ClerkBrowser
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_account_is_created_and_its_first_password_shown_once(office):
    admin = await office.sign_in("root", Role.ADMIN)
    await admin.get("accounts")
    page = await admin.post("accounts/add", name="Xiao.Li", role="clerk")
    password = re.search("([a-z2-9]{4}(?:-[a-z2-9]{4}){3})", page.words)[1]
    assert password not in (await admin.get("accounts")).text
    desk = ClerkBrowser(office, office.http, "xiao.li")
    await desk.get("sign-in")
    assert (await desk.post("sign-in", name="xiao.li", password=password)).location == "/admin/set-up"
    assert ("console:root", "console.account.added", "xiao.li clerk") in await office.audit_entries()
    assert "taken" in (await admin.post("accounts/add", name="xiao.li", role="admin")).location


@pytest.mark.parametrize(("name", "role"), [("a", "clerk"), ("<b>", "clerk"), ("li", "root"), ("li", "")])
async def test_account_with_invalid_name_or_role_is_refused(office, name, role):
    admin = await office.sign_in("root", Role.ADMIN)
    await admin.get("accounts")
    assert "bad_name" in (await admin.post("accounts/add", name=name, role=role)).location
    assert await office.find_account("li") is None


@pytest.mark.parametrize("name", ["operator", "Ｏperator ", "worker", "console"])
async def test_account_name_reserved_by_the_audit_trail_is_refused(office, name):
    admin = await office.sign_in("root", Role.ADMIN)
    await admin.get("accounts")
    answer = await admin.post("accounts/add", name=name, role="supervisor")
    assert "请换一个账号名" in (await admin.get(answer.location)).words
    assert await office.find_account(name.strip()) is None


async def test_existing_account_with_a_reserved_name_can_still_sign_in(office):
    desk = await office.sign_in("operator", Role.SUPERVISOR)
    assert (await desk.get("approvals")).status == 200


async def test_disabled_account_is_signed_out_and_a_reset_restarts_set_up(office):
    admin, desk = await office.sign_in("root", Role.ADMIN), await office.sign_in("li")
    await admin.get("accounts")
    assert "disabled_now" in (await admin.post("accounts/disable", name="li")).location
    assert (await desk.get()).location == "/admin/sign-in"
    assert "nobody_there" in (await admin.post("accounts/disable", name="li")).location
    assert (await admin.post("accounts/reset", name="li")).status == 200
    assert (await office.find_account("li")).is_new


async def test_administrator_cannot_disable_or_reset_their_own_account(office):
    admin = await office.sign_in("root", Role.ADMIN)
    await admin.get("accounts")
    for act in ("disable", "reset"):
        assert "not_oneself" in (await admin.post(f"accounts/{act}", name="root")).location
    assert (await admin.get("accounts")).status == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_other_roles_cannot_manage_accounts(office, role):
    desk = await office.sign_in("li", role)
    await desk.get()
    for path, form in (("add", {"name": "me", "role": "admin"}), ("reset", {"name": "li"})):
        assert (await desk.post(f"accounts/{path}", **form)).status == 403
    assert (await desk.get("accounts")).status == 403
    assert await office.find_account("me") is None
    assert ("console:li", "console.refused", "permission accounts") in await office.audit_entries()
