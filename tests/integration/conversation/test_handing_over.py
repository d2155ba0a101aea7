"""转给家人: a link for another phone is bound to the first account that agrees."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.values import Identity, IdType, Manner
from storage.database import transaction
from tests.support.captures.capture_service import ACCOUNT, NAME, NOON, REQUEST
from tests.support.captures.oauth_phones import oauth_harness

AGENT = Identity("李小红", IdType.PASSPORT, "E12345678")
FOR_OTHER = replace(REQUEST, manner=Manner.AGENT, agent=AGENT)


@pytest.fixture
async def oauth(parts):
    async with oauth_harness(parts, login=True) as made:
        yield made


@pytest.fixture(params=["login", "no login"])
async def any_login(request, parts):
    async with oauth_harness(parts, login=request.param == "login") as made:
        yield made


async def test_handed_over_link_is_bound_to_the_first_account_that_agrees(any_login):
    ticket = await any_login.server.ticket(FOR_OTHER, handed_over=True)
    grandma, uncle = any_login.phone("o_grandma"), any_login.phone("o_uncle")
    for phone in (uncle, grandma):
        assert (await phone.open(ticket))[0].status == 200
    assert (await any_login.server.stored_capture(ticket)).bound_to is None
    assert (await grandma.agree(ticket))[0] == 200
    status, answer = await uncle.agree(ticket)
    assert (status, answer["outcome"]) == (403, "closed")
    assert "已经在另一个微信里打开" in answer["message"]
    assert (await uncle.selfie(ticket))[0] == 403
    response, page = await uncle.open(ticket)
    assert response.status == 403
    assert "已经在另一个微信里打开" in page
    assert (await grandma.agree(ticket))[0] == 200
    assert (await grandma.open(ticket))[0].status == 200
    assert (await grandma.selfie(ticket))[1]["outcome"] == "passed"


async def test_concurrent_consents_bind_a_link_to_one_account(any_login):
    ticket = await any_login.server.ticket(FOR_OTHER, handed_over=True)
    phones = [any_login.phone(f"o_{name}") for name in ("grandma", "uncle", "neighbour")]
    for phone in phones:
        await phone.open(ticket)
    answers = await asyncio.gather(*(phone.agree(ticket) for phone in phones))
    assert sorted(status for status, _ in answers) == [200, 403, 403]


async def test_database_row_decides_which_account_gets_the_link(parts):
    """Two machines may both have found the link unbound."""
    key, now = b"hash", NOON
    async with transaction(parts.engine) as conn:
        ends = now + timedelta(minutes=30)
        await parts.captures.open(conn, key, ACCOUNT, FOR_OTHER, now, ends, handed_over=True)
        bound = [await parts.captures.bind(conn, key, who) for who in ("a", "b", "a")]
    assert bound == [True, False, True]


async def test_result_goes_to_the_account_that_handed_the_link_over(any_login):
    ticket = await any_login.server.ticket(FOR_OTHER, handed_over=True)
    grandma = any_login.phone("o_grandma")
    await grandma.open(ticket)
    await grandma.agree(ticket)
    assert (await grandma.selfie(ticket))[1]["outcome"] == "passed"
    ((account, event),) = any_login.server.conversation.events
    assert account == ACCOUNT
    assert event.certification.agent == AGENT


async def test_consent_is_recorded_for_the_account_that_agreed(oauth):
    ticket = await oauth.server.ticket(FOR_OTHER, handed_over=True)
    grandma = oauth.phone("o_grandma")
    await grandma.open(ticket)
    await grandma.agree(ticket)
    async with oauth.server.parts.engine.connect() as conn:
        rows = (await conn.exec_driver_sql("SELECT account, kind FROM consents")).all()
    assert rows == [("o_grandma", "face")]


async def test_consent_page_names_only_the_agent_masked(any_login):
    ticket = await any_login.server.ticket(FOR_OTHER, handed_over=True)
    _, page = await any_login.phone("o_grandma").open(ticket)
    assert '<p class="sender">这个链接是<b>李*红</b>' in page
    assert '<p class="next passed">结果已经告诉代办人李*红' in page
    assert AGENT.name not in page
    assert NAME not in page
    plain = await any_login.server.ticket(FOR_OTHER)
    _, page = await any_login.phone().open(plain)
    assert "李" not in page
    assert 'class="sender"' not in page


async def test_handed_over_link_expires_after_half_an_hour(any_login):
    ticket = await any_login.server.ticket(FOR_OTHER, handed_over=True)
    grandma = any_login.phone("o_grandma")
    any_login.server.clock.now += timedelta(minutes=29)
    assert (await grandma.open(ticket))[0].status == 200
    any_login.server.clock.now += timedelta(minutes=1)
    assert (await grandma.open(ticket))[0].status == 410
