"""Hourly limits per account; a request beyond them loses nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.effects import OpenCapture
from dialogs.flow.step import Step
from dialogs.local_time import SHANGHAI
from dialogs.rules.rate_limits import HOURLY
from dialogs.values import Identity, IdType, LimitedRequest, Manner
from messages.language.keys import Key
from messages.outbound import Say
from storage.database import transaction
from storage.messaging.rate_counters import RateCounters
from storage.records.captures import Captures
from storage.schema.captures import captures
from storage.schema.office import audit
from tests.integration.conversation.test_transaction import (
    ANNA,
    BORIS,
    EMPLOYEE,
    REQUEST,
    Registry,
    running_service,
)
from tests.support.dialog.dialogue import DETAILS, TO_READ_BACK
from tests.support.manual_clock import MORNING, ManualClock

pytest_plugins = ["tests.support.storage.databases"]

BUSY = "系统繁忙"
FOR_OTHER = replace(REQUEST, manner=Manner.AGENT, agent=Identity("李小红", IdType.PASSPORT, "E12345678"))


@pytest.fixture
async def service(engine, vault):
    async with running_service(engine, vault, Registry(), ManualClock(MORNING)) as service:
        yield service


async def used_up(service, asking, account=ANNA):
    """Use up the account's hourly limit for one kind of request."""
    async with transaction(service.engine) as conn:
        for _ in range(HOURLY[asking]):
            counted = await RateCounters().count(conn, account, asking, service.clock())
    assert counted.count == HOURLY[asking]


def again_at(service):
    """Return the time of day in Shanghai at which the hour is over."""
    return f"{(service.clock() + timedelta(hours=1)).astimezone(SHANGHAI):%H:%M}"


async def test_lookup_beyond_the_limit_asks_no_registry_and_keeps_the_input(service, caplog):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    await used_up(service, LimitedRequest.LOOKUP)
    refused = await service.say("下一步")
    assert all(
        words in refused for words in ("核对信息 30 次", f"请在 {again_at(service)} 以后再来", "都还在")
    )
    assert BUSY not in refused
    assert service.registry.asked == 0
    assert "an account was held back: more than 30 lookup in an hour" in caplog.text
    assert ANNA not in caplog.text
    service.clock.now += timedelta(minutes=61)
    assert "信息已核对" in await service.say("下一步")


async def test_limit_of_one_account_does_not_affect_others(service):
    await used_up(service, LimitedRequest.LOOKUP)
    await service.say_all(EMPLOYEE, *TO_READ_BACK, account=BORIS)
    assert "信息已核对" in await service.say("下一步", BORIS)


async def test_limit_hour_starts_with_the_first_request(engine):
    async with transaction(engine) as conn:
        counted = []
        for minutes in (0, 30, 59, 60, 61, 119):
            now = MORNING + timedelta(minutes=minutes)
            counted.append((await RateCounters().count(conn, ANNA, "link", now)).count)
    assert counted == [1, 2, 3, 1, 2, 3]


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(days=1), timedelta(days=366)])
async def test_counts_dated_in_the_future_limit_nobody(service, ahead):
    before = service.clock.now
    service.clock.now += ahead
    for asking in LimitedRequest:
        await used_up(service, asking)
    service.clock.now = before
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    assert "信息已核对" in await service.say("下一步")
    assert "/h5/capture/" in await service.say("确定")


async def test_counts_are_separate_by_account_and_kind(engine):
    async with transaction(engine) as conn:
        for account, kind in ((ANNA, "link"), (ANNA, "lookup"), (BORIS, "link")):
            assert (await RateCounters().count(conn, account, kind, MORNING)).count == 1


async def test_link_beyond_the_limit_is_not_opened_and_the_dialog_continues(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步")
    await used_up(service, LimitedRequest.LINK)
    told = await service.say("确定")
    assert all(words in told for words in ("打开刷脸链接 30 次", f"请在 {again_at(service)} 以后再来"))
    assert BUSY not in told
    assert "/h5/capture/" not in told
    assert await service.count(captures) == 0
    service.clock.now += timedelta(minutes=61)
    assert "/h5/capture/" in await service.say("重新识别")
    assert await service.count(captures) == 1


async def test_links_requested_in_the_chat_are_limited_too(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步")
    replies = [await service.say("确定")]
    replies += [await service.say("重新识别") for _ in range(HOURLY[LimitedRequest.LINK])]
    assert ["/h5/capture/" in reply for reply in replies] == [True] * HOURLY[LimitedRequest.LINK] + [False]


async def test_queries_about_others_have_a_lower_limit(service):
    assert HOURLY[LimitedRequest.QUERY_OTHER] < HOURLY[LimitedRequest.LOOKUP]
    await used_up(service, LimitedRequest.QUERY_OTHER)
    await service.say_all(EMPLOYEE, "同意并开始办理", "认证信息查询", "为他人查询", *DETAILS)
    assert "查询别人的结果 10 次" in await service.say("查询")
    assert service.registry.asked == 0
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    assert "信息已核对" in await service.say("下一步")


async def test_handed_over_link_lasts_longer_and_is_recorded_as_such(service, monkeypatch):
    """The effect of the dialog up to the link it opens."""
    said = (OpenCapture(FOR_OTHER, handed_over=True), Say(Key.LINK, {}))
    monkeypatch.setattr(service.conversation, "_stepping", lambda session, *_: Step(session, said))
    assert "https://pension.example/h5/capture/" in await service.say("转给家人")
    async with service.engine.connect() as conn:
        (key,) = (await conn.execute(select(captures.c.ticket_hash))).scalars()
        kept = await Captures(service.vault).find(conn, key)
        audited = (await conn.execute(select(audit.c.action))).scalars().all()
    assert (kept.handed_over, kept.bound_to, kept.account) == (True, None, ANNA)
    assert kept.expires_at - kept.created_at == timedelta(minutes=30)
    assert audited == ["capture.handed_over"]
