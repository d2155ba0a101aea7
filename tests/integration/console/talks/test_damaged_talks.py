"""A chat with a damaged record can still be read and answered."""

import pytest
from sqlalchemy import update

from storage.database import transaction
from storage.schema.messaging import inbox
from storage.schema.talks import talk_lines
from tests.support.console.clerk_chats import ask_for_clerk, take_first_chat
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.mark.parametrize("wrong", [b"", b"\x01\x03zzz" + bytes(40)], ids=["overwritten", "unknown key"])
async def test_damaged_line_is_marked_and_the_other_lines_are_shown(office, chats, wrong):
    await ask_for_clerk(chats, "你好")
    await chats.say("第一句", "第二句")
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(talk_lines).where(talk_lines.c.id == 1).values(words=wrong))
        await conn.execute(update(inbox).where(inbox.c.heard.is_not(None)).values(heard=wrong))
    desk = await take_first_chat(office)
    page = await desk.get("talks/1")
    assert page.status == 200
    assert "第一句" not in page.words
    assert "记录已损坏" in page.words
    assert "第二句" in page.words
    assert (await desk.get("talks/1/now")).status == 200
    assert "flash=sent" in (await desk.post("talks/1/say", words="您好")).location
