"""Addresses with a wrong method or without a page: after a reload, or typed by hand."""

import pytest

from messages.language.codes import Language
from tests.support.captures.capture_service import PORTRAIT


async def asked(server, method, address):
    async with server.client.request(method, address) as response:
        return response, await response.text()


WRONG = [
    ("GET", "/selfie", "POST"),
    ("GET", "/video", "POST"),
    ("GET", "/consent", "POST"),
    ("PUT", "/again", "POST"),
    ("POST", "", "GET,HEAD"),
    ("DELETE", "/live", "GET,HEAD"),
]


@pytest.mark.parametrize(("method", "below", "allowed"), WRONG)
async def test_wrong_method_is_answered_with_a_page_in_large_print(server, method, below, allowed):
    response, page = await asked(server, method, f"/h5/capture/{await server.ticket()}{below}")
    assert (response.status, response.headers["Allow"]) == (405, allowed)
    assert "请返回微信" in page
    assert 'class="big"' in page
    assert "12333" in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_live_capture_address_opened_as_a_page_shows_the_same_page(server):
    address = f"/h5/capture/{await server.ticket(language=Language.ENGLISH)}/live"
    response, page = await asked(server, "GET", address)
    assert (response.status, response.headers["Cache-Control"]) == (400, "no-store")
    assert "go back to WeChat" in page
    assert 'class="big"' in page


async def test_error_page_follows_the_link_s_language_and_the_lang_parameter(server):
    ticket = await server.ticket(language=Language.ENGLISH)
    _, page = await asked(server, "GET", f"/h5/capture/{ticket}/selfie")
    assert "go back to WeChat" in page
    _, page = await asked(server, "GET", f"/h5/capture/{ticket}/selfie?lang=zh")
    assert "请返回微信" in page


@pytest.mark.parametrize("address", ["/h5/agreement", "/h5/privacy", "/r/8F3K-27QX"])
async def test_wrong_method_on_other_pages_follows_the_lang_parameter(server, address):
    response, page = await asked(server, "POST", address)
    assert (response.status, response.headers["Allow"]) == (405, "GET,HEAD")
    assert "请返回微信" in page
    _, page = await asked(server, "POST", f"{address}?lang=en")
    assert "go back to WeChat" in page


async def test_wrong_method_on_a_receipt_follows_the_account_s_language(server):
    ticket = await server.ticket(language=Language.ENGLISH)
    await server.consent(ticket, {"agree": True})
    await server.send(ticket, PORTRAIT)
    receipt = server.conversation.events[0][1].certification.receipt
    _, page = await asked(server, "POST", f"/r/{receipt}")
    assert "go back to WeChat" in page


@pytest.mark.parametrize("address", ["/h5/nothing", "/h5/capture/{}/", "/h5/capture/{}/nothing", "/r/1/2"])
async def test_unknown_address_is_answered_with_the_same_page(server, address):
    response, page = await asked(server, "GET", address.format(await server.ticket()))
    assert (response.status, "Allow" in response.headers) == (404, False)
    assert "请返回微信" in page


async def test_address_without_a_ticket_sets_no_cookie(server):
    response, _ = await asked(server, "GET", "/h5/capture//selfie?lang=en")
    assert "Set-Cookie" not in response.headers
