"""本人办理 on somebody else's phone: whom the account is bound to, who is told, and how to undo it."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.values import CaptureRequest, Manner, Purpose, Scheme
from messages.inbound import AuthorizationEnded
from storage.audit_trail.actions import AuditAction
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.schema.office import audit
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import EMPLOYEE, OTHER, PERSON, TO_MANNER, capture_passed
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW
from tests.support.storage.passes import add_pass
from tests.support.wechat.conversations import conversation_of, say

pytest_plugins = ["tests.support.storage.databases"]

VAULT = Vault.from_setting(KEY)
MOTHER, CHILD, TABLET = "openid_of_mother", "openid_of_child", "openid_of_tablet"
OWN = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, PERSON)
QUERY = replace(OWN, purpose=Purpose.QUERY)
BY_CHILD = replace(OWN, subject=OTHER)
NOBODY = "还没有认证成功的记录"
TOLD, UNBOUND = "有另一个微信", "这个微信看不到"
_keys = itertools.count(1)


class Family:
    """A mother, and her child's phone on which her face passed under 本人办理."""

    def __init__(self, engine):
        self.engine = engine
        self.now = NOW
        self.conversation = conversation_of(engine, VAULT, lambda: self.now)

    async def passes(self, account, request=OWN):
        self.now += timedelta(minutes=1)
        finished = capture_passed(request)
        if request.purpose is Purpose.CERTIFY:
            finished = replace(
                finished, certification=replace(finished.certification, receipt=f"R{next(_keys)}")
            )
        async with transaction(self.engine) as conn:
            made = finished.certification
            await add_pass(conn, VAULT, made, f"{next(_keys)}".encode(), account)
            await self.conversation.feed(conn, account, finished)

    async def say(self, account, *words):
        for said in words:
            self.now += timedelta(minutes=1)
            reply = await say(self.conversation, account, said)
        return reply

    async def told(self, words):
        """Claim all queued texts; return account and text of those that contain the words."""
        queue, sent = Outbox(VAULT), []
        async with transaction(self.engine) as conn:
            while rows := await queue.claim(conn, [OutboxKind.TEXT], 100, self.now, timedelta(minutes=1)):
                sent += [(row.account, row.body) for row in rows if words in row.body]
                await queue.done(conn, [row.id for row in rows], self.now)
        return sent

    async def audited(self, action):
        async with self.engine.connect() as conn:
            rows = await conn.execute(select(audit.c.subject, audit.c.detail).where(audit.c.action == action))
            return rows.all()


@pytest.fixture
def family(engine):
    return Family(engine)


FIRST = pytest.mark.parametrize(
    "order", [(MOTHER, CHILD), (CHILD, MOTHER)], ids=["mother first", "child first"]
)


@FIRST
async def test_unbound_phone_can_no_longer_query_the_person(family, order):
    for account in order:
        await family.passes(account)
    assert "2027年11月30日" in await family.say(CHILD, "什么时候到期")
    assert "已经解除" in await family.say(MOTHER, "解除代办")
    for question in ("什么时候到期", "算数吗"):
        assert NOBODY in await family.say(CHILD, question)
        assert NOBODY not in await family.say(MOTHER, question)
    assert "查询结果" not in await family.say(CHILD, EMPLOYEE, "同意并开始办理", "认证信息查询")


@FIRST
async def test_unbound_phone_can_no_longer_act_as_the_person(family, order):
    for account in order:
        await family.passes(account)
    await family.say(MOTHER, "解除代办")
    assert "先本人刷脸" in await family.say(CHILD, "解除代办")
    assert "我还不知道您是谁" in await family.say(CHILD, "撤回人脸同意")
    assert "请输入您的姓名" in await family.say(CHILD, "返回首页", EMPLOYEE, *TO_MANNER, "本人办理")


async def test_unbinding_reaches_every_other_account(family):
    for account in (CHILD, TABLET, MOTHER):
        await family.passes(account)
    await family.say(MOTHER, "解除代办")
    assert [NOBODY in await family.say(one, "算数吗") for one in (CHILD, TABLET, MOTHER)] == [
        True,
        True,
        False,
    ]
    assert len(await family.audited(AuditAction.ACCOUNT_UNBOUND)) == 2


async def test_notice_of_another_account_names_its_day(family):
    await family.passes(CHILD)
    await family.passes(MOTHER)
    await family.say(MOTHER, "解除代办")
    day = f"{family.now:%Y年}{family.now.month}月{family.now.day}日"
    told = await family.told("另一个微信")
    assert [(account, day in text, "刚才" in text) for account, text in told] == [(CHILD, True, False)] * 2


async def test_unbinding_reaches_an_account_bound_only_by_a_query(family):
    await family.passes(CHILD, QUERY)
    await family.passes(MOTHER)
    await family.say(MOTHER, "解除代办")
    assert NOBODY in await family.say(CHILD, "什么时候到期")


async def test_notice_shown_before_unbinding_no_longer_reveals_the_date(family):
    await family.passes(CHILD)
    await family.passes(MOTHER)
    await family.say(CHILD, EMPLOYEE, *TO_MANNER, "本人办理")
    await family.say(MOTHER, "解除代办")
    reply = await family.say(CHILD, "继续", "下一步")
    assert "2027" not in reply
    assert "陈" not in reply


async def test_second_binding_is_reported_only_to_the_first_account(family):
    await family.passes(MOTHER)
    await family.passes(TABLET, BY_CHILD)
    await family.passes(CHILD)
    ((account, text),) = await family.told(TOLD)
    assert account == MOTHER
    assert "陈*国" in text
    assert "解除代办" in text


async def test_yearly_pass_of_a_bound_account_notifies_nobody(family):
    await family.passes(MOTHER)
    await family.passes(MOTHER)
    assert await family.told(TOLD) == []


async def test_pass_by_an_agent_binds_no_account(family):
    await family.passes(MOTHER)
    await family.passes(CHILD, replace(OWN, manner=Manner.AGENT, agent=OTHER))
    assert await family.told(TOLD) == []


async def test_unbound_owner_is_told_and_can_bind_again_with_a_face_check(family):
    await family.passes(MOTHER)
    await family.passes(CHILD)
    await family.say(CHILD, "解除代办")
    ((account, text),) = await family.told(UNBOUND)
    assert account == MOTHER
    assert "再用“本人办理”刷一次脸" in text
    assert NOBODY in await family.say(MOTHER, "什么时候到期")
    await family.passes(MOTHER)
    assert "2027年11月30日" in await family.say(MOTHER, "什么时候到期")
    assert "已经解除" in await family.say(MOTHER, "解除代办")
    assert NOBODY in await family.say(CHILD, "什么时候到期")
    assert "先本人刷脸" in await family.say(CHILD, "解除代办")


async def test_unbound_phone_can_be_bound_to_its_owner(family):
    await family.passes(CHILD)
    await family.passes(MOTHER)
    await family.say(MOTHER, "解除代办")
    await family.passes(CHILD, BY_CHILD)
    assert "2027年11月30日" in await family.say(CHILD, "什么时候到期")
    await family.say(CHILD, "解除代办")
    assert "2027年11月30日" in await family.say(MOTHER, "什么时候到期")


async def test_account_with_ended_authorization_is_not_told_of_new_bindings(family):
    await family.passes(CHILD)
    await family.say(CHILD, AuthorizationEnded())
    await family.passes(MOTHER)
    assert await family.told(TOLD) == []
