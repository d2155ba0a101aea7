"""The chat knows how old a link sent by a clerk is, and whom it is for."""

import pytest

from bot.conversation.units_of_work import Work
from dialogs.events import EligibilityChecked
from storage.database import transaction
from storage.messaging.reply_windows import ReplyWindows, WindowKind
from tests.support.console.clerk_chats import office_with_chats
from tests.support.console.people import ACCOUNT, NEIGHBOUR, open_case, put_people
from tests.support.dialog.dialogue import FOR_ONESELF, found_eligible
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

PROBABLY_OVER = "多半已经过期"


@pytest.fixture
async def office(engine, vault):
    async with office_with_chats(engine, vault) as served:
        await put_people(served.parts)
        yield served


async def reach_link(chats, person=PERSON, document="居民身份证"):
    """Lead a conversation to its link, by the words of the person."""
    await chats.say(*FOR_ONESELF, person.name, document, person.number, "下一步", account=ACCOUNT)
    pending = await chats.conversation.pending_check(ACCOUNT, 1)
    answered = EligibilityChecked(pending.serial, found_eligible(person))
    await chats.conversation.execute([Work(ACCOUNT, answered, on_page=True)])
    assert "/h5/capture/" in await chats.say("确定", account=ACCOUNT)


async def send_link(office):
    async with transaction(office.parts.engine) as conn:
        await ReplyWindows().opened(conn, [(ACCOUNT, WindowKind.TEXT)], office.clock.now)
    desk = await office.sign_in(f"li-{office.clock.now:%H%M}")
    path = await open_case(desk)
    assert "link_sent" in (await desk.post(f"{path}/link")).location


async def test_link_sent_by_a_clerk_is_not_called_expired_within_half_an_hour(office, chats):
    await reach_link(chats)
    office.clock.advance(minutes=20)
    assert PROBABLY_OVER in await chats.say("好了", account=ACCOUNT)
    await send_link(office)
    assert PROBABLY_OVER not in await chats.say("好了", account=ACCOUNT)
    office.clock.advance(minutes=29)
    assert PROBABLY_OVER not in await chats.say("好了", account=ACCOUNT)
    office.clock.advance(minutes=2)
    assert PROBABLY_OVER in await chats.say("好了", account=ACCOUNT)


async def test_link_for_someone_else_does_not_renew_an_old_link(office, chats):
    await reach_link(chats, NEIGHBOUR, "护照")
    office.clock.advance(minutes=20)
    await send_link(office)
    assert PROBABLY_OVER in await chats.say("好了", account=ACCOUNT)
