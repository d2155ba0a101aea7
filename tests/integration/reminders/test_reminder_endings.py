"""A reminder's link after its reminder: who has passed, who stopped the reminders, whose date has changed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from dialogs.immutable_record import replace
from dialogs.values import BenefitStatus
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from storage.schema.people import subscriptions
from tests.support.captures.reminder_page import ACCOUNT, DUE
from tests.support.dialog.dialogue import registry_record
from tests.support.storage.yearly_cycle import pass_on_day, subject

pytest_plugins = ["tests.support.storage.databases"]


async def test_link_says_that_nothing_is_left_to_do_after_a_pass(page):
    async with transaction(page.reminders.engine) as conn:
        passed = replace(pass_on_day(subject(), date(2027, 5, 3), "R9"), due_on=date(2028, 5, 31))
        await Subscriptions(page.reminders.vault).passed(conn, passed, page.reminders.clock())
    for status, *_, text in (await page.press(), (await page.view())[:2]):
        assert status == 410
        assert "不用再办理" in text
        assert "陈" not in text


async def test_link_of_reminders_that_were_stopped_does_not_say_that_nothing_is_left_to_do(page):
    """退订提醒 certifies nobody, and the message with the link stays in the chat."""
    async with transaction(page.reminders.engine) as conn:
        await Subscriptions(page.reminders.vault).end_accounts(conn, [ACCOUNT], page.reminders.clock())
    for status, *_, text in (await page.press(), (await page.view())[:2]):
        assert status == 410
        assert "不用再办理" not in text
        assert "还没有认证" in text
        assert "陈" not in text


async def test_link_says_what_is_wrong_after_an_import_that_ended_the_benefit(page):
    ended = registry_record(subject().identity, status=BenefitStatus.TERMINATED)
    async with transaction(page.reminders.engine) as conn:
        await Beneficiaries(page.reminders.vault).put(conn, [ended], page.reminders.clock())
    page.registry.answer = replace(page.registry.answer, beneficiary=ended)
    assert (await page.view())[0] == 200
    status, link, text = await page.press()
    assert (status, link) == (200, "")
    assert "待遇状态异常，请联系待遇领取地社保经办机构核实" in text


async def test_link_is_valid_after_the_date_was_moved_back(page):
    """A pass that is revoked moves the date back; there is more to do than before, not less."""
    async with transaction(page.reminders.engine) as conn:
        await conn.execute(update(subscriptions).values(due_on=DUE - timedelta(days=61)))
    status, text, _ = await page.view()
    assert status == 200
    assert "2027年3月31日" in text
    assert "/h5/capture/" in (await page.press())[1]


@pytest.mark.parametrize(("days", "status"), [(60, 200), (61, 410)])
async def test_link_is_valid_until_sixty_days_after_the_due_date(page, days, status):
    page.reminders.clock.set(DUE + timedelta(days=days))
    assert (await page.view())[0] == status


async def test_unknown_link_is_not_found(page):
    page.path = "/h5/start/" + "x" * 43
    assert (await page.view())[0] == 404
    assert (await page.press())[0] == 404
