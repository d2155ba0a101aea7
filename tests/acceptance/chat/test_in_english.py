"""English, chosen with one word in the chat, applies from there to the receipt."""

import re

from tests.acceptance.phone import links
from tests.acceptance.world import EMPLOYEE, SELFIE, open_link

HTML = '<html lang="en">'


async def fetch(phone, address):
    async with phone.http.get(address) as response:
        return await response.text()


async def to_english_link(phone):
    """Walk "For myself" to the link; return the links of the agreement and the capture page."""
    await phone.say("English")
    await phone.tap("Employee pension")
    documents = links((await phone.messages())[-1]["text"])
    await phone.tap("Agree and start", "Start", "For myself")
    await phone.say(EMPLOYEE.name)
    await phone.tap("Resident Identity Card")
    await phone.say(EMPLOYEE.number)
    return documents, open_link(phone, await phone.tap("Next", "Ready"))


async def test_agreement_capture_page_answers_and_receipt_are_english(phone):
    documents, page = await to_english_link(phone)
    titles = [re.search("<h1>(.*)</h1>", await fetch(phone, address))[1] for address in documents]
    assert titles == ["User Service Agreement", "Privacy Policy"]
    assert HTML in (await page.open())[1]
    await page.agree()
    assert (await page.selfie(SELFIE)).message == "Check passed. Please go back to WeChat to see the result."
    (receipt,) = links(await phone.customer_message())
    assert "This check is valid." in await fetch(phone, receipt)
    assert "This link has been used." in (await page.open())[1]


async def test_switching_the_chat_to_chinese_applies_to_the_next_link(phone):
    _, page = await to_english_link(phone)
    await phone.say("中文")
    again = open_link(phone, await phone.say("重新识别"))
    assert HTML in (await page.open())[1]
    assert '<html lang="zh-CN">' in (await again.open())[1]
