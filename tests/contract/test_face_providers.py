"""One suite over both providers of a face check: the same answers, records, messages and costs."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.ports import Found
from dialogs.rules.failure_limit import MOST_FAILURES
from dialogs.values import Beneficiary, BenefitStatus, CaptureOutcome, PassMark, Purpose
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.records.certifications import Certifications
from storage.records.tasks import TaskKind, Tasks
from tests.support.captures.capture_service import ACCOUNT, NAME, NOON, NUMBER, REQUEST, capture_parts
from tests.support.captures.face_providers import PROVIDERS
from tests.support.wechat.conversations import conversation_of

QUERY = replace(REQUEST, purpose=Purpose.QUERY)


@pytest.fixture(params=PROVIDERS)
def open_provider(request):
    """Return the function that opens a service with one of the providers."""
    return PROVIDERS[request.param]


@pytest.fixture
async def parts(tmp_path):
    async with capture_parts(tmp_path) as made:
        yield made


@pytest.fixture
async def provider(parts, open_provider):
    async with open_provider(parts) as made:
        yield made


async def audit_entries(parts):
    async with parts.engine.connect() as conn:
        rows = await conn.exec_driver_sql("SELECT action, detail FROM audit ORDER BY id")
        return [(row.action, row.detail) for row in rows if row.action.startswith("capture.")]


async def newest_certification(parts):
    async with transaction(parts.engine) as conn:
        return await Certifications(parts.vault).latest(conn, REQUEST.scheme, *REQUEST.subject.document)


async def tasks_of(parts, kind):
    async with transaction(parts.engine) as conn:
        return [task.person for task in await Tasks(parts.vault).waiting(conn, 9, kind)]


def status_and_outcome(status, answer):
    return status, answer["outcome"], answer["reason"]


async def test_pass_is_recorded_once_with_its_channel(provider):
    server = provider.server
    ticket = await server.agreed_ticket()
    status, answer = await provider.show(ticket, "own")
    assert status_and_outcome(status, answer) == (200, "passed", "ok")
    assert "认证成功" in answer["message"]
    [(account, event)] = server.conversation.events
    assert (account, event.outcome, event.request) == (ACCOUNT, CaptureOutcome.PASSED, REQUEST)
    made = await newest_certification(server.parts)
    assert made == event.certification
    assert (made.channel, made.mark, made.certified_at) == (provider.channel, PassMark.SURE, NOON)
    detail = f"certify employee ok {made.receipt} {provider.channel}"
    assert await audit_entries(server.parts) == [("capture.passed", detail)]
    assert status_and_outcome(*await provider.show(ticket, "own")) == (410, "closed", "used")
    assert len(server.conversation.events) == 1


async def test_mismatch_is_reported_in_the_wording_of_the_guide(provider):
    server = provider.server
    ticket = await server.agreed_ticket()
    status, answer = await provider.show(ticket, "other")
    assert status_and_outcome(status, answer) == (200, "failed", "mismatch")
    assert answer["message"].startswith("认证失败。原因说明：人脸模型信息不匹配。")
    [(_, event)] = server.conversation.events
    assert (event.outcome, event.certification) == (CaptureOutcome.FAILED, None)
    assert await audit_entries(server.parts) == [
        ("capture.failed", f"certify employee mismatch - {provider.channel}")
    ]
    assert await newest_certification(server.parts) is None
    assert status_and_outcome(*await provider.show(ticket, "own")) == (410, "closed", "used")


async def test_unfinished_check_is_not_recorded_and_can_be_repeated(provider):
    server = provider.server
    ticket = await server.agreed_ticket()
    for _ in range(2):
        status, answer = await provider.show(ticket, "none")
        assert (status, answer["outcome"]) == (200, "retry")
        assert answer["message"]
    assert server.conversation.events == []
    assert await audit_entries(server.parts) == []
    assert (await provider.show(ticket, "own"))[1]["outcome"] == "passed"


async def test_unavailable_checker_is_busy_and_counts_as_no_failure(provider):
    ticket = await provider.server.agreed_ticket()
    async with provider.unreachable():
        status, answer = await provider.show(ticket, "own")
    assert status_and_outcome(status, answer) == (503, "unavailable", "busy")
    assert "系统繁忙，请稍后再试。" in answer["message"]
    assert provider.server.conversation.events == []
    assert (await provider.show(ticket, "own"))[1]["outcome"] == "passed"


async def test_check_before_consent_or_after_expiry_is_refused(provider):
    server = provider.server
    ticket = await server.ticket()
    assert status_and_outcome(*await provider.show(ticket, "own")) == (403, "closed", "no_consent")
    assert status_and_outcome(*await provider.show("A" * 43, "own")) == (404, "closed", "unknown")
    await server.consent(ticket, {"agree": True})
    server.clock.now += timedelta(minutes=10)
    assert status_and_outcome(*await provider.show(ticket, "own")) == (410, "closed", "expired")
    assert server.conversation.events == []


async def test_query_check_records_no_certification(provider):
    server = provider.server
    assert (await provider.show(await server.agreed_ticket(QUERY), "own"))[1]["outcome"] == "passed"
    [(_, event)] = server.conversation.events
    assert event.certification is None
    assert await newest_certification(server.parts) is None


async def test_benefit_terminated_meanwhile_is_not_certified(parts, open_provider):
    async def ended(check):
        record = Beneficiary(check.scheme, check.subject, "440100", BenefitStatus.TERMINATED)
        return Found(record, has_template=True)

    async with open_provider(replace(parts, look_up=ended)) as provider:
        status, answer = await provider.show(await provider.server.agreed_ticket(), "own")
    assert status_and_outcome(status, answer) == (410, "closed", "expired")
    assert await newest_certification(parts) is None


async def test_repeated_failures_of_a_person_open_a_task_and_refuse_captures(provider):
    server = provider.server
    for number in range(MOST_FAILURES):
        ticket = await server.agreed_ticket(
            account=f"o_account_{number}" if provider.channel == "face" else ACCOUNT
        )
        _, answer = await provider.show(ticket, "other")
        server.clock.now += timedelta(minutes=1)
    assert "换个办法也一样有效" in answer["message"]
    assert await tasks_of(server.parts, TaskKind.FAILED_OFTEN) == [REQUEST.subject]
    status, answer = await server.consent(await server.ticket(), {"agree": True})
    assert (status, answer["outcome"]) == (410, "closed")


async def test_share_of_the_passes_is_queued_for_a_second_look(parts, open_provider):
    async with open_provider(replace(parts, second_look_share=1.0)) as provider:
        await provider.show(await provider.server.agreed_ticket(), "own")
    assert await tasks_of(parts, TaskKind.SECOND_LOOK) == [REQUEST.subject]


async def test_chat_receives_the_same_wording(parts, open_provider):
    vault = parts.vault
    chat = conversation_of(parts.engine, vault, parts.clock)
    async with open_provider(replace(parts, conversation=chat)) as provider:
        await provider.show(await provider.server.agreed_ticket(), "other")
        await provider.show(await provider.server.agreed_ticket(), "own")
    async with transaction(parts.engine) as conn:
        rows = await Outbox(vault).claim(conn, [OutboxKind.TEXT], 9, NOON, timedelta(seconds=9))
        first = rows[0].body
    assert first.startswith("认证失败。原因说明：人脸模型信息不匹配。")
    async with transaction(parts.engine) as conn:
        await Outbox(vault).done(conn, [rows[0].id], NOON)
        [passed] = await Outbox(vault).claim(conn, [OutboxKind.TEXT], 9, NOON, timedelta(seconds=9))
    assert passed.body.startswith("认证成功。\n陈*国，企业职工养老保险")


async def test_error_while_recording_rolls_back_and_logs_no_personal_data(provider, caplog):
    caplog.set_level(logging.DEBUG)
    server = provider.server
    ticket = await server.agreed_ticket()
    server.conversation.broken = True
    assert status_and_outcome(*await provider.show(ticket, "own")) == (503, "unavailable", "busy")
    assert not any(secret in caplog.text for secret in (NAME, NUMBER, ACCOUNT, ticket))
    assert await newest_certification(server.parts) is None
    server.conversation.broken = False
    assert (await provider.show(ticket, "own"))[1]["outcome"] == "passed"
