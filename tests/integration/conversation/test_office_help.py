"""From 做不了动作 in the chat to the office's task and grant, over both databases."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.cli.office import LONGEST_GRANT
from bot.clock import system_clock
from bot.conversation.units_of_work import Work
from dialogs.events import EligibilityChecked
from dialogs.immutable_record import replace
from dialogs.local_time import local_date
from dialogs.rules.places.offices import SHIPPED
from messages.inbound import Text
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.exemptions import ExemptionKind, Exemptions
from storage.records.tasks import TaskKind, Tasks
from storage.schema.captures import consents
from storage.schema.messaging import outbox, sessions
from storage.schema.office import tasks
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import (
    NAME,
    NUMBER,
    PERSON,
    SCHEME_WORDS,
    TO_NAME,
    TO_READ_BACK,
    found_eligible,
    registry_record,
)
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW
from tests.support.storage.recorded_actions import recorded_actions
from tests.support.wechat.conversations import conversation_of, planner_of, say

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)
MASKED = "陈*国 resident_id 4401**********0120"
WHO = ("--id-type", "resident_id", "--id-number", NUMBER)
BOTH = ("anna", "boris")
REASON = "瘫痪在床，村医王五核实"


@pytest.fixture
def conversation(engine):
    return conversation_of(engine, VAULT, lambda: NOW, planner_of(VAULT, offices=SHIPPED.spoken()))


def today():
    return local_date(system_clock())


def tomorrow():
    """Return a day still valid when a command reads it, even if midnight passes in between."""
    return today() + timedelta(days=1)


async def to_notice(conversation, account):
    words = (SCHEME_WORDS["employee"], *TO_READ_BACK)
    await say(conversation, account, *words, "下一步")
    await conversation.execute([Work(account, EligibilityChecked(1, found_eligible()))])


async def test_repeated_help_requests_open_one_task_per_person(engine, conversation):
    for account in BOTH:
        await to_notice(conversation, account)
        reply = await say(conversation, account, "做不了动作", "我看不见")
        assert "陈*国" in reply
        assert "020-12333" in reply
    batch = [Work(account, Text("做不了动作"), f"{account} once more", claims=True) for account in BOTH]
    await conversation.execute(batch)
    async with transaction(engine) as conn:
        [task] = await Tasks(VAULT).waiting(conn, 9)
        assert (task.kind, task.person) == (TaskKind.ASSIST, PERSON)
        assert await Tasks(VAULT).done(conn, task.id, NOW)
    await say(conversation, "anna", "卧床")
    async with engine.connect() as conn:
        assert len(await Tasks(VAULT).waiting(conn, 9)) == 1
        sealed = (await conn.execute(select(tasks.c.person))).scalars().all()
    assert (await recorded_actions(engine)).count("help.asked") == 7
    assert not any(NAME.encode() in person for person in sealed)


async def test_missing_photo_opens_one_task_whichever_account_tries(engine, conversation):
    for account in BOTH:
        await say(conversation, account, SCHEME_WORDS["employee"], *TO_READ_BACK, "下一步")
        unenrolled = replace(found_eligible(), has_template=False)
        await conversation.execute([Work(account, EligibilityChecked(1, unenrolled))])
    async with engine.connect() as conn:
        [task] = await Tasks(VAULT).waiting(conn, 9)
    assert (task.kind, task.person) == (TaskKind.NO_PHOTO, PERSON)
    assert (await recorded_actions(engine)).count("photo.asked") == 2


async def test_concurrent_help_requests_open_one_task(engine, conversation):
    for account in BOTH:
        await to_notice(conversation, account)
    asked = [say(conversation, account, "做不了动作") for account in BOTH]
    await asyncio.gather(*asked)
    async with engine.connect() as conn:
        assert len(await Tasks(VAULT).waiting(conn, 9)) == 1


async def test_nothing_is_stored_before_the_agreement(engine, conversation):
    reply = await say(conversation, "anna", f"我叫{NAME}，身份证{NUMBER}", "做不了动作")
    assert "12333" in reply
    async with engine.connect() as conn:
        for table in (tasks, consents, outbox):
            assert await conn.scalar(select(func.count()).select_from(table)) == 0
        sealed = await conn.scalar(select(sessions.c.body))
    assert NUMBER.encode() not in sealed
    assert await recorded_actions(engine) == []
    agreed = await say(conversation, "anna", SCHEME_WORDS["employee"], *TO_NAME)
    assert "4401**********0120" in agreed
    assert await recorded_actions(engine) == ["consent.terms"]


async def test_operator_lists_masked_tasks_by_kind_and_ends_each_once(operator, engine):
    async with transaction(engine) as conn:
        rows = [(TaskKind.DEATH, PERSON), (TaskKind.ASSIST, PERSON), (TaskKind.ASSIST, PERSON)]
        await Tasks(VAULT).add(conn, rows, NOW)
    ran = await operator.run("tasks", "list")
    assert ran.out.splitlines() == [
        f"1 death {MASKED} since 2026-05-04 17:30",
        f"2 assist {MASKED} since 2026-05-04 17:30",
    ]
    shown = await operator.run("tasks", "show", "2")
    assert (shown.code, shown.out) == (0, f"2 assist {NAME} resident_id {NUMBER}\n")
    assert (await operator.run("tasks", "done", "2")).out == "2: done\n"
    assert (await operator.run("tasks", "show", "2")).code == 1
    again = await operator.run("tasks", "done", "2")
    assert (again.code, again.out) == (1, "2: there is no such open task\n")
    assert (await operator.run("tasks", "list", "--kind", "assist")).out == ""
    assert (await operator.run("tasks", "list", "--kind", "death")).out.startswith("1 death")
    assert await recorded_actions(engine) == [
        "tasks.read",
        "task.shown",
        "task.done",
        "tasks.read",
        "tasks.read",
    ]


async def test_operator_gives_lists_and_revokes_a_grant(operator, engine):
    async with transaction(engine) as conn:
        await Beneficiaries(VAULT).put(conn, [registry_record()], NOW)
    until = today() + timedelta(days=30)
    given = await operator.run("grant", "passive", *WHO, "--until", until, "--reason", REASON)
    assert (given.code, given.err) == (0, "")
    assert given.out == f"{MASKED}: a photo may do until {until}; it proves no life\n"
    assert (await operator.run("grant", "list")).out == f"passive {MASKED} until {until}: {REASON}\n"
    assert (await operator.run("grant", "revoke", *WHO)).code == 0
    assert (await operator.run("grant", "list")).out == ""
    nothing = await operator.run("grant", "revoke", *WHO)
    assert (nothing.code, nothing.out) == (1, "resident_id 4401**********0120: nothing is granted\n")
    assert await recorded_actions(engine) == ["grant.given", "grants.read", "grant.revoked", "grants.read"]
    async with engine.connect() as conn:
        kept = str((await conn.execute(text("SELECT * FROM audit"))).all())
        sealed = (await conn.execute(text("SELECT person, reason FROM grants"))).one()
    assert NUMBER not in kept
    assert REASON not in kept
    assert not any(NUMBER.encode() in field or REASON.encode() in field for field in map(bytes, sealed))


async def test_newer_grant_replaces_an_older_one(operator, engine):
    for days in (30, 3):
        until = today() + timedelta(days=days)
        await operator.run("grant", "passive", *WHO, "--until", until, "--reason", REASON)
    assert len((await operator.run("grant", "list")).out.splitlines()) == 1
    async with engine.connect() as conn:
        for day, holds in ((until, True), (until + timedelta(days=1), False)):
            assert await Exemptions(VAULT).is_in_force(conn, ExemptionKind.PASSIVE, PERSON, day) is holds


async def test_grant_for_a_person_outside_the_registry_is_given_with_a_notice(operator):
    ran = await operator.run(
        "grant", "passive", *WHO[:3], NUMBER.lower(), "--until", tomorrow(), "--reason", REASON
    )
    assert ran.code == 0
    assert "not in the imported registry" in ran.out


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--id-number": "440103195001010121"}, "--id-number is not the number of a resident_id"),
        ({"--until": date(2020, 1, 1)}, "--until must be today or later"),
        ({"--until": "soon"}, "must be a date such as"),
        ({"--reason": "  "}, "--reason must be one line"),
        ({"--id-type": "library_card"}, "must be one of"),
    ],
)
async def test_invalid_grant_option_is_refused_in_one_line(operator, engine, changed, said):
    await _refused(operator, engine, changed, said)


async def test_grant_beyond_the_maximum_duration_is_refused(operator, engine):
    until = today() + LONGEST_GRANT + timedelta(days=1)
    await _refused(operator, engine, {"--until": until}, "--until must be today or later")


async def _refused(operator, engine, changed, said):
    options = {"--id-type": "resident_id", "--id-number": NUMBER, "--until": tomorrow(), "--reason": REASON}
    arguments = [part for option in (options | changed).items() for part in option]
    ran = await operator.run("grant", "passive", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert NUMBER[:17] not in ran.err
    async with engine.connect() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM grants")) == 0
