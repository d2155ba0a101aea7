"""Requests that no console page sends are refused and recorded under the account's name."""

import asyncio

import pytest

from bot import request_body
from storage.console.accounts import Role
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("origin", "why"),
    [("https://evil.example", "origin"), ("null", "origin"), ("", "origin"), ("http://[evil", "origin")],
)
async def test_form_from_another_site_is_refused(office, origin, why):
    desk = await office.sign_in()
    await desk.get()
    assert (await desk.post("sign-out", {"Origin": origin})).status == 403
    assert (await desk.get()).status == 200
    assert await office.refusals() == [("console:li", why)]


@pytest.mark.parametrize("csrf", ["", "0" * 64, "ü"])
async def test_form_without_valid_csrf_token_is_refused(office, csrf):
    desk = await office.sign_in()
    assert (await desk.post("sign-out", csrf=csrf)).status == 403
    assert (await desk.get()).status == 200
    assert await office.refusals() == [("console:li", "csrf")]


async def test_csrf_token_of_another_session_is_refused(office):
    other = await office.sign_in("wang", Role.SUPERVISOR)
    page = await other.get()
    desk = await office.sign_in()
    assert (await desk.post("sign-out", csrf=page.csrf)).status == 403


async def test_sign_in_from_another_site_is_refused(office):
    desk = await office.add_account("li", Role.CLERK)
    answer = await desk.post("sign-in", {"Origin": "https://evil.example"}, name="li", password="x")
    assert answer.status == 403


async def test_stalled_form_body_times_out(office, monkeypatch):
    monkeypatch.setattr(request_body, "_SECONDS", 0.1)
    desk = await office.sign_in()

    async def stopping():
        yield b"csrf="
        await asyncio.sleep(60)

    async with asyncio.timeout(20):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert (await desk.send("sign-out", stopping(), **form)).status in {400, 403}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a" * 20_000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"csrf=%ff&x=\xff", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(60)), "application/x-www-form-urlencoded"),
    ],
    ids=["long", "json", "not UTF-8", "many fields"],
)
async def test_malformed_form_is_refused(office, body, content_type):
    desk = await office.sign_in()
    answer = await desk.send("sign-out", body, **{"Content-Type": content_type})
    assert answer.status == 400
    assert (await desk.get()).status == 200


async def test_endless_form_body_is_refused_early(office):
    desk = await office.sign_in()

    async def endless():
        while True:
            yield b"a=" + b"b" * 65_536

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = await desk.send("sign-out", endless(), **headers)
    except OSError:  # the connection was closed before everything was sent
        return
    assert answer.status == 400


async def test_pages_forbid_inline_scripts_framing_and_caching(office):
    desk = await office.sign_in()
    for path in ("", "sign-in", "nowhere", "figures/nothing.csv"):
        answer = await desk.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script>" not in answer.text
        assert " style=" not in answer.text


async def test_get_request_to_a_form_address_redirects_to_the_first_page(office):
    desk = await office.sign_in()
    for path in ("sign-out", "accounts/add", "audit/check?lang=en"):
        answer = await desk.get(path)
        assert (answer.status, answer.location) == (303, "/admin")
        assert answer.headers["Cache-Control"] == "no-store"


async def test_unknown_address_shows_a_not_found_page(office):
    desk = await office.sign_in()
    answer = await desk.get("nowhere")
    assert answer.status == 404
    assert "没有这一页" in answer.words
