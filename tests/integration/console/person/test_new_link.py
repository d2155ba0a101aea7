"""A new link goes to the account a person was certified from, unless it has been unbound since."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select

from dialogs.values import Manner
from storage.database import connect, transaction
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.reply_windows import ReplyWindows, WindowKind
from storage.records.agencies import Agencies
from storage.records.captures import Captures
from storage.retention.purging import PurgeBatch, RetentionClass, purge
from storage.schema.captures import captures
from storage.schema.messaging import outbox
from tests.support.console.people import ACCOUNT, NEIGHBOUR, open_case
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, REQUEST

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_new_link_goes_to_the_last_used_account(office):
    desk = await office.sign_in()
    path = await open_case(desk)

    async def texts():
        async with connect(office.parts.engine) as conn:
            rows = await conn.execute(select(outbox.c.id).where(outbox.c.account == ACCOUNT))
            return len(rows.all())

    before = await texts()
    async with transaction(office.parts.engine) as conn:
        await ReplyWindows().opened(conn, [(ACCOUNT, WindowKind.TEXT)], NOW - timedelta(days=3))
    assert "link_closed" in (await desk.post(f"{path}/link")).location
    async with transaction(office.parts.engine) as conn:
        await ReplyWindows().opened(conn, [(ACCOUNT, WindowKind.TEXT)], office.clock.now)
    assert "link_sent" in (await desk.post(f"{path}/link")).location
    assert await texts() == before + 1
    async with connect(office.parts.engine) as conn:
        open_ones = select(captures.c.account).where(captures.c.finished_at.is_(None))
        assert (await conn.execute(open_ones)).scalars().all() == [ACCOUNT]
    neighbour = await open_case(desk, NEIGHBOUR.number)
    assert "link_no_account" in (await desk.post(f"{neighbour}/link")).location


async def test_no_link_is_said_to_be_sent_to_an_account_that_was_silent_for_a_year(office):
    """The reply windows of accounts that were silent for a week are deleted."""
    desk = await office.sign_in()
    path = await open_case(desk)
    async with transaction(office.parts.engine) as conn:
        await ReplyWindows().opened(conn, [(ACCOUNT, WindowKind.TEXT)], NOW - timedelta(days=365))
        ago, now = NOW - timedelta(days=7), office.clock.now
        assert (await purge(conn, RetentionClass.WINDOWS, ago, now, PurgeBatch(9))).gone == 1
    assert "link_closed" in (await desk.post(f"{path}/link")).location
    async with connect(office.parts.engine) as conn:
        assert (
            await conn.execute(select(captures.c.account).where(captures.c.created_at == now))
        ).all() == []


async def link_goes_to(office, *changes):
    """Apply the changes a minute apart, press the button, and return which account got the link."""
    office.clock.advance(minutes=5)
    for change in changes:
        async with transaction(office.parts.engine) as conn:
            await ReplyWindows().opened(conn, [(one, WindowKind.TEXT) for one in ACCOUNTS], office.clock.now)
            await change(conn, office.clock.now)
        office.clock.advance(minutes=1)
    desk = await office.sign_in(f"li-{office.clock.now:%H%M}")
    path = await open_case(desk)
    told = (await desk.post(f"{path}/link")).location.partition("flash=")[2]
    async with connect(office.parts.engine) as conn:
        newest = select(captures.c.account).where(captures.c.created_at == office.clock.now)
        return told, (await conn.execute(newest)).scalar_one_or_none()


ACCOUNTS = (ACCOUNT, "openid-of-daughter")


DAUGHTER = ACCOUNTS[1]


def asks(office, account=DAUGHTER, **request):
    """Return a change in which an account asks for a link, as an agent by default."""

    async def change(conn, now):
        wanted = replace(REQUEST, **request)
        ticket = sha256(f"{account} {now}".encode()).digest()
        await Captures(office.parts.vault).open(conn, ticket, account, wanted, now, now)

    return change


def binds(office, account, person=PERSON):
    return lambda conn, now: AccountBindings(office.parts.vault).bind(conn, account, person, now)


def unbinds_others(office, account=ACCOUNT):
    """Return the change 解除代办, sent from one of the person's accounts."""

    async def change(conn, now):
        await AccountBindings(office.parts.vault).end_others(conn, PERSON, account, now)
        await Agencies(office.parts.vault).end(conn, PERSON, now)

    return change


async def test_new_link_goes_to_the_agent_who_asked_last(office):
    assert await link_goes_to(office, asks(office)) == ("link_sent", DAUGHTER)


async def test_no_link_goes_to_an_unbound_account(office):
    cut_off = asks(office), binds(office, DAUGHTER), binds(office, ACCOUNT), unbinds_others(office)
    assert await link_goes_to(office, *cut_off) == ("link_sent", ACCOUNT)


async def test_no_link_goes_to_a_former_agent_unless_they_asked_since(office):
    ended = binds(office, ACCOUNT), asks(office), unbinds_others(office)
    assert await link_goes_to(office, *ended) == ("link_sent", ACCOUNT)
    assert await link_goes_to(office, asks(office)) == ("link_sent", DAUGHTER)


async def test_no_link_goes_to_an_account_now_bound_to_someone_else(office):
    own = {"manner": Manner.SELF, "agent": None}
    sold = binds(office, DAUGHTER), asks(office, **own), binds(office, DAUGHTER, NEIGHBOUR)
    assert await link_goes_to(office, *sold) == ("link_sent", ACCOUNT)


async def test_no_link_is_sent_when_every_account_is_unbound(office):
    released = lambda conn, now: AccountBindings(office.parts.vault).end(conn, ACCOUNT, now)  # noqa: E731
    assert await link_goes_to(office, binds(office, ACCOUNT), released) == ("link_no_account", None)
