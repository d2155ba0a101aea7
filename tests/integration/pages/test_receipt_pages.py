"""The receipt page and its file: what anyone can check without logging in."""

import json
import re

import cv2
import numpy as np
import pytest
from sqlalchemy import text

from bot.h5.pages import STATIC_FILES
from bot.receipts.signed_file import SignedReceipt
from storage.database import transaction
from storage.records.receipts import Receipts
from storage.sealing.signing import is_signed
from storage.sealing.statements import statement
from storage.sealing.vault import Vault
from tests.support.captures.capture_service import NAME, NOON, NUMBER, PORTRAIT
from tests.support.storage.factories import certification
from tests.support.storage.passes import unsign_passes


@pytest.fixture
async def number(server):
    """Give the receipt number of a pass."""
    await server.send(await server.agreed_ticket(), PORTRAIT)
    return server.conversation.events[0][1].certification.receipt


async def look(server, number, **query):
    async with server.client.get(f"/r/{number}", params=query) as response:
        return response.status, await response.text()


async def revoke(server, number):
    parts = server.parts
    async with transaction(parts.engine) as conn:
        assert await Receipts(parts.vault).revoke(conn, number, "查实冒领", NOON)


async def test_page_shows_check_and_record_state_and_the_masked_receipt(server, number):
    status, page = await look(server, number)
    assert status == 200
    assert "本人核对：</b>已通过" in page
    assert "认证记录：</b>已记录，已签名" in page
    for told in (number, "企业职工养老保险", "陈*国", "广州市", "刷脸", "2026年11月23日", "2027年11月30日"):
        assert told in page
    assert NAME not in page
    assert NUMBER not in page


async def test_qr_code_contains_only_the_address_of_the_page(server, number):
    _, page = await look(server, number)
    assert read_code(page) == f"https://pension.example/r/{number}"


def read_code(page):
    """Read the QR code as a phone's camera does: draw its squares, then let OpenCV read the picture."""
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert "style" not in svg
    assert "script" not in svg
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    picture = np.full((side, side), 255, np.uint8)
    for left, top in re.findall(r"M(\d+),(\d+)H", svg):
        picture[int(top), int(left)] = 0
    scaled = cv2.resize(picture, None, fx=8, fy=8, interpolation=cv2.INTER_NEAREST)
    return cv2.QRCodeDetector().detectAndDecode(scaled)[0]


async def test_page_has_a_print_style_sheet(server, number):
    _, page = await look(server, number)
    assert STATIC_FILES.address("receipt.css") in page
    async with server.client.get("/h5/static/receipt.css") as response:
        assert "@media print" in await response.text()
    async with server.client.get("/h5/static/receipt.js") as response:
        assert response.status == 200
    async with server.client.get("/h5/static/nothing.css") as response:
        assert response.status == 404


async def test_receipt_file_can_be_verified_with_the_public_key_alone(server, number):
    async with server.client.get(f"/r/{number}?format=json") as response:
        assert "attachment" in response.headers["Content-Disposition"]
        given = await response.text()
    receipt = SignedReceipt.from_json(given)
    (key,) = server.parts.vault.signing_keys().values()
    assert receipt.number == number
    assert receipt.is_signed_by(key)
    assert not SignedReceipt.from_json(given.replace("2027-11-30", "2037-11-30")).is_signed_by(key)
    assert NAME not in given
    assert NUMBER not in given


async def test_revocation_shows_at_once(server, number):
    await revoke(server, number)
    status, page = await look(server, number)
    assert status == 200
    assert "已撤销" in page
    assert "2026年11月23日由经办机构撤销" in page
    assert "有效。" not in page.replace("不再有效。", "")
    assert "冒领" not in page
    assert "2027年11月30日" not in page
    status, told = await look(server, number, format="json")
    assert (status, json.loads(told)) == (410, {"state": "revoked"})


async def test_tampered_record_cannot_be_verified(server, number):
    async with transaction(server.parts.engine) as conn:
        await conn.execute(text("UPDATE certifications SET due_on = '2036-11-30'"))
    status, page = await look(server, number)
    assert status == 200
    assert "无法核实" in page
    assert "有效" not in page


async def test_unsigned_old_pass_is_shown_as_recorded(server, number):
    async with transaction(server.parts.engine) as conn:
        await unsign_passes(conn, server.parts.vault)
    _, page = await look(server, number)
    assert "这次认证已经记录" in page
    assert "还没有签名" in page


def test_signed_statement_stays_the_same_across_releases():
    """A change here breaks every receipt handed out: give it a new version instead."""
    assert statement(certification("8F3K-27QX")) == (
        '{"certified_at":"2026-05-04T17:30:00+08:00","channel":"face","city":"440100","due_on":"2027-05-31",'
        '"id_masked":"1101**********002X","id_type":"resident_id","name_masked":"欧***试",'
        '"receipt":"8F3K-27QX","scheme":"employee","version":1}'
    )


def test_signing_key_is_derived_from_the_data_key_alone():
    vault, again, other = (Vault.from_setting(f"k1:{letter * 43}=") for letter in "AAB")
    signed = vault.sign("words")
    assert signed == again.sign("words")
    assert signed.key_id == "k1-" + signed.key_id[3:]
    assert vault.signing_keys() == again.signing_keys()
    assert set(vault.signing_keys()).isdisjoint(other.signing_keys())
    assert is_signed("words", signed.value, vault.signing_keys()[signed.key_id])
    assert not is_signed("word", signed.value, vault.signing_keys()[signed.key_id])
    assert not is_signed("words", signed.value, b"no key")
