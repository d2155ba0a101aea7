"""Faults of the platform's own face verification, such as results that belong to another capture."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.capture.tickets.access import bearer_cookie_of
from bot.capture.tickets.open_tickets import MOST_RETRIES
from bot.capture.tickets.ticket import ticket_hash
from bot.h5.access import BEARER_COOKIE
from bot.h5.headers import HEADERS
from bot.simulator.face_verification import MATCHED
from bot.wechat.operator_alarms import OperatorAlarms
from dialogs.values import Identity, IdType
from storage.database import transaction
from storage.messaging.alarms import AlarmStore
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from tests.support.captures.capture_service import (
    ACCOUNT,
    NAME,
    NOON,
    NUMBER,
    PORTRAIT,
    REQUEST,
)
from tests.support.captures.face_providers import (
    CANCELLED,
    OTHER_FACE,
    PUBLIC_URL,
    SCRIPT,
    serve_wechat_check,
)

OTHER = Identity("欧阳桂兰", IdType.RESIDENT_ID, "11010519491231002X")
FOR_OTHER = replace(REQUEST, subject=OTHER)
PERMIT = Identity("陈大文", IdType.HK_MACAU_PERMIT, "H01234567")


@pytest.fixture
async def wechat(parts):
    async with serve_wechat_check(parts) as made:
        yield made


async def shown(wechat, ticket):
    async with wechat.server.client.get(f"/h5/capture/{ticket}") as response:
        return response, await response.text()


async def refused(wechat, ticket, verify_result):
    """Hand in a result; it must cost no attempt and leave no record."""
    before = list(wechat.server.conversation.events)
    status, answer = await wechat.submit_result(ticket, verify_result)
    assert (status, answer["outcome"], answer["reason"]) == (200, "retry", "not_live")
    assert "不算失败" in answer["message"]
    assert wechat.server.conversation.events == before


async def begun(wechat, ticket):
    status, answer = await wechat.begin(ticket)
    assert status == 200
    return answer


async def test_page_gets_a_key_but_neither_name_nor_number(wechat, caplog):
    caplog.set_level(logging.DEBUG)
    ticket = await wechat.server.agreed_ticket()
    response, page = await shown(wechat, ticket)
    answer = await begun(wechat, ticket)
    assert set(answer["config"]) == {"beta", "appId", "timestamp", "nonceStr", "signature", "jsApiList"}
    assert set(json.loads(answer["asked"]["request_verify_pre_info"])) == {"user_id_key"}
    verify_result = wechat.verify_on_phone(answer)
    assert (await wechat.submit_result(ticket, verify_result))[1]["outcome"] == "passed"
    told = page + json.dumps(answer) + caplog.text
    assert not any(secret in told for secret in (NAME, NUMBER))
    assert not any(secret in caplog.text for secret in (verify_result, ticket, ACCOUNT))
    assert f'<script src="{SCRIPT}"' in page
    assert "您的姓名和身份证号码会交给微信" in page
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self' https://res.example;" in policy
    assert policy.replace(" https://res.example", "") == HEADERS["Content-Security-Policy"]


async def test_forged_result_never_passes(wechat):
    ticket = await wechat.server.agreed_ticket()
    await refused(wechat, ticket, "forged")
    await begun(wechat, ticket)
    await refused(wechat, ticket, "forged")


async def test_result_counts_only_for_the_ticket_that_began_it(wechat):
    first, second = (
        await wechat.server.agreed_ticket(),
        await wechat.server.agreed_ticket(account="o_another"),
    )
    verify_result = wechat.verify_on_phone(await begun(wechat, first))
    await refused(wechat, second, verify_result)
    await begun(wechat, second)
    await refused(wechat, second, verify_result)
    assert (await wechat.submit_result(first, verify_result))[1]["outcome"] == "passed"


async def test_result_counts_only_for_its_ticket_even_if_the_key_is_repeated(wechat, monkeypatch):
    first = await wechat.server.agreed_ticket()
    same = json.loads((await begun(wechat, first))["asked"]["request_verify_pre_info"])["user_id_key"]
    verify_result = wechat.platform.faces.verify(ACCOUNT, same, MATCHED)
    assert (await wechat.submit_result(first, verify_result))[1]["outcome"] == "passed"

    async def again(_person):
        return same

    monkeypatch.setattr(type(wechat.server.parts.platform), "new_key", lambda _self, person: again(person))
    second = await wechat.server.agreed_ticket()
    await begun(wechat, second)
    await refused(wechat, second, verify_result)


async def test_handed_over_link_accepts_results_of_the_other_phone_only(wechat):
    ticket = await wechat.server.ticket(handed_over=True)
    async with transaction(wechat.server.parts.engine) as conn:
        assert await wechat.server.parts.captures.bind(conn, ticket_hash(ticket), "o_mother")
        assert await wechat.server.parts.captures.consent(conn, ticket_hash(ticket), "1", NOON)
    cookie = bearer_cookie_of(wechat.server.parts.vault, ticket, "o_mother")
    wechat.server.client.session.cookie_jar.update_cookies({BEARER_COOKIE: cookie})
    await refused(wechat, ticket, wechat.verify_on_phone(await begun(wechat, ticket), account=ACCOUNT))
    verify_result = wechat.verify_on_phone(await begun(wechat, ticket), account="o_mother")
    assert (await wechat.submit_result(ticket, verify_result))[1]["outcome"] == "passed"


async def test_used_result_cannot_be_replayed(wechat):
    first = await wechat.server.agreed_ticket()
    verify_result = wechat.verify_on_phone(await begun(wechat, first))
    assert (await wechat.submit_result(first, verify_result))[1]["outcome"] == "passed"
    second = await wechat.server.agreed_ticket()
    await begun(wechat, second)
    await refused(wechat, second, verify_result)


async def test_result_of_another_person_is_refused(wechat):
    ticket, others = await wechat.server.agreed_ticket(), await wechat.server.agreed_ticket(FOR_OTHER)
    verify_result = wechat.verify_on_phone(await begun(wechat, others))
    await begun(wechat, ticket)
    await refused(wechat, ticket, verify_result)


async def test_result_naming_another_person_is_refused(wechat):
    ticket = await wechat.server.agreed_ticket()
    verify_result = wechat.verify_on_phone(await begun(wechat, ticket))
    wechat.platform.faces._results[verify_result]["id_card_number_md5"] = "0" * 32
    await refused(wechat, ticket, verify_result)


async def test_result_from_another_account_is_refused(wechat):
    ticket = await wechat.server.agreed_ticket()
    await refused(wechat, ticket, wechat.verify_on_phone(await begun(wechat, ticket), account="o_stranger"))


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_result_dated_outside_its_time_is_refused(wechat, minutes):
    ticket = await wechat.server.agreed_ticket()
    answer = await begun(wechat, ticket)
    wechat.server.clock.now += timedelta(minutes=minutes)
    verify_result = wechat.verify_on_phone(answer)
    wechat.server.clock.now -= timedelta(minutes=minutes)
    await refused(wechat, ticket, verify_result)


async def test_result_after_the_link_expired_is_closed(wechat):
    ticket = await wechat.server.agreed_ticket()
    verify_result = wechat.verify_on_phone(await begun(wechat, ticket))
    wechat.server.clock.now += timedelta(minutes=10)
    status, answer = await wechat.submit_result(ticket, verify_result)
    assert (status, answer["reason"]) == (410, "expired")


@pytest.mark.parametrize("code", [CANCELLED, 10001, 10002, 10000, -1, 99999])
async def test_inconclusive_result_code_costs_no_attempt(wechat, code):
    ticket = await wechat.server.agreed_ticket()
    await refused(wechat, ticket, wechat.verify_on_phone(await begun(wechat, ticket), code))
    assert (await wechat.show(ticket, "own"))[1]["outcome"] == "passed"


@pytest.mark.parametrize("code", [10003, OTHER_FACE])
async def test_verdict_claimed_by_the_page_is_ignored(wechat, code):
    ticket = await wechat.server.agreed_ticket()
    body = {
        "verify_result": wechat.verify_on_phone(await begun(wechat, ticket), code),
        "err_code": 0,
        "identify_ret": 0,
    }
    _, answer = await wechat.server.post(f"/h5/capture/{ticket}/wechat-face/result", json=body)
    assert (answer["outcome"], answer["reason"]) == ("failed", "mismatch")


async def test_result_can_be_handed_in_again_after_a_platform_outage(wechat):
    ticket = await wechat.server.agreed_ticket()
    verify_result = wechat.verify_on_phone(await begun(wechat, ticket))
    wechat.platform.faults.change({"lost": True, "times": 1})
    status, answer = await wechat.submit_result(ticket, verify_result)
    assert (status, answer["outcome"]) == (503, "unavailable")
    assert (await wechat.submit_result(ticket, verify_result))[1]["outcome"] == "passed"


@pytest.mark.parametrize(
    "body", [{}, {"verify_result": ""}, {"verify_result": "x" * 2049}, {"verify_result": 7}, []]
)
async def test_body_without_a_result_costs_no_attempt(wechat, body):
    ticket = await wechat.server.agreed_ticket()
    status, answer = await wechat.server.post(f"/h5/capture/{ticket}/wechat-face/result", json=body)
    assert (status, answer["outcome"]) == (415, "retry")


async def test_only_own_page_addresses_are_signed(wechat):
    ticket = await wechat.server.agreed_ticket()
    for url in ("https://evil.example/h5/capture/x", "", f"{PUBLIC_URL}.evil.example/"):
        status, _ = await wechat.server.post(f"/h5/capture/{ticket}/wechat-face", json={"url": url})
        assert status == 503


async def test_link_is_used_up_after_the_maximum_of_keys(wechat):
    ticket = await wechat.server.agreed_ticket()
    for _ in range(MOST_RETRIES):
        await begun(wechat, ticket)
    status, answer = await wechat.begin(ticket)
    assert (status, answer["reason"]) == (410, "used")


async def test_link_is_used_up_after_the_maximum_of_results(wechat):
    ticket = await wechat.server.agreed_ticket()
    await begun(wechat, ticket)
    for number in range(MOST_RETRIES - 1):
        await refused(wechat, ticket, f"forged {number}")
    status, answer = await wechat.submit_result(ticket, "forged once more")
    assert (status, answer["reason"]) == (410, "used")


async def test_person_verified_by_the_platform_cannot_use_weaker_checks(wechat):
    ticket = await wechat.server.agreed_ticket()
    for field_name in ("image", "video"):
        _, answer = await wechat.server.send(ticket, PORTRAIT, field_name)
        assert (answer["outcome"], answer["reason"]) == ("retry", "not_live")
    async with wechat.server.client.get(f"/h5/capture/{ticket}/challenge") as response:
        assert (await response.json())["reason"] == "not_live"
    async with wechat.server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        assert (await ws.receive_json())["reason"] == "not_live"


async def test_other_id_types_use_our_own_live_capture(wechat):
    ticket = await wechat.server.agreed_ticket(replace(REQUEST, subject=PERMIT))
    _, page = await shown(wechat, ticket)
    assert 'data-liveness="required"' in page
    assert SCRIPT not in page
    status, answer = await wechat.begin(ticket)
    assert (status, answer["outcome"], answer["reason"]) == (200, "retry", "not_live")


async def test_exemption_allows_a_photo_instead(wechat):
    given = Exemption(ExemptionKind.PASSIVE, REQUEST.subject, NOON.date() + timedelta(days=7), "卧床", NOON)
    async with transaction(wechat.server.parts.engine) as conn:
        await Exemptions(wechat.server.parts.vault).give(conn, given)
    ticket = await wechat.server.agreed_ticket()
    _, page = await shown(wechat, ticket)
    assert 'data-liveness="assisted"' in page
    assert (await wechat.server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_missing_platform_permission_alarms_the_operator(parts):
    store = AlarmStore(parts.engine, parts.clock)
    async with serve_wechat_check(parts, OperatorAlarms(store)) as wechat:
        ticket = await wechat.server.agreed_ticket()
        await begun(wechat, ticket)  # the page's signature is here from now on
        wechat.platform.faults.change({"errcode": 48001})
        status, answer = await wechat.begin(ticket)
        assert (status, answer["outcome"]) == (503, "unavailable")
        assert [(one.name, one.scope) for one in await store.active()] == [
            ("errcode 48001", "face verification")
        ]
        wechat.platform.faults.change({})
        assert (await wechat.show(ticket, "own"))[1]["outcome"] == "passed"
        assert await store.active() == []


async def test_face_verification_addresses_are_absent_without_the_setting(server):
    ticket = await server.agreed_ticket()
    for path in ("wechat-face", "wechat-face/result"):
        async with server.client.post(f"/h5/capture/{ticket}/{path}", json={}) as response:
            assert response.status == 404
