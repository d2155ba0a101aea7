"""Subscribers are told once, by day, that data matching or a counter has certified their person."""

from datetime import date

import pytest
from sqlalchemy import select, update

from dialogs.immutable_record import replace as changed
from dialogs.session import Session
from dialogs.values import BenefitStatus, PassChannel
from messages.language.codes import Language
from storage.database import transaction
from storage.registry.file import open_registry_file
from storage.registry.importing.importer import RegistryImport
from storage.schema.messaging import sessions
from storage.schema.people import subscriptions
from storage.store import Stores
from tests.support.files.registry_files import changed_row as row_of
from tests.support.files.registry_files import write_csv
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.yearly_cycle import identity, pass_on_day
from tests.support.wechat.pass_notices import LAST_YEAR, MATCHED, PassNoticeHarness

pytest_plugins = ["tests.support.storage.databases"]

"""The PostgreSQL peculiarity, locking of rows being read, shows in the tests not limited to SQLite."""

TOLD = (
    "您今年已通过数据比对完成认证，无需操作。\n"
    "企业职工养老保险，2026年11月20日 认证。下次请在 2027年11月30日 前认证。"
)


@pytest.fixture
def harness(engine, vault):
    return PassNoticeHarness(engine, vault)


async def test_import_tells_the_person_once(harness):
    await harness.add_subscriber()
    await harness.import_row(last_certified=LAST_YEAR)
    assert await harness.queued_notices() == []
    await harness.import_row()
    (notice,) = await harness.queued_notices()
    assert notice == (
        "anna",
        TOLD,
        {
            "thing1": "陈*国",
            "phrase2": "无需操作",
            "time3": "2026年11月20日",
            "character_string4": "-",
            "thing5": "下次认证：2027年11月30日前",
        },
    )
    await harness.mark_delivered()
    await harness.import_row()
    await harness.import_row(last_certified=date(2026, 11, 22))
    harness.clock.set(date(2027, 2, 1))
    await harness.import_row(last_certified=date(2027, 1, 20))  # matched again, within the period
    assert await harness.queued_notices() == []
    harness.clock.set(date(2027, 10, 20))
    await harness.import_row(last_certified=date(2027, 10, 15))
    assert len(await harness.queued_notices()) == 1


@on_sqlite
async def test_helper_is_told_whom_the_notice_concerns(harness):
    await harness.add_subscriber("son", is_own=False)
    await harness.import_row()
    ((account, text),) = await harness.queued_texts()
    assert account == "son"
    assert text.startswith("告诉您一声：陈*国 今年已通过数据比对完成认证，无需操作。\n")


@on_sqlite
async def test_pass_of_last_year_is_not_called_this_year_s(harness):
    await harness.add_subscriber()
    harness.clock.set(date(2027, 1, 4))
    await harness.import_row(last_certified=date(2026, 12, 30))
    ((_, text),) = await harness.queued_texts()
    assert text.startswith("您已通过数据比对完成认证，无需操作。\n企业职工养老保险，2026年12月30日 认证。")


@on_sqlite
async def test_notice_is_in_the_account_s_language(harness):
    await harness.add_subscriber()
    own = changed(Session(), person=identity(), language=Language.ENGLISH)
    await harness.save_session("anna", own, version=1)
    await harness.import_row()
    ((_, text),) = await harness.queued_texts()
    assert text.startswith("You have been certified this year by data matching. There is nothing for you")


@on_sqlite
async def test_notice_due_at_night_is_sent_in_the_morning(harness):
    await harness.add_subscriber()
    await harness.import_row()
    assert [await harness.queued_notices(hour) for hour in (20, 23)] == [[], []]
    harness.clock.set(date(2026, 11, 24))
    assert len(await harness.queued_notices(8)) == 1


@on_sqlite
@pytest.mark.parametrize(
    "row",
    [
        {"last_certified": date(2025, 12, 20)},  # the next one is due in a month: there is something to do
        {"last_certified": None},
        {"status": BenefitStatus.SUSPENDED},
        {"status": BenefitStatus.TERMINATED},
        {"death_reported": date(2026, 11, 1)},
    ],
    ids=lambda row: str(next(iter(row.items()))),
)
async def test_old_or_unsettled_pass_is_not_told(harness, row):
    await harness.add_subscriber(certified_on=date(2024, 11, 5))
    await harness.import_row(**row)
    assert await harness.queued_notices() == []


@on_sqlite
@pytest.mark.parametrize("own", [date(2026, 11, 22), MATCHED, date(2026, 11, 1), date(2026, 3, 2)])
async def test_person_certified_by_face_in_the_period_is_not_told(harness, own):
    await harness.add_subscriber(certified_on=own)
    await harness.import_row()
    assert await harness.queued_notices() == []


@on_sqlite
async def test_face_pass_after_the_import_suppresses_the_notice(harness):
    of = await harness.add_subscriber()
    await harness.import_row()
    await harness.reminders.record_pass(of, date(2026, 11, 23), "R-now")
    assert await harness.queued_notices() == []


@on_sqlite
async def test_face_pass_cancels_a_queued_notice(harness):
    of = await harness.add_subscriber()
    await harness.import_row()
    assert len(await harness.queued_notices()) == 1
    await harness.in_transaction(
        lambda conn: harness.subscriptions.passed(conn, pass_on_day(of, MATCHED), harness.clock())
    )
    assert await harness.queued_notices() == []


@on_sqlite
@pytest.mark.parametrize("is_queued", [False, True])
async def test_unsubscribing_before_sending_cancels_the_notice(harness, is_queued):
    await harness.add_subscriber()
    await harness.import_row()
    if is_queued:
        assert len(await harness.queued_notices()) == 1
    await harness.in_transaction(
        lambda conn: harness.subscriptions.end_accounts(conn, ["anna"], harness.clock())
    )
    assert await harness.queued_notices() == []


async def test_account_without_binding_or_agency_is_not_told(harness):
    await harness.add_subscriber("son", is_own=False)
    await harness.add_subscriber("old phone", number=1)
    await harness.import_row()
    await harness.import_row(1)
    await harness.in_transaction(
        lambda conn: Stores.of(harness.vault).agencies.end(conn, identity(), harness.clock())
    )
    await harness.save_session("old phone", Session(), version=1)
    assert await harness.queued_notices() == []


@on_sqlite
async def test_import_does_not_tell_people_without_a_subscription(harness):
    await harness.import_row(5)
    assert await harness.queued_notices() == []


@on_sqlite
async def test_pass_withdrawn_by_a_later_import_is_not_told(harness):
    await harness.add_subscriber()
    await harness.import_row()
    await harness.import_row(last_certified=LAST_YEAR)
    assert await harness.queued_notices() == []


@on_sqlite
async def test_dry_run_tells_nobody(harness, tmp_path):
    await harness.add_subscriber()
    path = write_csv(
        tmp_path / "people.csv",
        row_of(name=identity().name, id_number=identity().number, last_certified="2026-11-20"),
    )
    importer = RegistryImport(harness.engine, harness.vault, harness.clock)
    file = open_registry_file(path, date(2026, 11, 23))
    assert [counts.new async for counts in importer.preview(file)] == [1]
    assert await harness.queued_notices() == []
    assert [counts.new async for counts in importer.apply(file)] == [1]
    assert len(await harness.queued_notices()) == 1


@on_sqlite
@pytest.mark.parametrize("channel", [PassChannel.COUNTER, PassChannel.HOME_VISIT])
async def test_pass_recorded_by_a_clerk_is_told_with_its_source(harness, channel):
    of = await harness.add_subscriber()
    await harness.import_row(last_certified=LAST_YEAR)
    made = await harness.in_transaction(
        lambda conn: harness.clerk.certify(conn, of.identity, of.scheme, harness.confirmation(channel))
    )
    assert made
    ((_, text),) = await harness.queued_texts()
    assert text.startswith(
        "您今年已通过社保经办机构完成认证，无需操作。\n企业职工养老保险，2026年11月23日 认证。"
    )


@on_sqlite
async def test_clerk_s_pass_is_not_told_after_a_face_pass_this_year(harness):
    of = await harness.add_subscriber(certified_on=date(2026, 9, 1))
    await harness.import_row(last_certified=LAST_YEAR)
    await harness.in_transaction(
        lambda conn: harness.clerk.certify(
            conn, of.identity, of.scheme, harness.confirmation(PassChannel.COUNTER)
        )
    )
    assert await harness.queued_notices() == []


async def test_damaged_subscription_does_not_block_notices_of_others(harness):
    for number, account in enumerate(("anna", "boris")):
        await harness.add_subscriber(account, number)
        await harness.import_row(number)
    async with transaction(harness.engine) as conn:
        broken = update(subscriptions).where(subscriptions.c.account == "anna")
        await conn.execute(broken.values(identity=b"\x01\x02\x03"))
    assert [account for account, *_ in await harness.queued_notices()] == ["boris"]


@on_sqlite
async def test_notice_waits_for_a_missing_session_key_without_blocking_others(harness):
    for number, account in enumerate(("anna", "boris")):
        await harness.add_subscriber(account, number)
        await harness.import_row(number)
    async with transaction(harness.engine) as conn:
        annas = sessions.c.account == "anna"
        body = await conn.scalar(select(sessions.c.body).where(annas))
        await conn.execute(update(sessions).where(annas).values(body=b"\x01\x03zzz" + bytes(40)))
    assert [account for account, *_ in await harness.queued_notices()] == ["boris"]
    async with transaction(harness.engine) as conn:
        await conn.execute(update(sessions).where(annas).values(body=body))
    assert [account for account, *_ in await harness.queued_notices()] == ["boris", "anna"]
