"""Open chat pages poll for news, record only new lines as read, and count the waiting chats."""

from storage.console.accounts import Role
from tests.support.console.clerk_chats import ask_for_clerk, take_first_chat
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_open_chat_page_polls_and_records_only_new_lines_as_read(office, chats):
    await ask_for_clerk(chats)
    desk = await take_first_chat(office)

    async def now(seen):
        answer = await desk.get(f"talks/1/now?seen={seen}")
        version = answer.text.partition('data-version="')[2].partition('"')[0]
        return answer.status, version, answer

    status, version, _ = await now("")
    assert status == 200
    read = len(await office.audit_entries("talk.read"))
    assert (await now(version))[0] == 204
    await chats.say("在吗")
    status, newer, answer = await now(version)
    assert (status, "在吗" in answer.words) == (200, True)
    assert len(await office.audit_entries("talk.read")) == read + 1
    office.clock.advance(hours=1)
    await desk.sign_in()
    status, _, answer = await now(newer)
    assert (status, "还剩 46 小时" in answer.words) == (200, True)
    assert len(await office.audit_entries("talk.read")) == read + 1


async def test_open_list_page_is_recorded_again_when_another_chat_arrives(office, chats):
    await ask_for_clerk(chats)
    desk = await office.sign_in()
    page = await desk.get("talks")
    version = page.text.partition('data-version="')[2].partition('"')[0]
    assert (await desk.get(f"talks/now?seen={version}")).status == 204
    await ask_for_clerk(chats, account="openid-of-wang")
    answer = await desk.get(f"talks/now?seen={version}")
    assert answer.words.count("等人接") == 2
    assert [detail for _, _, detail in await office.audit_entries("talks.listed")] == ["1 listed", "2 listed"]


async def test_polling_does_not_keep_the_session_alive(office, chats):
    await ask_for_clerk(chats)
    desk = await office.sign_in()
    for _ in range(4):
        office.clock.advance(minutes=10)
        answer = await desk.get("talks/now")
    assert (answer.status, answer.location) == (303, "/admin/sign-in")


async def test_clerk_pages_count_waiting_chats_without_naming_anyone(office, chats):
    desk = await office.sign_in()
    page = await desk.get("tasks")
    assert 'data-counts="/admin/talks/waiting"' in page.text
    assert "/static/counts." in page.text
    assert (await desk.get("talks/waiting")).text == "0"
    await ask_for_clerk(chats)
    await ask_for_clerk(chats, account="openid-of-wu")
    before = await office.audit_entries()
    assert (await desk.get("talks/waiting")).text == "2"
    assert await office.audit_entries() == before
    await take_first_chat(office, "zhou")
    assert (await desk.get("talks/waiting")).text == "1"
    office.clock.advance(minutes=31)
    assert (await desk.get("talks/waiting")).location.endswith("/sign-in")  # counting prolongs no session


async def test_viewer_gets_no_count_of_waiting_chats(office):
    watch = await office.sign_in("watch", Role.VIEWER)
    page = await watch.get()
    assert "data-counts" not in page.text
    assert "/static/counts." not in page.text
    assert (await watch.get("talks/waiting")).status == 403
