"""Open pages of chats hear of news, record only what is new, and count who waits."""

from storage.console.accounts import Role
from tests.support.console.talks import asked, taken
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_an_open_page_asks_for_news_and_records_only_what_is_new(office, chats):
    await asked(chats)
    desk = await taken(office)

    async def now(seen):
        answer = await desk.get(f"talks/1/now?seen={seen}")
        version = answer.text.partition('data-version="')[2].partition('"')[0]
        return answer.status, version, answer

    status, version, _ = await now("")
    assert status == 200
    read = len(await office.entries("talk.read"))
    assert (await now(version))[0] == 204
    await chats.say("在吗")
    status, newer, answer = await now(version)
    assert (status, "在吗" in answer.words) == (200, True)
    assert len(await office.entries("talk.read")) == read + 1
    office.clock.wait(hours=1)
    await desk.sign_in()
    status, _, answer = await now(newer)
    assert (status, "还剩 46 小时" in answer.words) == (200, True)
    assert len(await office.entries("talk.read")) == read + 1


async def test_the_list_of_an_open_page_is_recorded_when_others_come(office, chats):
    await asked(chats)
    desk = await office.signed_in()
    page = await desk.get("talks")
    version = page.text.partition('data-version="')[2].partition('"')[0]
    assert (await desk.get(f"talks/now?seen={version}")).status == 204
    await asked(chats, account="openid-of-wang")
    answer = await desk.get(f"talks/now?seen={version}")
    assert answer.words.count("等人接") == 2
    assert [detail for _, _, detail in await office.entries("talks.listed")] == ["1 listed", "2 listed"]


async def test_watching_keeps_no_session_alive(office, chats):
    await asked(chats)
    desk = await office.signed_in()
    for _ in range(4):
        office.clock.wait(minutes=10)
        answer = await desk.get("talks/now")
    assert (answer.status, answer.location) == (303, "/admin/sign-in")


async def test_every_page_of_a_clerk_counts_the_chats_that_wait_and_names_nobody(office, chats):
    desk = await office.signed_in()
    page = await desk.get("tasks")
    assert 'data-counts="/admin/talks/waiting"' in page.text
    assert "/static/counts." in page.text
    assert (await desk.get("talks/waiting")).text == "0"
    await asked(chats)
    await asked(chats, account="openid-of-wu")
    before = await office.entries()
    assert (await desk.get("talks/waiting")).text == "2"
    assert await office.entries() == before
    await taken(office, "zhou")
    assert (await desk.get("talks/waiting")).text == "1"
    office.clock.wait(minutes=31)
    assert (await desk.get("talks/waiting")).location.endswith("/sign-in")  # counting keeps nobody signed in


async def test_who_answers_no_chats_counts_none(office):
    watch = await office.signed_in("watch", Role.VIEWER)
    page = await watch.get()
    assert "data-counts" not in page.text
    assert "/static/counts." not in page.text
    assert (await watch.get("talks/waiting")).status == 403
