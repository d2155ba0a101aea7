"""An account that chose English in the chat gets English text and voice on every page it links to."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import numpy as np
import pytest
from sqlalchemy import text

from bot.capture.languages import in_language
from dialogs.values import Identity, IdType, Manner
from messages.catalogue.lookup import FACE_TERMS_VERSION
from messages.language.codes import Language
from storage.database import transaction
from storage.records.receipts import Receipts
from tests.support.captures.capture_service import (
    NOON,
    NUMBER,
    PORTRAIT,
    REQUEST,
    STRANGER,
    jpeg,
)
from tests.support.captures.live_socket import receive_message
from tests.support.captures.oauth_phones import oauth_harness
from tests.support.storage.passes import unsign_passes

CHINESE_SIGNS = re.compile("[\u2e80-\u9fff\uff00-\uffef“”]")
HELPER = Identity("Mary Smith", IdType.PASSPORT, "E12345678")
PERSON = Identity("John Smith", IdType.RESIDENT_ID, NUMBER)
"""The portrait is enrolled under this number; a Latin name, so that any Chinese is the page's own."""
NOBODY = jpeg(np.random.default_rng(7).integers(90, 160, (240, 320, 3), np.uint8))
OWN = replace(REQUEST, subject=PERSON)
HANDED = replace(OWN, manner=Manner.AGENT, agent=HELPER)


async def link(server, request=OWN, **more):
    return await server.ticket(request, language=Language.ENGLISH, **more)


async def agreed(server):
    ticket = await link(server)
    assert (await server.consent(ticket, {"agree": True}))[0] == 200
    return ticket


async def look(server, address):
    """Return a page's text; fail if any of it is Chinese."""
    async with server.client.get(address) as response:
        page = unescape(await response.text())
    assert '<html lang="en">' in page
    assert not CHINESE_SIGNS.search(page.replace(">中文</a>", ""))
    return page


def english(answer):
    assert answer["message"]
    assert not CHINESE_SIGNS.search(answer["message"])
    return answer["message"]


# ---- pages


async def test_capture_page_scripts_and_voice_are_english(live_server):
    page = await look(live_server, f"/h5/capture/{await link(live_server)}")
    assert "Consent to the face check" in page
    words = json.loads(re.search(r'data-words="(\{.*?\})">', page)[1])
    assert words["voice"] == "en-US"


async def test_handed_over_link_names_the_helper_in_english(server):
    page = await look(server, f"/h5/capture/{await link(server, HANDED, handed_over=True)}")
    assert "asked for by <b>Ma*******h</b> (your helper)" in page


@pytest.mark.parametrize("minutes", [11, 0])
async def test_expired_or_used_link_shows_an_english_page(server, minutes):
    ticket = await agreed(server)
    await server.send(ticket, PORTRAIT)
    server.clock.now += timedelta(minutes=minutes)
    assert 'tap "Ready" or "New link"' in await look(server, f"/h5/capture/{ticket}")


async def test_page_of_another_account_s_link_is_english(parts):
    async with oauth_harness(parts, login=True) as oauth:
        ticket = await link(oauth.server)
        response, page = await oauth.phone("o_somebody").open(ticket)
        assert response.status == 403
        assert "open this link in the WeChat that asked for it" in page
        assert not CHINESE_SIGNS.search(page.replace(">中文</a>", ""))
        status, answer = await oauth.phone("o_somebody").agree(ticket)
        assert status == 403
        assert "WeChat" in english(answer)


@pytest.mark.parametrize(
    ("name", "words"), [("agreement", "never asks you to send money"), ("privacy", "sold to nobody")]
)
async def test_documents_linked_from_the_chat_are_english(server, name, words):
    assert words in await look(server, in_language(f"/h5/{name}", Language.ENGLISH))


async def test_consent_page_links_to_the_policy_in_its_language(server):
    page = await look(server, f"/h5/capture/{await link(server)}")
    address = re.search(r'href="(/h5/privacy[^"]*)"', page)[1]
    assert "Privacy Policy" in await look(server, address)


# ---- the other language, where a helper's link comes to a parent's phone

OTHER = re.compile('href="(\\?lang=zh)" hreflang="zh" lang="zh">中文</a>')


@pytest.mark.parametrize("login", [True, False])
async def test_page_switched_to_chinese_keeps_chinese_through_the_capture(parts, login):
    async with oauth_harness(replace(parts, liveness="required"), login=login) as oauth:
        ticket = await link(oauth.server, HANDED, handed_over=True)
        parent, address = oauth.phone("o_parent"), f"/h5/capture/{ticket}"
        _, page = await parent.open(ticket)
        _, page = await parent.get(address + OTHER.search(page)[1])
        assert '<html lang="zh-CN">' in page
        assert "zh-CN" in json.loads(unescape(re.search(r'data-words="(.*?)">', page)[1]))["voice"]
        assert 'hreflang="en" lang="en">English</a>' in page
        assert "人脸信息单独同意书" in (await parent.open(ticket))[1]  # opened once more from the chat
        assert (await parent.agree(ticket))[0] == 200
        async with parent.session.ws_connect(f"{address}/live") as ws:
            assert (await ws.receive_json())["text"].startswith("请正对屏幕")
        assert "请按提示" in (await parent.selfie(ticket))[1]["message"]
        async with parts.engine.connect() as conn:
            read = await conn.scalar(text("SELECT detail FROM audit WHERE action = 'consent.face'"))
        assert read == f"{FACE_TERMS_VERSION} zh"


async def test_language_switch_on_one_phone_leaves_others_and_receipt_english(parts):
    async with oauth_harness(parts, login=True) as oauth:
        ticket = await link(oauth.server, HANDED, handed_over=True)
        parent, other = oauth.phone("o_parent"), oauth.phone("o_other")
        await parent.open(ticket)
        await parent.get(f"/h5/capture/{ticket}", lang="zh")
        assert '<html lang="en">' in (await other.open(ticket))[1]
        await parent.agree(ticket)
        assert "认证成功" in (await parent.selfie(ticket))[1]["message"]
        receipt = oauth.server.conversation.events[0][1].certification.receipt
        await look(oauth.server, f"/r/{receipt}")


async def test_closed_page_can_be_switched_to_the_other_language(server):
    ticket = await link(server, HANDED, handed_over=True)
    server.clock.now += timedelta(hours=1)
    page = await look(server, f"/h5/capture/{ticket}")
    async with server.client.get(f"/h5/capture/{ticket}{OTHER.search(page)[1]}") as response:
        assert "已经过期" in await response.text()


# ---- receipts


@pytest.fixture
async def receipt(server):
    await server.send(await agreed(server), PORTRAIT)
    return server.conversation.events[0][1].certification.receipt


async def test_receipt_is_in_the_language_of_its_link(server, receipt):
    page = await look(server, f"/r/{receipt}")
    expected = ("This check is valid.", "23 Nov 2026 12:00", "30 Nov 2027", "Employee pension", "Guangzhou")
    for phrase in expected:
        assert phrase in page
    assert "Jo*******h" in page


async def test_english_receipt_can_be_switched_to_chinese(server, receipt):
    page = await look(server, f"/r/{receipt}")
    assert '<a class="target" href="?lang=zh" hreflang="zh" lang="zh">中文</a>' in page
    async with server.client.get(f"/r/{receipt}?lang=zh") as response:
        assert "这次认证有效" in await response.text()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE certifications SET due_on = '2036-11-30'", "cannot be confirmed"),
        ("UPDATE certifications SET signature = NULL", "cannot be confirmed"),
        ("", "It is no longer valid."),
    ],
)
async def test_receipt_is_english_in_every_state(server, receipt, change, words):
    async with transaction(server.parts.engine) as conn:
        if change:
            await conn.execute(text(change))
        else:
            assert await Receipts(server.parts.vault).revoke(conn, receipt, "why", NOON)
    assert words in await look(server, f"/r/{receipt}")


async def test_unsigned_old_receipt_is_english(server, receipt):
    async with transaction(server.parts.engine) as conn:
        await unsign_passes(conn, server.parts.vault)
    assert "This check is on record." in await look(server, f"/r/{receipt}")


async def test_unknown_receipt_page_can_be_shown_in_english(server):
    assert "not found" in await look(server, "/r/2222-2222?lang=en")


# ---- answers


async def test_capture_results_are_english(server):
    _, answer = await server.send(await agreed(server), PORTRAIT)
    assert english(answer).startswith("Check passed.")
    _, answer = await server.send(await agreed(server), STRANGER)
    assert english(answer).startswith("Check not passed. Reason: the face did not match the record.")
    _, answer = await server.send(await agreed(server), b"no picture")
    assert english(answer).startswith("This file is not a photo that can be used.")


async def test_refusals_and_errors_are_english(server):
    _, answer = await server.send(await link(server), PORTRAIT)
    assert (answer["reason"], english(answer)[:11]) == ("no_consent", "Please read")
    ticket = await agreed(server)
    await server.send(ticket, PORTRAIT)
    assert "has been used" in english((await server.send(ticket, PORTRAIT))[1])
    ticket, server.conversation.broken = await agreed(server), True
    assert english((await server.send(ticket, PORTRAIT))[1]) == "The system is busy. Please try again later."


async def test_steps_of_a_recorded_video_are_english(live_server):
    ticket = await agreed(live_server)
    async with live_server.client.get(f"/h5/capture/{ticket}/challenge") as response:
        told = [step["text"] for step in (await response.json())["actions"]]
    assert told[0] == "Face the phone, look into the lens, keep still."
    assert "dot" not in " ".join(told)
    assert not CHINESE_SIGNS.search(" ".join(told))


async def test_prompts_hints_and_results_over_the_websocket_are_english(live_server):
    async with live_server.client.ws_connect(f"/h5/capture/{await agreed(live_server)}/live") as ws:
        assert (await ws.receive_json())["text"].startswith("Face the screen")
        await ws.send_bytes(NOBODY)
        hint = await receive_message(ws)
        assert (hint["type"], hint["reason"]) == ("hint", "no_face")
        assert hint["text"].startswith("No face to be seen.")
    async with live_server.client.ws_connect(f"/h5/capture/{await link(live_server)}/live") as ws:
        assert english(await ws.receive_json()) == "Please read about the face check first, and agree to it."


# ---- Chinese stays where nobody chose


async def test_pages_are_chinese_without_a_language_choice(server):
    ticket = await server.ticket()
    for address in (f"/h5/capture/{ticket}", "/h5/capture/unknown", "/h5/agreement?lang=fr", "/r/2222-2222"):
        async with server.client.get(address) as response:
            assert '<html lang="zh-CN">' in await response.text()
