"""重新识别 on the page: a successor link after a failure, without a new chat or a second consent."""

from dataclasses import replace
from datetime import timedelta

import aiohttp

from dialogs.rules.failure_limit import MOST_FAILURES
from dialogs.rules.link_life import TICKET_LIFE
from dialogs.values import Identity, IdType
from storage.database import transaction
from storage.records.consents import ConsentKind, Consents
from tests.support.captures.capture_service import ACCOUNT, PORTRAIT, REQUEST, STRANGER, enrol
from tests.support.captures.oauth_phones import oauth_harness


async def failed(server, request=REQUEST):
    ticket = await server.agreed_ticket(request)
    assert (await server.send(ticket, STRANGER))[1]["outcome"] == "failed"
    return ticket


def photo():
    form = aiohttp.FormData()
    form.add_field("image", STRANGER, filename="x")
    return form


async def again(server, ticket):
    status, answer = await server.post(f"/h5/capture/{ticket}/again")
    return answer["ticket"] if status == 200 else (status, answer["reason"], answer["message"])


async def test_successor_needs_no_second_consent_and_can_pass(server):
    first = await failed(server)
    second = await again(server, first)
    assert second != first
    assert second == await again(server, first)
    status, answer = await server.send(second, PORTRAIT)
    assert (status, answer["outcome"]) == (200, "passed")
    assert (await server.stored_capture(second)).request == (await server.stored_capture(first)).request


async def test_only_failed_link_has_a_successor(server):
    unused = await server.agreed_ticket()
    passed = await server.agreed_ticket()
    assert (await server.send(passed, PORTRAIT))[1]["outcome"] == "passed"
    assert (await again(server, unused))[:2] == (410, "used")
    assert (await again(server, passed))[:2] == (410, "used")
    assert (await again(server, "A" * 43))[:2] == (404, "unknown")


async def test_successor_is_refused_after_consent_is_withdrawn(server):
    ticket = await failed(server)
    async with transaction(server.parts.engine) as conn:
        row = (ACCOUNT, ConsentKind.FACE_WITHDRAWN, "1")
        await Consents().add(conn, [row], server.clock())
    assert (await again(server, ticket))[:2] == (410, "used")


async def test_successor_of_an_old_failure_is_refused(server):
    ticket = await failed(server)
    server.clock.now += TICKET_LIFE
    assert (await again(server, ticket))[:2] == (410, "used")


async def test_successor_after_too_many_failures_says_when_to_come_back(server):
    for _ in range(MOST_FAILURES - 1):
        assert isinstance(await again(server, await failed(server)), str)
    last = await failed(server)
    status, _, message = await again(server, last)
    _, closed = await server.consent(await server.ticket(), {"agree": True})
    assert (status, message) == (410, closed["message"])
    assert "明天可以再试" in message
    server.clock.now += timedelta(days=1)
    assert isinstance(await again(server, await failed(server)), str)


async def test_failures_of_relatives_are_counted_separately(server):
    mother = replace(REQUEST, subject=Identity("欧阳桂兰", IdType.RESIDENT_ID, "11010519491231002X"))
    for _ in range(MOST_FAILURES):
        last = await failed(server)
    assert (await again(server, last))[0] == 410
    await enrol(server.parts, mother.subject.number)
    assert isinstance(await again(server, await failed(server, mother)), str)


async def test_handed_over_link_has_no_successor(parts):
    async with oauth_harness(parts, login=False) as oauth:
        ticket, phone = await oauth.server.ticket(handed_over=True), oauth.phone()
        await phone.agree(ticket)
        assert (await phone.post(ticket, "selfie", data=photo()))[1]["outcome"] == "failed"
        assert (await phone.post(ticket, "again"))[0] == 410


async def test_successor_is_bound_to_the_same_phone(parts):
    async with oauth_harness(parts, login=True) as oauth:
        ticket, phone = await oauth.server.ticket(), oauth.phone()
        await phone.open(ticket)
        await phone.agree(ticket)
        await phone.post(ticket, "selfie", data=photo())
        assert (await oauth.phone("o_another").post(ticket, "again"))[0] == 403
        successor = (await phone.post(ticket, "again"))[1]["ticket"]
        assert (await phone.selfie(successor))[1]["outcome"] == "passed"
        assert (await oauth.phone("o_another").selfie(successor))[0] == 403
