"""A stranger's death report pauses reminders and asks their accounts; office, registry or pass settles it."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dialogs.session import CertifiedPerson, Session
from dialogs.values import BenefitStatus
from messages.inbound import Click
from messages.language.labels import MenuKey
from storage.database import transaction
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from storage.schema.columns import stored_context
from storage.schema.messaging import outbox
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import registry_record
from tests.support.storage.data_keys import KEY
from tests.support.storage.yearly_cycle import Clock, identity, pass_on_day, reminder_harness, subject
from tests.support.wechat.conversations import conversation_of, say

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)
OWN, HELPER, STRANGER = "openid_of_anna", "openid_of_daughter", "openid_of_stranger"
ANNA = subject()
DUE = date(2027, 5, 31)
QUESTION = "有人告诉我们"
ON, PAUSED, OFF = "到期提醒已经开通", "订阅提醒”，提醒马上恢复", "到期提醒还没有开通"
OVER = "待遇状态异常，请联系待遇领取地社保经办机构核实"
_keys = itertools.count(1)


class Village:
    """Anna's own account and her daughter's are reminded of Anna; a stranger knows her number."""

    def __init__(self, engine):
        self.engine = engine
        self.reminders = reminder_harness(engine, VAULT, Clock())
        self.conversation = conversation_of(engine, VAULT, self.reminders.clock)

    async def settle(self):
        await self.reminders.record_pass(ANNA, date(2026, 5, 4))
        known = CertifiedPerson(ANNA, DUE, self.reminders.clock())
        async with transaction(self.engine) as conn:
            await Beneficiaries(VAULT).put(conn, [registry_record(ANNA.identity)], self.reminders.clock())
            sessions = [
                (OWN, 0, encode(Session(person=ANNA.identity, people=(known,)))),
                (HELPER, 0, encode(Session(person=identity(5, "李小红"), people=(known,)))),
            ]
            await Sessions(VAULT).save(conn, sessions, self.reminders.clock())
        for account in (OWN, HELPER):
            assert "到期前我会提醒您" in await self.say("订阅提醒", account)

    async def say(self, said, account):
        return await say(self.conversation, account, said)

    async def report(self, account=STRANGER, who=ANNA.identity):
        for words in ("我妈去世了", "其他家人", who.name, "居民身份证", who.number):
            await self.say(words, account)
        return await self.say("确认上报", account)

    async def put(self, **changed):
        """Let the office import Anna's row."""
        async with transaction(self.engine) as conn:
            row = replace(registry_record(ANNA.identity), **changed)
            await Beneficiaries(VAULT).put(conn, [row], self.reminders.clock())

    async def passes(self):
        async with transaction(self.engine) as conn:
            made = pass_on_day(ANNA, self.reminders.clock().date(), "R9")
            await Subscriptions(VAULT).passed(conn, made, self.reminders.clock())

    async def questions(self):
        """Return account and text of every question that waits to be sent."""
        waiting = select(outbox).where(outbox.c.kind == "text", outbox.c.ended_at.is_(None))
        async with self.engine.connect() as conn:
            rows = (await conn.execute(waiting.order_by(outbox.c.id))).all()
        return [(row.account, VAULT.open(row.body, stored_context(outbox.c.body, row))) for row in rows]

    async def waiting(self):
        """Count the reminders that would go out sixty days before the due date."""
        return sum(one.count for one in await self.reminders.reminding.waiting(DUE - timedelta(days=60)))

    async def answer(self, account=OWN):
        return await self.say("还会提醒我吗", account)


@pytest.fixture
async def village(engine):
    village = Village(engine)
    await village.settle()
    assert await village.waiting() == 2
    return village


@pytest.mark.parametrize(
    ("words", "account", "question", "choice"),
    [
        ("我还活着", OWN, QUESTION, "订阅提醒"),
        ("我没死", OWN, QUESTION, "订阅提醒"),
        ("我妈还活着呢", HELPER, QUESTION, "订阅提醒"),
        ("I am not dead", OWN, "Somebody told us", "Remind me"),
    ],
)
async def test_word_of_life_is_told_of_the_pause_and_how_to_end_it(village, words, account, question, choice):
    await village.report()
    told = await village.say(words, account)
    assert question in told
    assert f">{choice}</a>" in told
    await village.say(choice, account)
    assert await village.waiting() == 1


async def test_word_of_life_without_a_report_is_answered_warmly(village):
    told = await village.say("我还活着", OWN)
    assert "平平安安" in told
    assert QUESTION not in told


@pytest.mark.parametrize(("words", "account"), [("我还活着", OWN), ("我妈还活着呢", HELPER)])
async def test_word_of_life_begins_the_certification_if_no_errand_is_under_way(village, words, account):
    await village.say("返回首页", account)
    assert "哪种待遇" in await village.say(words, account)


async def test_stranger_s_death_report_pauses_reminders_and_asks_every_account(village):
    assert "请您保重" in await village.report()
    assert await village.waiting() == 0
    (daughters, asked_daughter), (annas, asked_anna) = sorted(
        await village.questions(), key=lambda row: row[0] == OWN
    )
    assert (daughters, annas) == (HELPER, OWN)
    assert "有人告诉我们陈*国已经去世" in asked_daughter
    assert "有人告诉我们您已经去世" in asked_anna
    assert all(PAUSED in text for text in (asked_daughter, asked_anna))
    for account in (OWN, HELPER):
        assert PAUSED in await village.answer(account)
        assert PAUSED in await village.say(Click(MenuKey.REMINDERS), account)


async def test_second_death_report_does_not_ask_again(village):
    await village.report()
    await village.report("openid_of_another_stranger")
    assert len(await village.questions()) == 2


async def test_report_under_a_different_name_asks_and_pauses_nobody(village):
    await village.report(who=replace(ANNA.identity, name="陈建强"))
    assert (await village.waiting(), await village.questions()) == (2, [])


async def test_reporting_account_loses_its_reminders_and_only_others_are_asked(village):
    await village.report(HELPER)
    assert [account for account, _ in await village.questions()] == [OWN]
    assert OFF in await village.answer(HELPER)
    await village.put()
    assert await village.waiting() == 1
    assert ON in await village.answer()


async def test_asked_account_can_resume_its_reminders_with_one_reply(village):
    await village.report()
    assert "到期前我会提醒您" in await village.say("订阅提醒", OWN)
    assert ON in await village.answer()
    assert PAUSED in await village.answer(HELPER)
    assert [account for account, _ in await village.questions()] == [HELPER]
    assert await village.waiting() == 1


LIVING = {
    "import": lambda village: village.put(),
    "import, suspended": lambda village: village.put(status=BenefitStatus.SUSPENDED),
    "pass": lambda village: village.passes(),
}
ENDED = {
    "import": lambda village: village.put(death_reported=date(2026, 11, 1)),
    "benefit ended": lambda village: village.put(
        death_reported=date(2026, 11, 1), status=BenefitStatus.TERMINATED
    ),
}


@pytest.mark.parametrize("sign", LIVING)
async def test_sign_of_life_resumes_reminders_and_withdraws_the_question(village, sign):
    await village.report()
    await LIVING[sign](village)
    assert await village.questions() == []
    for account in (OWN, HELPER):
        assert ON in await village.answer(account)


@pytest.mark.parametrize("sign", ENDED)
async def test_registry_death_ends_reminders_and_withdraws_the_question(village, sign):
    await village.report()
    await ENDED[sign](village)
    assert await village.questions() == []
    assert await village.waiting() == 0
    assert OVER in await village.answer()


@pytest.mark.parametrize("sign", [*ENDED, "terminated"])
async def test_no_reminder_is_promised_while_the_registry_says_the_benefit_ended(village, sign):
    await ENDED.get(sign, lambda one: one.put(status=BenefitStatus.TERMINATED))(village)
    for words in ("订阅提醒", "还会提醒我吗", "什么时候到期", "算数吗", Click(MenuKey.REMINDERS)):
        for account in (OWN, HELPER):
            told = await village.say(words, account)
            assert all(one in told for one in (OVER, "陈*国", "要是登记错了", "12333"))
            assert not any(one in told for one in ("到期前我会提醒您", ON, "2027年5月31日"))
    assert await village.waiting() == 0


async def test_reminders_resume_once_the_registry_is_corrected_asked_for_or_not(village):
    await village.put(death_reported=date(2026, 11, 1))
    assert OVER in await village.say("订阅提醒", OWN)
    await village.put()
    assert await village.waiting() == 2
    assert ON in await village.answer()
    assert "2027年5月31日" in await village.say("什么时候到期", OWN)


async def test_stranger_is_not_told_of_an_ended_benefit(village):
    await village.put(status=BenefitStatus.TERMINATED)
    for words in ("订阅提醒", "还会提醒我吗", "什么时候到期"):
        assert OVER not in await village.say(words, STRANGER)


async def test_record_of_an_ended_benefit_shows_no_due_date(village):
    await village.put(status=BenefitStatus.TERMINATED)
    for words in ("企业职工养老保险", "同意并开始办理"):
        await village.say(words, OWN)
    record_shown = await village.say("认证信息查询", OWN)
    assert "最近一次认证" in record_shown
    assert OVER in record_shown
    assert "2027" not in record_shown


@pytest.mark.parametrize(
    ("status", "options", "settled"),
    [
        (BenefitStatus.ACTIVE, (), ("reminders go on", ON)),
        (BenefitStatus.ACTIVE, ("--result", "living"), ("reminders go on", ON)),
        (BenefitStatus.ACTIVE, ("--result", "deceased"), ("reminders have ended", OFF)),
        (BenefitStatus.TERMINATED, (), ("reminders have ended", OVER)),
    ],
)
async def test_result_of_the_death_task_decides_about_reminders(village, terminal, status, options, settled):
    terminal.set(DATABASE_URL=village.engine.url.render_as_string(hide_password=False))
    await village.put(status=status)
    await village.report()
    ran = await terminal.run("tasks", "done", "1", *options)
    assert (ran.code, ran.out) == (0, f"1: done; {settled[0]}\n")
    assert settled[1] in await village.answer()
    assert await village.questions() == []
    assert (await terminal.run("tasks", "done", "1")).code == 1


async def test_result_option_is_refused_for_other_tasks(village, terminal):
    terminal.set(DATABASE_URL=village.engine.url.render_as_string(hide_password=False))
    await village.say("做不了动作", OWN)
    ran = await terminal.run("tasks", "done", "1", "--result", "living")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--result goes with the report of a death" in ran.err
    assert (await terminal.run("tasks", "done", "1")).out == "1: done\n"
