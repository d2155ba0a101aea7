"""Signing in: what a clerk goes through, and what keeps others out; each refusal leaves an audit entry."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.console.access.session_keeper import IDLE_TIMEOUT, SESSION_LIFETIME
from storage.audit_trail.audit import Audit
from storage.console.accounts import Role
from storage.database import connect, transaction
from tests.support.console.clerk_browser import FIRST, OTHER_BROWSER, PASSWORD, ClerkBrowser
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

SIGNED_IN = "console.signed_in"


async def password_typed(desk, name="li", password=PASSWORD):
    """Open the sign-in page, submit name and password, and return the answer."""
    await desk.get("sign-in")
    return await desk.post("sign-in", name=name, password=password)


async def test_first_sign_in_requires_a_new_password_and_the_authenticator_app(office):
    desk = await office.add_account("li", Role.CLERK, is_new=True)
    assert (await password_typed(desk, name=" LI ", password=FIRST)).location == "/admin/set-up"
    page = await desk.get("set-up")
    assert "<svg" in page.text
    secret = (await office.find_account("li")).credentials.totp_secret
    assert secret in page.words.replace(" ", "")
    chosen = {"password": PASSWORD, "again": PASSWORD, "code": await desk.code()}
    assert (await desk.post("set-up", **chosen)).location == "/admin"
    assert (await desk.get()).status == 200
    assert await office.audit_entries(SIGNED_IN) == [("console:li", SIGNED_IN, "clerk")]
    again = ClerkBrowser(office, office.http, "li")
    assert (await again.sign_in(FIRST)).status == 403
    assert (await again.sign_in()).location == "/admin"


async def test_first_password_is_useless_once_the_account_is_set_up(office):
    thief, owner = (
        await office.add_account("li", Role.CLERK, is_new=True),
        ClerkBrowser(office, office.http, "li"),
    )
    for desk in (thief, owner):
        await password_typed(desk, password=FIRST)
        await desk.get("set-up")
    assert (await thief.get("set-up")).status != 200
    assert (await owner.get("set-up")).status == 200
    chosen = {"password": PASSWORD, "again": PASSWORD, "code": await owner.code()}
    assert (await owner.post("set-up", **chosen)).location == "/admin"
    stolen = {
        "password": "another long password",
        "again": "another long password",
        "code": await owner.code(),
    }
    assert (await thief.post("set-up", **stolen)).location != "/admin"
    assert (await owner.get()).status == 200


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("short", "short"),
        (FIRST, FIRST),
        ("my name is li, yes", "my name is li, yes"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
        (PASSWORD, PASSWORD + "!"),
    ],
    ids=["short", "the first password", "contains the name", "one letter", "mismatch"],
)
async def test_weak_password_is_refused(office, password, again):
    desk = await office.add_account("li", Role.CLERK, is_new=True)
    await password_typed(desk, password=FIRST)
    await desk.get("set-up")
    answer = await desk.post("set-up", password=password, again=again, code=await desk.code())
    assert (answer.status, (await office.find_account("li")).is_new) == (403, True)
    assert [detail for _, detail in await office.refusals()] == ["weak password"] * (password == again)


async def test_only_viewers_sign_in_without_a_code(office):
    viewer = await office.add_account("wang", Role.VIEWER)
    assert (await password_typed(viewer, name="wang")).location == "/admin"
    for role in set(Role) - {Role.VIEWER}:
        desk = await office.add_account(f"{role}-1", role)
        assert (await password_typed(desk, name=desk.name)).location == "/admin/code"
        assert (await desk.get()).location == "/admin/sign-in"


async def test_used_code_is_refused(office):
    desk = await office.sign_in()
    code = await desk.code()
    thief = ClerkBrowser(office, office.http, "li")
    await password_typed(thief)
    await thief.get("code")
    answer = await thief.post("code", code=code)
    assert answer.status == 403
    assert "已经用过" in answer.words
    assert (await thief.get()).location == "/admin/sign-in"
    assert ("console:li", "code used before") in await office.refusals()


async def test_code_sent_twice_concurrently_signs_in_once(office):
    desks = [await office.add_account("li", Role.CLERK), ClerkBrowser(office, office.http, "li")]
    for desk in desks:
        await password_typed(desk)
        await desk.get("code")
    code = await desks[0].code()
    answers = await asyncio.gather(*(desk.post("code", code=code) for desk in desks))
    assert sorted(answer.location for answer in answers) == ["", "/admin"]


@pytest.mark.parametrize("name", ["li", "nobody"])
async def test_wrong_password_and_unknown_name_get_the_same_answer(office, name):
    await office.add_account("li", Role.CLERK)
    desk = ClerkBrowser(office, office.http)
    answer = await password_typed(desk, name=name, password="secret typed by mistake")
    assert answer.status == 403
    assert "账号或密码不对" in answer.words
    actor, detail = (await office.refusals())[0]
    assert (actor, detail) in {("console:li", "wrong password"), ("console", "unknown name")}


@pytest.mark.parametrize(
    ("typed", "kept"), [("li", "li"), ("nobody", "nobody"), (" LI ", "li"), (PASSWORD, ""), ('"><b>', "")]
)
async def test_failed_sign_in_keeps_the_name_unless_it_may_be_a_password(office, typed, kept):
    await office.add_account("li", Role.CLERK)
    answer = await password_typed(ClerkBrowser(office, office.http), name=typed, password="wrong")
    (field,) = re.findall(r'<input name="name"[^>]*>', answer.text)
    assert f'value="{kept}"' in field
    assert ("autofocus" in field) is (not kept)


async def test_repeated_failures_lock_sign_in_even_for_the_right_password(office):
    desk = await office.add_account("li", Role.CLERK)

    async def tried(password):
        return await password_typed(desk, password=password)

    for _ in range(5):
        assert "不对" in (await tried("wrong")).words
    assert "请等 1 分钟再试" in (await tried(PASSWORD)).words
    office.clock.advance(seconds=31)
    assert "不对" in (await tried("wrong")).words
    office.clock.advance(seconds=31)
    assert "请等 1 分钟再试" in (await tried(PASSWORD)).words
    office.clock.advance(seconds=30)
    assert (await tried(PASSWORD)).location == "/admin/code"
    assert [detail for _, detail in await office.refusals()].count("locked after failures") == 2


async def test_lockout_dated_by_a_fast_clock_does_not_outlast_the_correction(office):
    desk = await office.add_account("li", Role.CLERK)
    office.clock.advance(days=1)
    for _ in range(5):
        await password_typed(desk, password="wrong")
    office.clock.advance(days=-1)
    assert (await password_typed(desk)).location == "/admin/code"


async def test_guessing_codes_with_a_known_password_is_locked_out(office):
    desk = await office.add_account("li", Role.CLERK)
    await password_typed(desk)
    await desk.get("code")
    answers = [await desk.post("code", code=f"{number:06}") for number in range(6)]
    assert "请等 1 分钟再试" in answers[-1].words
    assert "请等 1 分钟再试" in (await desk.post("code", code=await desk.code())).words


async def test_disabled_account_is_signed_out_at_once(office):
    desk = await office.sign_in()
    async with transaction(office.parts.engine) as conn:
        await office.parts.accounts.disable(conn, "li", office.clock.now)
    assert (await desk.get()).location == "/admin/sign-in"
    assert (await ClerkBrowser(office, office.http, "li").sign_in()).status == 403
    assert [detail for _, detail in await office.refusals()] == ["account disabled"] * 2


async def test_open_page_of_a_disabled_account_does_nothing(office):
    desk, head = await office.sign_in(), await office.sign_in("head", Role.ADMIN)
    await desk.get()
    await head.get("accounts")
    await head.post("accounts/disable", name="li")
    assert (await desk.post("person", number="E1", reason="call")).location == "/admin/sign-in"
    assert await office.audit_entries("case") == []
    assert ("console:head", "console.account.disabled", "li") in await office.audit_entries()


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/admin/export"])
async def test_sign_in_ignores_redirect_parameters(office, elsewhere):
    desk = await office.add_account("wang", Role.VIEWER)
    for name in ("next", "url", "to"):
        await desk.get(f"sign-in?{name}={elsewhere}")
        form = {"name": "wang", "password": PASSWORD, name: elsewhere}
        assert (await desk.post(f"sign-in?{name}={elsewhere}", **form)).location == "/admin"


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "lifetime"])
async def test_session_ends_when_idle_or_after_its_lifetime(office, idle):
    desk = await office.sign_in()
    if idle:
        office.clock.now += IDLE_TIMEOUT * 1.01
    else:
        for _ in range(int(SESSION_LIFETIME / IDLE_TIMEOUT) * 2 + 1):
            office.clock.now += IDLE_TIMEOUT / 2
            await desk.get()
    assert (await desk.get()).location == "/admin/sign-in"
    assert ("console:li", "session expired") in await office.refusals()
    assert "您已经退出：半小时没有操作" in (await desk.get("sign-in")).words


@pytest.mark.parametrize(("back", "ends"), [(timedelta(minutes=5), False), (timedelta(days=365), True)])
async def test_session_begun_by_a_clock_that_was_ahead_ends(office, back, ends):
    desk = await office.sign_in()
    await desk.get()
    office.clock.now -= back
    assert ((await desk.get()).location == "/admin/sign-in") is ends


async def test_token_used_in_another_browser_is_refused_and_ends_the_session(office):
    desk = await office.sign_in()
    thief = ClerkBrowser(office, office.http, browser=OTHER_BROWSER)
    thief.cookies = dict(desk.cookies)
    assert (await thief.get()).location == "/admin/sign-in"
    assert (await desk.get()).location == "/admin/sign-in"
    assert ("console:li", "session in another browser") in await office.refusals()


async def test_session_ended_by_the_sign_in_page_is_recorded(office):
    desk = await office.sign_in()
    thief = ClerkBrowser(office, office.http, browser=OTHER_BROWSER)
    thief.cookies = dict(desk.cookies)
    assert "您已经退出" in (await thief.get("sign-in")).words
    assert ("console:li", "session in another browser") in await office.refusals()
    assert (await desk.get()).location == "/admin/sign-in"


async def test_signing_out_invalidates_the_token(office):
    desk = await office.sign_in()
    kept = dict(desk.cookies)
    await desk.get()
    assert "您已经退出" not in (await desk.get("sign-in")).words
    assert (await desk.post("sign-out")).location == "/admin/sign-in"
    assert "您已经退出" not in (await desk.get("sign-in")).words
    desk.cookies = kept
    assert (await desk.get()).location == "/admin/sign-in"


async def test_audit_chain_of_the_console_is_intact(office):
    await (await office.sign_in()).get()
    async with connect(office.parts.engine) as conn:
        assert await Audit("any", office.parts.vault).verify(conn) == []
