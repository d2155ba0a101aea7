"""Several years of one person, with service restarts in between and a test clock."""

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from bot.demo.sample_people import SAMPLES
from dialogs.local_time import SHANGHAI
from dialogs.values import BenefitStatus, Subject
from storage.database import open_engine, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from storage.sealing.vault import Vault
from tests.acceptance.phone import Page, Phone, links
from tests.acceptance.world import EMPLOYEE, SELFIE, certify_by_face, own_demo
from tests.support.storage.passes import add_pass
from tests.support.storage.yearly_cycle import pass_on_day, subject

SAMPLE = SAMPLES[0]
SUBJECT = Subject(SAMPLE.scheme, SAMPLE.typed, "440100")
FIRST, SECOND, THIRD = date(2027, 11, 30), date(2028, 11, 30), date(2029, 12, 31)
"""Due dates: after the first pass, after the next year's, and after the late one."""


@dataclass
class Life:
    """One account over the years; each service it talks to runs for one day."""

    folder: object
    http: object
    now: datetime = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
    account: str = ""
    neighbours: Subject = SUBJECT

    @asynccontextmanager
    async def morning(self, day):
        """Start the service before waking hours, with a new neighbour who is due for a reminder too."""
        self.now = datetime(day.year, day.month, day.day, 7, 30, tzinfo=SHANGHAI)
        async with own_demo(self.folder, clock=lambda: self.now, reminder_template_id="T") as base:
            phone, neighbour = Phone(self.http, base), Phone(self.http, base)
            phone.account = self.account = self.account or phone.account
            await phone.follow()
            await neighbour.follow()
            await self.subscribe(neighbour.account)
            self.now += timedelta(minutes=40)
            yield phone, neighbour

    async def reminder(self, phone):
        """Advance the morning until a reminder comes."""
        async with asyncio.timeout(60):
            while not (found := await reminders(phone)):
                await asyncio.sleep(0.1)
                self.now += timedelta(seconds=10)
        return found[0]

    async def reminded_once(self, day):
        """Run a day on which the service starts twice; return the day's only reminder."""
        async with self.morning(day) as (phone, _):
            text = await self.reminder(phone)
        await self.hears_nothing(day)
        return text

    async def hears_nothing(self, day):
        """Run a morning on which the neighbour is reminded and this account is not."""
        async with self.morning(day) as (phone, neighbour):
            await self.reminder(neighbour)
            assert await reminders(phone) == []

    async def subscribe(self, account):
        wish = (account, self.neighbours)
        await self.write(lambda vault, conn: Subscriptions(vault).begin(conn, [wish], self.now))

    async def certified(self, of, day):
        """Record a pass of a person on a day."""
        made = pass_on_day(of, day)
        await self.write(lambda vault, conn: add_pass(conn, vault, made, b"ticket"))

    async def suspend(self):
        """Let the office's next import say that the payments are suspended."""
        row = SAMPLE.beneficiary(self.now.date())
        row = replace(row, status=BenefitStatus.SUSPENDED, last_certified=None)
        await self.write(lambda vault, conn: Beneficiaries(vault).put(conn, [row], self.now))

    async def write(self, work):
        vault = Vault.from_setting((self.folder / "data-keys").read_text(encoding="ascii"))
        engine = open_engine(f"sqlite+aiosqlite:///{self.folder / 'demo.db'}")
        async with transaction(engine) as conn:
            await work(vault, conn)
        await engine.dispose()


async def reminders(phone):
    return [found["text"] for found in await phone.messages() if found["channel"] == "template"]


async def certify_by(phone, reminder):
    """Follow a reminder's link to the camera and pass; return the page and the result in the chat."""
    (url,) = links(reminder)
    async with phone.http.get(url) as response:
        shown = await response.text()
    async with phone.http.post(url) as response:
        assert response.status == 200
        onward = re.search(r'<a id="on" class="big" href="([^"]+)">', await response.text())
    page = Page(phone.http, onward[1])
    assert page.url.startswith(f"{phone.base}/h5/capture/")
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"
    return shown, await result_of(phone)


async def result_of(phone):
    """Wait for the result: a template, since nothing else reaches an account silent for a year."""
    while fresh := await phone.messages(phone.read, 60.0):
        phone.read = fresh[-1]["id"]
        for message in fresh:
            if "认证成功" in message["text"]:
                assert message["channel"] == "template"
                return message["text"]
    return pytest.fail("no result came")


async def receipt_of(phone, result):
    (url,) = links(result)
    async with phone.http.get(url) as response:
        assert response.status == 200
        return await response.text()


async def certified_and_subscribed(tmp_path, http):
    """Start a life with its first certification and a reminder subscription."""
    life = Life(tmp_path, http)
    async with own_demo(tmp_path, clock=lambda: life.now, reminder_template_id="T") as base:
        phone = Phone(http, base)
        life.account = phone.account
        assert "下次请在 2027年11月30日 前认证" in await certify_by_face(phone, EMPLOYEE)
        assert "到期前我会提醒您" in await phone.tap("订阅提醒")
    return life


async def test_reminders_follow_passes_overdue_dates_and_suspension_for_years(tmp_path, http):
    life = await certified_and_subscribed(tmp_path, http)
    told = [await life.reminded_once(FIRST - timedelta(days=left)) for left in (60, 30)]
    assert ["还有60天" in told[0], "还有30天" in told[1]] == [True, True]
    assert all("林*华\n企业职工养老保险\n2027年11月30日" in text for text in told)

    async with life.morning(FIRST - timedelta(days=7)) as (phone, _):
        shown, result = await certify_by(phone, await life.reminder(phone))
        assert "林*华" in shown
        assert "下次认证：2028年11月30日前" in result
        assert "2028年11月30日" in await receipt_of(phone, result)
    async with life.morning(FIRST + timedelta(days=1)) as (phone, _):
        assert await reminders(phone) == []

    assert "还有60天" in await life.reminded_once(SECOND - timedelta(days=60))
    async with life.morning(SECOND + timedelta(days=1)) as (phone, _):
        overdue = await life.reminder(phone)
        assert "已过期" in overdue
    await life.hears_nothing(SECOND + timedelta(days=20))

    async with life.morning(SECOND + timedelta(days=30)) as (phone, _):
        await life.suspend()
        url = overdue_link(overdue, phone.base)
        shown, result = await certify_by(phone, url)
        assert "待遇可能已暂停发放" in shown
        assert "下次认证：2029年12月31日前" in result
    assert "还有30天" in await life.reminded_once(THIRD - timedelta(days=30))


def overdue_link(reminder, base):
    """Return the reminder with the address at which the service listens now."""
    return re.sub(r"http://127\.0\.0\.1:\d+", base, reminder)


async def test_death_reported_by_the_family_stops_the_reminders(tmp_path, http):
    life = Life(tmp_path, http, neighbours=subject())
    async with own_demo(tmp_path, clock=lambda: life.now, reminder_template_id="T") as base:
        phone = Phone(http, base)
        life.account = phone.account
        await certify_by_face(phone, EMPLOYEE)
        await phone.tap("订阅提醒")
        await life.certified(life.neighbours, life.now.date())

    async with life.morning(FIRST - timedelta(days=60)) as (phone, _):
        assert "还有60天" in await life.reminder(phone)
        family = Phone(http, phone.base)
        await family.say("我爸去世了")
        await family.give_details(EMPLOYEE)
        assert "认证提醒" in await family.tap("确认上报")
    await life.hears_nothing(FIRST - timedelta(days=30))
    await life.hears_nothing(FIRST + timedelta(days=1))
