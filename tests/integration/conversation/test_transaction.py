"""Every delivery is answered once and in time, whatever the registry does; the log names nobody."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import reception
from bot.conversation.units_of_work import Work
from dialogs.events import CaptureFinished
from dialogs.ports import Unavailable
from dialogs.values import CaptureOutcome, CaptureReason, CaptureRequest, Manner, Purpose, Scheme
from messages.inbound import Click, Inbound, Text, Unsubscribed
from storage.database import transaction
from storage.messaging.outbox import OutboxKind
from storage.messaging.reply_windows import ReplyWindow, ReplyWindows
from storage.records.certifications import Certifications, PassOrigin
from storage.schema.captures import captures, consents
from tests.support.dialog.dialogue import (
    EMPLOYEE,
    FOR_OTHER,
    NAME,
    NUMBER,
    OTHER,
    PERSON,
    TO_READ_BACK,
    capture_passed,
    found_eligible,
)
from tests.support.manual_clock import MORNING, ManualClock
from tests.support.storage.factories import NOW
from tests.support.wechat.conversation_service import ANNA, BORIS, SOON, Registry, running_service

pytest_plugins = ["tests.support.storage.databases"]

REQUEST = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, PERSON)


@pytest.fixture(autouse=True)
def log(caplog):
    """Check after every test that the log names nobody."""
    caplog.set_level(logging.DEBUG)
    yield
    written = "\n".join([caplog.text, *(str(record.args) for record in caplog.records)])
    assert not any(secret in written for secret in (NAME, NUMBER, ANNA, BORIS))


@pytest.fixture
async def service(engine, vault):
    async with running_service(engine, vault, Registry(), ManualClock(MORNING)) as service:
        yield service


@pytest.fixture
async def second(service):
    """Another serving process on the same database."""
    async with running_service(service.engine, service.vault, service.registry, service.clock) as second:
        yield second


async def test_dialog_leads_to_one_capture_link(service):
    assert "请核对" in await service.say_all(EMPLOYEE, *TO_READ_BACK)
    assert "信息已核对" in await service.say("下一步")
    reply = await service.say("确定")
    assert reply.count('<a href="https://pension.example/h5/capture/') == 1
    assert await service.count(captures) == 1
    assert await service.count(consents) == 2


@pytest.mark.parametrize(
    ("words", "answer"), [("帮我妈认证。", "您母亲"), ("什么时候到期", "认证"), ("天王盖地虎", "没")]
)
async def test_recognised_words_of_a_voice_message_precede_the_answer(service, words, answer):
    typed, spoken = await service.say(words, BORIS), await service.say(words, aloud=True)
    assert spoken == f"您说的是：“{words}”。\n{typed}"
    assert answer in typed


async def test_recognised_words_precede_answers_from_records_and_the_registry(service):
    await service.conversation.execute([Work(ANNA, capture_passed(REQUEST))])
    assert (await service.say("什么时候到期", aloud=True)).startswith("您说的是：“什么时候到期”。\n")
    await service.say_all(EMPLOYEE, *TO_READ_BACK, account=BORIS)
    checked = await service.say("下一步。", BORIS, aloud=True)
    assert checked.startswith("您说的是：“下一步。”。\n")
    assert "信息已核对" in checked


async def test_only_the_beginning_of_a_long_voice_message_is_repeated(service):
    assert f"“{'好' * 40}…”" in await service.say("好" * 2000, aloud=True)


async def test_messages_and_menu_taps_open_the_reply_windows(service):
    await service.say("1")
    service.clock.now += timedelta(hours=1)
    await service.reception.receive(Inbound(ANNA, "tap", Click("HOME")))
    await service.reception.receive(Inbound(BORIS, "leaves", Unsubscribed()))
    async with service.engine.connect() as conn:
        found = await ReplyWindows().of(conn, [ANNA, BORIS], service.clock())
    assert found == {ANNA: ReplyWindow(text_at=service.clock() - timedelta(hours=1), tap_at=service.clock())}


async def test_check_answered_in_time_is_not_repeated_by_the_worker(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步")
    service.clock.now += timedelta(minutes=1)
    assert await service.claim_rows(OutboxKind.CHECK) == []
    assert await service.claim_rows(OutboxKind.TEXT) == []


async def test_duplicate_in_the_same_batch_is_executed_once(service):
    await service.say(EMPLOYEE)
    first, again = await asyncio.gather(*(service.say("同意并开始办理", key="one") for _ in range(2)))
    assert first == again
    assert "办事指南" in first
    assert await service.count(consents) == 2


async def test_later_duplicate_gets_the_first_reply(service):
    await service.say(EMPLOYEE)
    first = await service.say("同意并开始办理", key="one")
    await service.say_all("开始办理", "本人办理")
    assert await service.say("同意并开始办理", key="one") == first
    assert await service.count(consents) == 2
    assert "好的" in await service.say(NAME)


async def test_duplicate_at_another_process_is_executed_once(service, second):
    await service.say(EMPLOYEE)
    both = (one.say("同意并开始办理", key="one") for one in (service, second) * 3)
    replies = set(await asyncio.gather(*both))
    assert len(replies) == 1
    assert "办事指南" in replies.pop()
    assert await service.count(consents) == 2


async def test_duplicate_during_the_check_waits_for_its_reply(service, second):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    service.registry.gate.clear()
    first = asyncio.create_task(service.say("下一步", key="one"))
    await service.registry.wait_until_asked()
    again = asyncio.create_task(second.say("下一步", key="one"))
    await asyncio.sleep(0.1)
    service.registry.gate.set()
    assert await first == await again
    assert "信息已核对" in first.result()
    assert service.registry.asked == 1


async def test_reply_lost_to_a_duplicate_is_sent_as_a_message(service, second, monkeypatch):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    service.registry.gate.clear()
    first = asyncio.create_task(service.say("下一步", key="one"))
    await service.registry.wait_until_asked()
    monkeypatch.setattr(reception, "DUPLICATE_WAIT", 0.01)
    monkeypatch.setattr(reception, "_END_DELIVERY_SECONDS", 60)
    assert await second.say("下一步", key="one") == ""
    service.registry.gate.set()
    assert await first == ""
    assert "信息已核对" in await service.next_queued_text()
    assert await second.say("下一步", key="one") == ""


async def test_accounts_in_one_batch_get_their_own_replies(service):
    await service.say_all(EMPLOYEE, "同意并开始办理", account=BORIS)
    anna, boris = await asyncio.gather(service.say(EMPLOYEE), service.say("开始办理", BORIS))
    assert "《用户服务协议》" in anna
    assert "给谁办理" in boris


async def test_messages_of_one_account_keep_their_order(service):
    words = (EMPLOYEE, "同意并开始办理", "开始办理", "本人办理")
    replies = await asyncio.gather(*map(service.say, words))
    asked = ("《用户服务协议》", "办事指南", "给谁办理", "姓名")
    assert [word in reply for word, reply in zip(asked, replies, strict=True)] == [True] * 4


async def test_slow_registry_is_announced_in_time_and_its_answer_follows(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    service.registry.gate.clear()
    service.reception._deadline = SOON
    assert "正在核验" in await service.say("下一步")
    service.registry.gate.set()
    assert "信息已核对" in await service.next_queued_text()
    service.clock.now += timedelta(minutes=1)
    assert await service.claim_rows(OutboxKind.CHECK) == []
    assert "/h5/capture/" in await service.say("确定")


async def test_answer_to_an_abandoned_check_is_not_sent(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    service.registry.gate.clear()
    service.reception._deadline = SOON
    await service.say("下一步")
    await service.say("返回首页")
    service.registry.gate.set()
    await asyncio.sleep(0.1)
    assert await service.claim_rows(OutboxKind.TEXT) == []


async def test_registry_outage_loses_nothing(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    service.registry.answer = Unavailable()
    assert "系统繁忙，请稍后再试。" in await service.say("下一步")
    service.registry.answer = found_eligible()
    assert "信息已核对" in await service.say("下一步")


async def test_check_of_a_dead_process_is_finished_by_another(service, second):
    await service.say_all(EMPLOYEE, *TO_READ_BACK)
    (done,) = await service.conversation.execute([Work(ANNA, Text("下一步"), "one", claims=True)])
    assert done.reply is None
    assert await second.claim_rows(OutboxKind.CHECK) == []
    second.clock.now += timedelta(seconds=16)
    (job,) = await second.claim_rows(OutboxKind.CHECK)
    await second.reception.resume(job)
    assert "信息已核对" in await second.next_queued_text()
    await second.reception.resume(job)
    second.clock.now += timedelta(minutes=10)
    assert await second.claim_rows(OutboxKind.CHECK) == []


async def test_capture_result_is_sent_as_a_message(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步", "确定")
    async with transaction(service.engine) as conn:
        await service.conversation.feed(conn, ANNA, capture_passed(REQUEST))
    assert (await service.next_queued_text()).startswith("认证成功")
    assert "陈*国" in await service.say_all("返回首页", EMPLOYEE, "同意并开始办理", "开始办理", "本人办理")


async def test_failed_capture_offers_another_check(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步", "确定")
    async with transaction(service.engine) as conn:
        failed = CaptureFinished(REQUEST, CaptureOutcome.FAILED, CaptureReason.MISMATCH)
        await service.conversation.feed(conn, ANNA, failed)
    assert "原因说明：人脸模型信息不匹配" in await service.next_queued_text()
    assert "/h5/capture/" in await service.say("重新识别")
    assert await service.count(captures) == 2


async def test_concurrent_result_and_message_both_count(service, second):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步", "确定")

    fed = asyncio.Event()

    async def finish():
        async with transaction(service.engine) as conn:
            await service.conversation.feed(conn, ANNA, capture_passed(REQUEST))
            fed.set()
            await asyncio.sleep(0.2)

    async def leave():
        await fed.wait()
        return await second.say("返回首页")

    _, reply = await asyncio.gather(finish(), leave())
    assert "请选择您领取的待遇" in reply
    assert (await service.next_queued_text()).startswith("认证成功")


async def certify(service, account, request=REQUEST):
    """Record a pass and feed it to the conversation, as a capture does."""
    finished = capture_passed(request)
    async with transaction(service.engine) as conn:
        store = Certifications(service.vault)
        await store.add(conn, finished.certification, PassOrigin(account.encode(), account), NOW)
        await service.conversation.feed(conn, account, finished)
    return await service.next_queued_text(account)


AS_AGENT = replace(REQUEST, manner=Manner.AGENT, agent=OTHER)


async def test_due_date_and_validity_are_answered_at_once(service):
    assert "还没有认证成功的记录" in await service.say("什么时候到期")
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步", "确定")
    await certify(service, ANNA)
    assert "2027年11月30日" in await service.say("什么时候到期")
    assert "8F3K-27QX" in await service.say("算数吗")


async def test_record_of_a_bound_employee_is_shown_without_a_face_check(service):
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步", "确定")
    await certify(service, ANNA)
    reply = await service.say_all(EMPLOYEE, "同意并开始办理", "认证信息查询")
    assert "查询结果" in reply
    assert "8F3K-27QX" in reply


async def test_ended_agency_affects_the_agent_s_account_at_once(service):
    await certify(service, BORIS, AS_AGENT)
    await service.say_all(*FOR_OTHER, "代办人", "护照", "E12345678", account=BORIS)
    assert "陈*国" in await service.say_all(*FOR_OTHER, account=BORIS)
    await service.say_all(EMPLOYEE, *TO_READ_BACK, "下一步", "确定")
    async with transaction(service.engine) as conn:
        await service.conversation.feed(conn, ANNA, capture_passed(REQUEST))
    service.clock.now += timedelta(hours=1)
    assert "已经解除" in await service.say("解除代办")
    assert "陈*国" not in await service.say_all(*FOR_OTHER, account=BORIS)
    assert "还没有认证成功的记录" in await service.say("什么时候到期", account=BORIS)
