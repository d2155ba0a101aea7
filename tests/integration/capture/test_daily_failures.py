"""Failed captures are counted per person and day, whoever asks, over real HTTP and with the real models."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from bot.capture.face_pool import FacePool
from bot.conversation.units_of_work import Work
from dialogs.events import EligibilityChecked
from dialogs.ports import Found
from dialogs.rules.failure_limit import FAILURES_BEFORE_HELP, MOST_CLEARED, MOST_FAILURES
from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme
from messages.inbound import Text
from storage.database import transaction
from storage.records.tasks import TaskKind, Tasks
from tests.support.captures.capture_service import ACCOUNT, PORTRAIT, REQUEST, STRANGER, jpeg
from tests.support.dialog.dialogue import SCHEME_WORDS, TO_READ_BACK
from tests.support.wechat.conversations import conversation_of

AGENT = Identity("李小红", IdType.PASSPORT, "E12345678")
BY_AGENT = replace(REQUEST, agent=AGENT)
OTHER_SCHEME = replace(REQUEST, scheme=Scheme.RESIDENT)
POOR = jpeg(np.full((64, 64, 3), 90, np.uint8))


async def fail(server, times, request=REQUEST, account=ACCOUNT):
    """Send another person's face, each time through a new link; gives the last answer."""
    for _ in range(times):
        _, answer = await server.send(await server.agreed_ticket(request, account), STRANGER)
        assert answer["outcome"] == "failed"
        server.clock.now += timedelta(minutes=1)
    return answer


async def tasks_of(server, kind=TaskKind.FAILED_OFTEN):
    async with transaction(server.parts.engine) as conn:
        return await Tasks(server.parts.vault).waiting(conn, 9, kind)


async def settle(server, task):
    async with transaction(server.parts.engine) as conn:
        assert await Tasks(server.parts.vault).done(conn, task.id, server.clock())


async def closed(server, ticket):
    status, answer = await server.consent(ticket, {"agree": True})
    return status == 410 and "明天可以再试" in answer["message"]


async def test_third_failure_opens_one_task_and_the_fifth_closes_all_links(server):
    waiting = await server.ticket(OTHER_SCHEME, "o_third")
    await fail(server, 2)
    assert await tasks_of(server) == []
    answer = await fail(server, 2, BY_AGENT, "o_agent")
    assert "再试一次" in answer["message"]
    assert [task.person for task in await tasks_of(server)] == [REQUEST.subject]
    answer = await fail(server, 1, OTHER_SCHEME, "o_neighbour")
    assert answer["reason"] == "mismatch"
    assert answer["message"].startswith("认证失败。原因说明：人脸模型信息不匹配。")
    assert "换个办法也一样有效" in answer["message"]
    assert [event.failed_too_often for _, event in server.conversation.events] == [False] * 4 + [True]
    [task] = await tasks_of(server)
    assert task.person == REQUEST.subject
    assert await closed(server, waiting)
    assert await closed(server, await server.ticket())
    async with server.client.get(f"/h5/capture/{waiting}") as page:
        assert page.status == 410
        assert "明天可以再试" in await page.text()


async def test_check_under_way_at_the_limit_is_closed_without_a_second_task(server):
    waiting = await server.agreed_ticket()
    found = await server.stored_capture(waiting)
    assert found.finished_at is None
    await fail(server, MOST_FAILURES)
    status, answer = await server.send(waiting, STRANGER)
    assert (status, answer["outcome"], answer["reason"]) == (410, "closed", "used")
    assert len(await tasks_of(server)) == 1


async def test_pass_on_link_of_another_account_at_the_limit_is_closed(server, monkeypatch):
    """A stranger's face on many links at once is stopped just as on one link after the other."""
    ticket, run = await server.agreed_ticket(account="o_last"), FacePool.run

    async def run_while_others_fail(pool, *check):
        verdict = await run(pool, *check)
        monkeypatch.setattr(FacePool, "run", run)
        await fail(server, MOST_FAILURES)
        return verdict

    monkeypatch.setattr(FacePool, "run", run_while_others_fail)
    status, answer = await server.send(ticket, PORTRAIT)
    assert (status, answer["outcome"], "明天可以再试" in answer["message"]) == (410, "closed", True)
    account, event = server.conversation.events[-1]
    assert (account, event.outcome, event.certification, event.failed_too_often) == (
        "o_last",
        "closed",
        None,
        True,
    )
    assert len(await tasks_of(server)) == 1


async def test_settled_task_lets_the_person_try_again(server):
    await fail(server, MOST_FAILURES)
    [task] = await tasks_of(server)
    await settle(server, task)
    server.clock.now += timedelta(minutes=1)
    await fail(server, FAILURES_BEFORE_HELP - 1)
    assert await tasks_of(server) == []
    assert "再试一次" in (await fail(server, 2))["message"]
    await fail(server, 1)
    assert len(await tasks_of(server)) == 1


async def test_settling_tasks_does_not_allow_unlimited_tries_a_day(server):
    for _ in range(MOST_CLEARED // MOST_FAILURES):
        await fail(server, MOST_FAILURES)
        [task] = await tasks_of(server)
        await settle(server, task)
        server.clock.now += timedelta(minutes=1)
    assert await closed(server, await server.ticket())
    server.clock.now += timedelta(days=1)
    assert (await server.send(await server.agreed_ticket(), PORTRAIT))[1]["outcome"] == "passed"


async def test_pass_clears_earlier_failures(server):
    await fail(server, MOST_FAILURES - 1)
    assert len(await tasks_of(server)) == 1
    assert (await server.send(await server.agreed_ticket(), PORTRAIT))[1]["outcome"] == "passed"
    assert await tasks_of(server) == []
    server.clock.now += timedelta(minutes=1)
    answer = await fail(server, MOST_FAILURES - 1)
    assert "再试一次" in answer["message"]


async def test_failures_are_reset_on_the_next_day_in_shanghai(server):
    server.clock.now += timedelta(hours=11, minutes=54)  # 23:54
    await fail(server, MOST_FAILURES)
    assert await closed(server, await server.ticket())
    server.clock.now += timedelta(minutes=1)
    assert (await server.send(await server.agreed_ticket(), PORTRAIT))[1]["outcome"] == "passed"


async def test_failures_dated_in_the_future_block_nobody(server):
    now = server.clock.now
    server.clock.now += timedelta(days=366)
    await fail(server, MOST_FAILURES)
    server.clock.now = now
    assert (await server.send(await server.agreed_ticket(), PORTRAIT))[1]["outcome"] == "passed"


async def test_poor_pictures_and_other_people_are_not_counted(server):
    await fail(server, MOST_FAILURES - 1)
    ticket = await server.agreed_ticket()
    for _ in range(6):
        assert (await server.send(ticket, POOR))[1]["outcome"] == "retry"
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"
    server.clock.now += timedelta(minutes=1)
    await fail(server, MOST_FAILURES)
    another = replace(REQUEST, subject=Identity("欧阳桂兰", IdType.RESIDENT_ID, "11010519491231002X"))
    assert not await closed(server, await server.ticket(another))


async def test_chat_gives_no_link_until_the_failures_are_cleared(server):
    vault = server.parts.vault
    chat = conversation_of(server.parts.engine, vault, server.clock)
    person = Beneficiary(Scheme.EMPLOYEE, REQUEST.subject, "440100", BenefitStatus.ACTIVE)

    async def say(*words):
        for word in words:
            (done,) = await chat.execute([Work("anna", Text(word), f"{word} {server.clock()}", claims=True)])
        return done.reply

    async def registry_answers():
        pending = await chat.pending_check("anna", (await chat._session("anna")).serial)
        answered = EligibilityChecked(pending.serial, Found(person, has_template=True))
        (done,) = await chat.execute([Work("anna", answered, on_page=True)])
        return done

    await fail(server, MOST_FAILURES)
    await say(SCHEME_WORDS[Scheme.EMPLOYEE], *TO_READ_BACK, "下一步")
    await registry_answers()
    refused = await say("确定")
    assert "/h5/capture/" not in refused
    assert "明天可以再试" in refused
    [task] = await tasks_of(server)
    await settle(server, task)
    server.clock.now += timedelta(minutes=1)
    await say("重新识别")
    assert "/h5/capture/" in (await registry_answers()).link
