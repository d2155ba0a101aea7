"""From an accepted photo to the verdict, over real HTTP, with a real database and the real models."""

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date, timedelta

import cv2
import numpy as np
import pytest
from sqlalchemy import text

from bot.capture.face_pool import FacePool
from bot.capture.throttle import Throttle
from bot.conversation.units_of_work import Work
from dialogs.events import EligibilityLapsed
from dialogs.ports import Found, Unavailable
from dialogs.values import Beneficiary, BenefitStatus, CaptureOutcome, Purpose
from face import Checker
from messages.inbound import Text
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from tests.support.captures.capture_service import (
    ACCOUNT,
    NAME,
    NOON,
    NUMBER,
    PORTRAIT,
    REQUEST,
    STRANGER,
    capture_server,
    jpeg,
    look_up_anyone,
    portrait,
)
from tests.support.faces.caching_pack import fresh_pack
from tests.support.wechat.conversations import conversation_of


@pytest.fixture
async def open_server():
    """Give a function that serves parts over HTTP."""
    async with AsyncExitStack() as stack:

        async def opened(parts):
            return await stack.enter_async_context(capture_server(parts))

        yield opened


async def test_matching_face_certifies_once_and_the_chat_is_notified(server):
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"], answer["reason"]) == (200, "passed", "ok")
    assert "认证成功" in answer["message"]
    [(account, event)] = server.conversation.events
    assert (account, event.outcome, event.request) == (ACCOUNT, CaptureOutcome.PASSED, REQUEST)
    assert event.certification.certified_at == NOON
    assert str(event.certification.due_on) == "2027-11-30"
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"], answer["reason"]) == (410, "closed", "used")
    assert len(server.conversation.events) == 1


async def test_other_face_fails_and_ends_the_ticket(server):
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, STRANGER)
    assert (status, answer["outcome"], answer["reason"]) == (200, "failed", "mismatch")
    [(_, event)] = server.conversation.events
    assert (event.outcome, event.certification) == (CaptureOutcome.FAILED, None)
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["reason"]) == (410, "used")


async def test_poor_photo_costs_no_attempt_and_the_next_one_passes(server):
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, jpeg(np.full((480, 480, 3), 90, np.uint8)))
    assert (status, answer["outcome"], answer["reason"]) == (200, "retry", "no_face")
    assert answer["message"]
    assert server.conversation.events == []
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_failure_on_a_link_that_just_expired_does_not_count_for_the_new_one(server, monkeypatch):
    ticket, run = await server.agreed_ticket(), FacePool.run

    async def run_until_a_new_link_is_asked_for(pool, *check):
        verdict = await run(pool, *check)
        server.clock.now += timedelta(minutes=11)
        await server.agreed_ticket()
        return verdict

    monkeypatch.setattr(FacePool, "run", run_until_a_new_link_is_asked_for)
    status, answer = await server.send(ticket, STRANGER)
    assert (status, answer["outcome"], answer["reason"]) == (410, "closed", "used")
    assert server.conversation.events == []


async def test_query_returns_the_newest_pass_or_none(server):
    query = replace(REQUEST, purpose=Purpose.QUERY)
    _, told = await server.send(await server.agreed_ticket(query), PORTRAIT)
    assert (told["outcome"], told["message"]) == ("passed", "核对通过。")  # nothing was certified
    assert server.conversation.events[0][1].certification is None
    await server.send(await server.agreed_ticket(), PORTRAIT)
    await server.send(await server.agreed_ticket(query), PORTRAIT)
    assert server.conversation.events[2][1].certification == server.conversation.events[1][1].certification


@pytest.mark.parametrize(("told", "receipt"), [(date(2026, 3, 9), ""), (None, None)])
async def test_query_reports_a_pass_through_another_channel(parts, open_server, told, receipt):
    async def registry(check):
        person = Beneficiary(check.scheme, check.subject, "440100", BenefitStatus.ACTIVE, last_certified=told)
        return Found(person, has_template=True)

    server = await open_server(replace(parts, look_up=registry))
    await server.send(await server.agreed_ticket(replace(REQUEST, purpose=Purpose.QUERY)), PORTRAIT)
    found = server.conversation.events[0][1].certification
    assert (found and found.receipt) == receipt


async def test_video_of_the_matching_face_passes(server, tmp_path):
    path = tmp_path / "clip.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (640, 728))
    frame = cv2.resize(cv2.cvtColor(portrait(), cv2.COLOR_RGB2BGR), (640, 728))
    for _ in range(15):
        writer.write(frame)
    writer.release()
    status, answer = await server.send(await server.agreed_ticket(), path.read_bytes(), "video")
    assert (status, answer["outcome"]) == (200, "passed")


async def test_selfie_is_redirected_where_liveness_is_required(parts, open_server):
    server = await open_server(replace(parts, liveness="required"))
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, b"\xff\xd8\xff not even a picture")
    assert (status, answer["outcome"], answer["reason"]) == (200, "retry", "not_live")
    assert answer["message"]
    assert (await server.stored_capture(ticket)).retries == 0


async def test_simultaneous_uploads_of_one_ticket_are_too_fast(parts, open_server):
    server = await open_server(replace(parts, throttle=Throttle()))
    ticket = await server.agreed_ticket()
    grey = jpeg(np.full((480, 480, 3), 90, np.uint8))
    answers = await asyncio.gather(*(server.send(ticket, grey) for _ in range(3)))
    assert sorted(status for status, _ in answers) == [200, 429, 429]
    assert {answer["outcome"] for _, answer in answers} == {"retry"}


async def test_two_processes_give_a_ticket_one_verdict(parts, open_server):
    here = await open_server(replace(parts, throttle=Throttle()))
    there = await open_server(replace(parts, throttle=Throttle()))
    ticket = await here.agreed_ticket()
    answers = await asyncio.gather(here.send(ticket, PORTRAIT), there.send(ticket, PORTRAIT))
    assert sorted(status for status, _ in answers) == [200, 410]
    assert len(here.conversation.events) == 1


async def test_face_check_during_account_deletion_certifies_nobody(parts, open_server):
    async def deleted_meanwhile(check):
        conversation = conversation_of(parts.engine, parts.vault, parts.clock)
        for word in ("删除我的信息", "确认删除"):
            await conversation.execute([Work(ACCOUNT, Text(word), word, claims=True)])
        return await look_up_anyone(check)

    server = await open_server(replace(parts, look_up=deleted_meanwhile))
    status, answer = await server.send(await server.agreed_ticket(), PORTRAIT)
    assert (status, answer["outcome"], answer["reason"]) == (410, "closed", "used")
    assert server.conversation.events == []
    async with parts.engine.connect() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM certifications")) == 0


async def test_link_is_used_up_after_twenty_poor_photos_and_says_what_to_do(server):
    ticket = await server.agreed_ticket()
    poor = jpeg(np.full((64, 64, 3), 90, np.uint8))
    for _ in range(20):
        assert (await server.send(ticket, poor))[1]["outcome"] == "retry"
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"], answer["reason"]) == (410, "closed", "used")
    assert "换一个链接" in answer["message"]
    assert server.conversation.events == []


async def test_full_face_pool_answers_busy_and_costs_no_attempt(parts, open_server):
    checker = Checker(fresh_pack())
    full = FacePool(checker, workers=1, queue=0)
    server = await open_server(replace(parts, pool=full))
    ticket = await server.agreed_ticket()
    blocker = asyncio.create_task(full.run(checker.check_image, PORTRAIT, checker.enrol(PORTRAIT).template))
    await asyncio.sleep(0)
    status, answer = await server.send(ticket, PORTRAIT)
    await blocker
    assert (status, answer["outcome"], answer["reason"]) == (503, "unavailable", "busy")
    assert "系统繁忙，请稍后再试。" in answer["message"]
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"
    await full.close()


async def test_missing_face_template_is_unavailable_and_costs_no_attempt(server):
    other = replace(REQUEST, subject=replace(REQUEST.subject, number="110101195001010000"))
    ticket = await server.agreed_ticket(other)
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_error_midway_rolls_everything_back_and_logs_nothing_personal(server, caplog):
    caplog.set_level(logging.DEBUG, logger="bot")
    ticket = await server.agreed_ticket()
    server.conversation.broken = True
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    assert "OSError" in caplog.text
    assert not any(secret in caplog.text for secret in (NAME, NUMBER, ACCOUNT, ticket))
    server.conversation.broken = False
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_database_failure_is_answered_unavailable(server):
    ticket = await server.agreed_ticket()
    async with transaction(server.parts.engine) as conn:
        await conn.exec_driver_sql("ALTER TABLE captures RENAME TO elsewhere")
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    async with server.client.get(f"/h5/capture/{ticket}") as response:
        assert response.status == 503


async def test_capture_result_is_queued_for_the_chat(parts, open_server):
    vault = parts.vault
    outbox = Outbox(vault)
    talk = conversation_of(parts.engine, vault, parts.clock)
    server = await open_server(replace(parts, conversation=talk))
    assert (await server.send(await server.agreed_ticket(), PORTRAIT))[1]["outcome"] == "passed"
    async with transaction(parts.engine) as conn:
        texts = [
            row.body for row in await outbox.claim(conn, [OutboxKind.TEXT], 9, NOON, timedelta(seconds=9))
        ]
    assert "认证成功" in texts[0]
    assert "陈*国" in texts[0]
    assert "2027年11月30日" in texts[0]


async def test_image_is_not_stored(server, tmp_path):
    await server.send(await server.agreed_ticket(), PORTRAIT)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert PORTRAIT[1000:1040] not in kept


async def test_consent_and_verdict_are_audited_without_personal_data(server):
    await server.send(await server.agreed_ticket(), PORTRAIT)
    async with server.parts.engine.connect() as conn:
        rows = (await conn.exec_driver_sql("SELECT action, subject, detail FROM audit ORDER BY serial")).all()
        assert await server.parts.audit.verify(conn) == []
        consents = (await conn.exec_driver_sql("SELECT account, kind FROM consents")).all()
    assert [row.action for row in rows] == ["consent.face", "capture.passed"]
    assert consents == [(ACCOUNT, "face")]
    assert NUMBER not in str(rows)


async def count(server, table):
    async with server.parts.engine.connect() as conn:
        return await conn.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own constant


async def gone(check):
    """Answer as a registry in which the benefit has ended meanwhile."""
    found = await look_up_anyone(check)
    return replace(found, beneficiary=replace(found.beneficiary, status=BenefitStatus.TERMINATED))


async def test_benefit_ended_after_the_link_was_issued_is_not_certified(parts, open_server):
    server = await open_server(replace(parts, look_up=gone))
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (410, "closed")
    assert "待遇状态异常" in answer["message"]
    assert isinstance(server.conversation.events[-1][1], EligibilityLapsed)
    assert await count(server, "certifications") == 0
    assert (await server.send(ticket, PORTRAIT))[1]["reason"] == "used"


async def test_pass_counts_even_if_the_registry_is_unavailable(parts, open_server):
    async def away(_check):
        return Unavailable()

    server = await open_server(replace(parts, look_up=away))
    _, answer = await server.send(await server.agreed_ticket(), PORTRAIT)
    assert answer["outcome"] == "passed"
    assert await count(server, "certifications") == 1
