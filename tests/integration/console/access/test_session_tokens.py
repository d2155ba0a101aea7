"""The token of a browser's console session, and the cookie that carries it."""

from ipaddress import ip_network

import pytest

from storage.console.accounts import Role
from storage.database import connect
from tests.support.console.clerk_browser import PASSWORD, ClerkBrowser, serve_office
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

TLS = {"X-Forwarded-Proto": "https"}


async def test_token_changes_at_each_stage_and_is_not_stored_in_plain_text(office):
    desk = await office.add_account("li", Role.CLERK)
    await desk.get("sign-in")
    await desk.post("sign-in", name="li", password=PASSWORD)
    pending = desk.cookies["console"]
    await desk.get("code")
    await desk.post("code", code=await desk.code())
    assert desk.cookies["console"] != pending
    async with connect(office.parts.engine) as conn:
        rows = (await conn.exec_driver_sql("SELECT * FROM console_sessions")).all()
    assert len(rows) == 1
    assert desk.cookies["console"] not in str(rows)


async def test_cookies_are_secure_http_only_and_same_site(office):
    desk = await office.sign_in()
    await desk.get("sign-in")
    answer = await desk.post("sign-in", name="li", password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/admin"))


@pytest.fixture
async def proxied(engine, vault):
    """Give a console behind a local proxy, which says which scheme a browser used."""
    async with serve_office(engine, vault, proxies=[ip_network("127.0.0.0/8")]) as made:
        yield made


async def over_tls(desk):
    await desk.get("sign-in", **TLS)
    return await desk.post("sign-in", TLS, name="li", password=PASSWORD)


async def test_token_cookie_behind_tls_has_the_host_prefix(proxied):
    desk = await proxied.add_account("li", Role.VIEWER)
    answer = await over_tls(desk)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-console=")
    assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/;"))
    assert (await desk.get(**TLS)).status == 200


async def test_token_cookie_without_host_prefix_is_ignored_behind_tls(proxied):
    desk = await proxied.add_account("li", Role.VIEWER)
    await over_tls(desk)
    desk.cookies = {"console": desk.cookies["__Host-console"]}
    assert (await desk.get(**TLS)).location == "/admin/sign-in"


async def test_token_planted_before_sign_in_is_replaced(office):
    desk = await office.add_account("li", Role.CLERK)
    desk.cookies["console"] = planted = "planted-by-somebody-else-0123456789abcdef"
    await desk.sign_in()
    assert desk.cookies["console"] != planted
    thief = ClerkBrowser(office, office.http, "li")
    thief.cookies["console"] = planted
    assert (await thief.get()).location == "/admin/sign-in"
