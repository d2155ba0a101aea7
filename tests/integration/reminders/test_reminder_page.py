"""A reminder's link: what it shows, what it opens, for whom and for how long."""

import asyncio
import re
from datetime import date, timedelta

import pytest

from bot.capture.tickets.ticket import ticket_hash
from bot.conversation.units_of_work import Work
from bot.reminders import links as starting
from dialogs.events import CaptureFinished
from dialogs.immutable_record import replace
from dialogs.ports import Found, Unavailable
from dialogs.rules import due
from dialogs.rules.due import DueRule
from dialogs.values import BenefitStatus, CaptureOutcome, CaptureReason, Manner, Scheme
from messages.inbound import Text
from messages.language.codes import Language
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.messaging.reply_windows import ReplyWindows
from storage.records.captures import Captures
from storage.schema.captures import captures
from storage.schema.messaging import outbox
from storage.schema.office import audit
from tests.support.captures.reminder_page import ACCOUNT, DUE, bind
from tests.support.dialog.dialogue import registry_record
from tests.support.storage.yearly_cycle import NAME, subject
from tests.support.wechat.conversations import conversation_of

pytest_plugins = ["tests.support.storage.databases"]


async def test_page_shows_only_the_masked_person_scheme_and_date(page):
    status, text, headers = await page.view()
    assert status == 200
    assert all(word in text for word in ("陈*国", "企业职工养老保险", "2027年5月31日", "开始刷脸"))
    assert NAME not in text
    assert subject().identity.number not in text
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy


async def test_opening_the_page_has_no_effect(page):
    for _ in range(3):
        await page.view()
    assert await page.count(captures) == 0
    assert await page.count(outbox) == 1


async def test_button_opens_a_capture_for_the_right_person_and_scheme(page):
    status, location, _ = await page.press()
    assert status == 200
    assert re.fullmatch(r"https://pension\.example/h5/capture/[\w-]{43}", location)
    opened = await page.capture(location)
    assert opened.account == ACCOUNT
    request = opened.request
    assert (request.scheme, request.subject) == (Scheme.EMPLOYEE, subject().identity)
    assert (request.manner, request.city) == (Manner.SELF, "440100")
    assert await page.count(outbox, "text") == 0


async def test_button_opens_a_capture_despite_an_unfinished_conversation(page):
    conversation = conversation_of(page.reminders.engine, page.reminders.vault, page.reminders.clock)
    for words in ("城乡居民养老保险", "同意并开始办理", "开始办理", "为他人办理", "李小红"):
        await conversation.execute([Work(ACCOUNT, Text(words), on_page=True)])
    page.reminders.clock.now += timedelta(days=20)
    _, location, _ = await page.press()
    assert (await page.capture(location)).request.subject == subject().identity


async def test_concurrent_presses_open_one_link(page):
    pressed = await asyncio.gather(*(page.press() for _ in range(4)))
    links = {location for _, location, _ in pressed}
    assert len(links) == 1
    assert (await page.capture(links.pop())).finished_at is None
    assert await page.count(captures) == 1
    assert await page.count(audit) == 1


async def test_pressing_after_the_link_expired_or_failed_opens_another(page):
    first = (await page.press())[1]
    page.reminders.clock.now += timedelta(minutes=11)
    second = (await page.press())[1]
    assert "/h5/capture/" in second
    assert second != first
    conversation = conversation_of(page.reminders.engine, page.reminders.vault, page.reminders.clock)
    async with transaction(page.reminders.engine) as conn:
        request = (await page.capture(second)).request
        failed = CaptureFinished(request, CaptureOutcome.FAILED, CaptureReason.MISMATCH)
        await conversation.feed(conn, ACCOUNT, failed)
    assert (await page.press())[1] not in {"", first, second}


async def test_result_is_sent_to_the_account_s_chat(page):
    _, location, _ = await page.press()
    request = (await page.capture(location)).request
    conversation = conversation_of(page.reminders.engine, page.reminders.vault, page.reminders.clock)
    async with transaction(page.reminders.engine) as conn:
        failed = CaptureFinished(request, CaptureOutcome.FAILED, CaptureReason.MISMATCH)
        await conversation.feed(conn, ACCOUNT, failed)
    assert await page.count(outbox, "text") == 1


async def test_agent_s_page_asks_for_the_person_to_be_present(page):
    other = subject(3, Scheme.RESIDENT, "欧阳桂兰")
    await page.reminders.record_pass(other, date(2026, 5, 4), "R2")
    await page.reminders.subscribe(("agent", other))
    page.registry.answer = Found(registry_record(other.identity, other.scheme), has_template=True)
    await page.remind(30)
    _, text, _ = await page.view()
    assert "欧阳*兰" in text
    assert "本人刷脸，请确认人就在您身边" in text
    _, location, _ = await page.press()
    opened = await page.capture(location)
    assert (opened.account, opened.request.manner) == ("agent", Manner.AGENT)


REFUSALS = {
    "当前人员信息与社保系统信息不匹配，请核对重新录入": Found(None),
    "待遇状态异常，请联系待遇领取地社保经办机构核实": Found(
        registry_record(subject().identity, status=BenefitStatus.TERMINATED), has_template=True
    ),
    "原因说明：人脸模型信息不匹配": Found(registry_record(subject().identity), has_template=False),
}


@pytest.mark.parametrize("words", REFUSALS)
async def test_refusal_is_explained_on_the_page_without_promising_a_message(page, words):
    """They last wrote months ago: a customer-service message would not arrive."""
    page.registry.answer = REFUSALS[words]
    status, _, text = await page.press()
    assert status == 200
    assert words in text
    assert "weixin:" not in text
    assert "已经发到" not in text
    assert await page.count(outbox, "text") == 0
    assert await page.count(captures) == 0


async def test_repeated_presses_are_limited_to_thirty_lookups_an_hour(page):
    page.registry.answer = Found(None)
    for _ in range(30):
        await page.press()
    page.registry.asked = 0
    status, _, text = await page.press()
    assert (status, page.registry.asked) == (200, 0)
    assert "一小时最多核对信息 30 次" in text
    assert "系统繁忙" not in text
    async with transaction(page.reminders.engine) as conn:
        later, lease = page.reminders.clock() + timedelta(hours=1), timedelta(minutes=1)
        assert await Outbox(page.reminders.vault).claim(conn, [OutboxKind.CHECK], 9, later, lease) == []
    page.registry.answer = Found(registry_record(subject().identity), has_template=True)
    page.reminders.clock.now += timedelta(hours=1)
    assert "/h5/capture/" in (await page.press())[1]


async def test_button_opens_no_reply_window(page):
    await page.press()
    async with page.reminders.engine.connect() as conn:
        assert await ReplyWindows().of(conn, [ACCOUNT], page.reminders.clock()) == {}


async def test_registry_outage_can_be_retried_with_the_same_link(page):
    known, page.registry.answer = page.registry.answer, Unavailable()
    status, _, text = await page.press()
    assert status == 503
    assert "系统繁忙，请稍后再试。" in text
    page.registry.answer = known
    assert "/h5/capture/" in (await page.press())[1]


@pytest.fixture
def city_rule(monkeypatch):
    """Let every city send suspended people to its counter at once."""
    for user in (starting, due):
        monkeypatch.setattr(user, "rule_of", lambda *_: DueRule(counter_after=0))


@pytest.mark.usefixtures("city_rule")
async def test_suspended_person_is_sent_to_the_counter_by_the_city_rule(page):
    page.reminders.clock.set(DUE + timedelta(days=40))
    status, text, _ = await page.view()
    assert status == 200
    assert "没有取消" in text
    suspended = replace(page.registry.answer.beneficiary, status=BenefitStatus.SUSPENDED)
    page.registry.answer = replace(page.registry.answer, beneficiary=suspended)
    status, location, text = await page.press()
    assert (status, location) == (200, "")
    for told in ("别着急", "按当地规定", "柜台"):
        assert told in text
    assert "太久" not in text


@pytest.mark.usefixtures("city_rule")
async def test_overdue_date_alone_sends_nobody_to_the_counter(page):
    page.reminders.clock.set(DUE + timedelta(days=40))
    assert "/h5/capture/" in (await page.press())[1]


@pytest.fixture
async def english_page(page, engine, vault):
    """Give the page of an account that chose English; a Latin name, so that any Chinese is the page's own."""
    john = subject(5, name="John Smith")
    await page.reminders.record_pass(john, date(2026, 5, 4), "R2")
    await page.reminders.subscribe(("openid_of_john", john))
    await bind(engine, vault, john.identity, "openid_of_john", Language.ENGLISH)
    page.registry.answer = Found(registry_record(john.identity), has_template=True)
    await page.remind(30)
    return page


def english(text):
    """Return a page's text; fail if any of it is Chinese."""
    assert '<html lang="en">' in text
    assert not re.search("[\u2e80-\u9fff\uff00-\uffef“”]", text.replace(">中文</a>", ""))
    return text


async def test_english_account_gets_english_from_the_reminder_to_the_camera(english_page):
    text = english((await english_page.view())[1])
    for told in ("Jo*******h", "Employee pension", "31 May 2027", "Please do it before the due date."):
        assert told in text
    _, location, text = await english_page.press()
    assert "Opening the face check" in english(text)
    async with english_page.reminders.engine.connect() as conn:
        key = ticket_hash(location.rpartition("/")[2])
        assert await Captures(english_page.reminders.vault).language(conn, key) is Language.ENGLISH


async def test_english_account_gets_refusals_and_errors_in_english(english_page):
    english_page.registry.answer = Found(None)
    assert "do not match the pension record" in english((await english_page.press())[2])
    english_page.registry.answer = Unavailable()
    assert "The system is busy. Please try again later." in english((await english_page.press())[2])
    english_page.reminders.clock.set(DUE + timedelta(days=61))
    assert "This link has expired." in english((await english_page.view())[1])
    async with english_page.client.put(english_page.path) as response:
        assert (response.status, response.headers["Allow"]) == (405, "GET,HEAD,POST")
        assert "go back to WeChat" in english(await response.text())
