"""What a clerk has typed survives the end of the session, for that clerk alone, in Chromium."""

import asyncio
from contextlib import contextmanager

import pytest
from selenium.webdriver.common.by import By

from bot.office.case_acts import ActKind, CaseAct, to_json
from storage.console.accounts import Role
from storage.console.approvals import Approvals
from storage.database import transaction
from tests.browser.driver.accessibility import violations
from tests.browser.driver.chromium import choose, press_and_load
from tests.browser.driver.elements import press, wait_for_element, wait_for_text, wait_until, wait_until_gone
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.console.authenticator import code_at
from tests.support.console.clerk_browser import PASSWORD
from tests.support.console.clerk_chats import office_with_chats
from tests.support.console.people import RECEIPT, open_case, put_people
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

ANSWER, REASON = "请家人帮您念一下号码", "先打电话问问本人"
_VALUE = "return document.querySelector(arguments[0]).value"
_LATER = "const now = Date.now; Date.now = () => now() + 31 * 60000"
_MUCH_LATER = "const now = Date.now; Date.now = () => now() + 211 * 60000"
_CUT_OFF = "window.reached = fetch; window.fetch = () => Promise.reject(new TypeError())"
_CONNECTED = "window.fetch = window.reached"
_ANOTHER_S = """
sessionStorage.asked = 0;
const told = JSON.stringify({ account: "zhou", left: 1800, prolongs: true, csrf: "0" });
window.fetch = async () => {
  sessionStorage.asked = Number(sessionStorage.asked) + 1;
  await new Promise((done) => setTimeout(done, 1));
  return new Response(told);
};
document.querySelector("form[action$='/decline']").requestSubmit();
"""
_LOOKED_AT = "window.dispatchEvent(new Event('focus'))"


@pytest.fixture
async def office(engine, vault):
    async with office_with_chats(engine, vault) as served:
        await served.add_account("li", Role.SUPERVISOR)
        await served.add_account("zhou", Role.SUPERVISOR)
        async with transaction(engine) as conn:
            await Approvals(vault).ask(conn, to_json(CaseAct(ActKind.DEATH, PERSON)), "wang", NOW)
        yield served


async def secrets(office):
    """Return what each account's authenticator holds."""
    return {name: (await office.find_account(name)).credentials.totp_secret for name in ("li", "zhou")}


def sign_in(driver, office, keys, name):
    """Sign in on the page that is open, or on a new one."""
    office.clock.advance(seconds=30)
    if "/sign-in" not in driver.current_url:
        driver.get(f"{office.origin}/admin/sign-in")
    wait_for_element(driver, By.NAME, "name").send_keys(name)
    wait_for_element(driver, By.NAME, "password").send_keys(PASSWORD)
    press_and_load(driver, "button.main")
    wait_for_element(driver, By.NAME, "code").send_keys(code_at(keys[name], office.clock.now))
    press_and_load(driver, "button.main")
    wait_for_element(driver, By.CSS_SELECTOR, ".tiles")


@contextmanager
def another_page(driver):
    """Sign in again as the bar offers it: on a page of its own, which is closed at the end."""
    first = driver.current_window_handle
    press(driver, "#session a")
    wait_until(driver, lambda d: len(d.window_handles) > 1, "no page opened")
    (second,) = set(driver.window_handles) - {first}
    driver.switch_to.window(second)
    yield
    driver.close()
    driver.switch_to.window(first)
    driver.execute_script(_LOOKED_AT)


def sign_in_again(driver, office, keys):
    """Sign in as li from the bar; the page that was covered is shown again."""
    with another_page(driver):
        sign_in(driver, office, keys, "li")
    wait_until_gone(driver, "#session")


def end_session(driver, office):
    """Let the session run out while its page is open."""
    office.clock.advance(minutes=31)
    driver.execute_script(_LOOKED_AT)
    assert is_covered(driver)


def is_covered(driver, says="填了还没提交的都在"):
    """Whether nothing but the bar is to be seen, by an eye or on paper."""
    wait_for_text(driver, "#session", says)
    wait_until_gone(driver, "main > :not(#session)")
    wait_until_gone(driver, ".top")
    assert violations(driver) == []
    return ANSWER not in driver.find_element(By.TAG_NAME, "body").text


def type_reason(driver, office, keys):
    """Sign in as li, and type the reason of a refusal."""
    sign_in(driver, office, keys, "li")
    driver.get(f"{office.origin}/admin/approvals")
    press(driver, ".tasks summary")
    wait_for_element(driver, By.NAME, "words").send_keys(REASON)


def type_revocation(driver, office, keys):
    """Sign in as li, open the case, and type the reason of a revocation; return the case's address."""
    sign_in(driver, office, keys, "li")
    driver.get(f"{office.origin}/admin/person")
    wait_for_element(driver, By.NAME, "number").send_keys(RECEIPT)
    choose(driver, "reason", "call")
    press_and_load(driver, "main button.main")
    press(driver, ".pass summary")
    wait_for_element(driver, By.NAME, "words").send_keys(REASON)
    return driver.current_url


async def test_chat_answer_survives_the_end_of_the_session(office):
    keys = await secrets(office)
    await office.chats.say("人工服务")
    loop = asyncio.get_running_loop()

    def answer():
        with clean_tab() as driver:
            sign_in(driver, office, keys, "li")
            driver.get(f"{office.origin}/admin/talks")
            press_and_load(driver, ".tasks form button")
            wait_for_element(driver, By.NAME, "words").send_keys(ANSWER)
            asyncio.run_coroutine_threadsafe(office.chats.say("还在吗"), loop).result()
            wait_for_text(driver, "li.person", "还在吗")
            wait_until_gone(driver, "#session")
            office.clock.advance(minutes=31)
            assert is_covered(driver)  # the page has asked for news, and is told
            with another_page(driver):
                wait_for_text(driver, ".fault", "填了还没提交的都在")
                sign_in(driver, office, keys, "li")
            wait_until_gone(driver, "#session")
            assert driver.execute_script(_VALUE, "textarea") == ANSWER
            press_and_load(driver, ".answer button.main")
            wait_for_text(driver, "li.clerk", ANSWER)

    await asyncio.to_thread(answer)


async def test_reasons_typed_before_and_after_the_session_ends_survive(office):
    keys = await secrets(office)

    def decline():
        with clean_tab() as driver:
            sign_in(driver, office, keys, "li")
            driver.get(f"{office.origin}/admin/approvals")
            press(driver, ".tasks summary")
            office.clock.advance(minutes=29)
            driver.execute_script(_LOOKED_AT)
            wait_for_text(driver, "#session", "两分钟内会自动退出")
            assert violations(driver) == []
            press(driver, "#stay")
            wait_until_gone(driver, "#session")
            office.clock.advance(minutes=31)
            wait_for_element(driver, By.NAME, "words").send_keys(REASON)  # nobody has noticed the end yet
            driver.execute_script(_LATER)
            press(driver, "form[action$='/decline'] button")
            assert is_covered(driver)
            sign_in_again(driver, office, keys)
            press_and_load(driver, "form[action$='/decline'] button")
            wait_for_text(driver, ".fine", "已退回，没有办理")

    await asyncio.to_thread(decline)
    assert await office.refusals() == []


async def test_reason_on_an_outdated_page_is_in_the_form_again_and_outlasts_the_session(office):
    await put_people(office.parts)
    keys = await secrets(office)
    colleague = await office.sign_in("wang", Role.SUPERVISOR)
    loop = asyncio.get_running_loop()

    async def act():
        case = await open_case(colleague)
        await colleague.post(f"{case}/forget", sure="yes")

    def revoke():
        with clean_tab() as driver:
            case = type_revocation(driver, office, keys)
            asyncio.run_coroutine_threadsafe(act(), loop).result()
            press_and_load(driver, "form[action$='/revoke'] button")
            wait_for_text(driver, ".fault", "这个人的情况变了")
            assert driver.current_url == case  # a reload, or the other language, asks for this page
            assert violations(driver) == []
            end_session(driver, office)
            sign_in_again(driver, office, keys)
            assert driver.execute_script(_VALUE, "details[open] [name=words]") == REASON
            driver.refresh()
            wait_for_text(driver, ".fault", "这个人的页面已经关上了")

    await asyncio.to_thread(revoke)


async def test_another_account_finds_no_typed_words(office):
    keys = await secrets(office)

    def look():
        with clean_tab() as driver:
            type_reason(driver, office, keys)
            end_session(driver, office)
            with another_page(driver):
                sign_in(driver, office, keys, "zhou")
            wait_until(driver, lambda d: d.current_url.endswith("/admin"), "the page is still there")
            wait_for_text(driver, ".who", "zhou")
            driver.back()
            assert REASON not in driver.page_source
            assert driver.execute_script(
                "return [...document.querySelectorAll('[name=words]')].every(o => !o.value)"
            )

    await asyncio.to_thread(look)
    assert not any("permission" in detail for _, detail in await office.refusals())


async def test_page_without_typed_words_is_covered_until_its_account_has_signed_in(office):
    keys = await secrets(office)

    def look():
        with clean_tab() as driver:
            sign_in(driver, office, keys, "li")
            driver.get(f"{office.origin}/admin/visits")
            office.clock.advance(minutes=31)
            driver.execute_script(_LOOKED_AT)
            assert is_covered(driver, "您已经退出")
            wait_until_gone(driver, "#session a[href*=from]")  # nothing is there to be kept
            sign_in_again(driver, office, keys)
            wait_for_element(driver, By.CSS_SELECTOR, "main h1")

    await asyncio.to_thread(look)


async def test_page_that_cannot_reach_the_server_is_covered_when_its_time_is_over(office):
    keys = await secrets(office)

    def look():
        with clean_tab() as driver:
            type_reason(driver, office, keys)
            driver.execute_script(f"{_CUT_OFF}; {_LOOKED_AT}")
            wait_until_gone(driver, "#session")
            driver.execute_script(_LATER)
            driver.execute_script(_LOOKED_AT)
            assert is_covered(driver)
            driver.execute_script(f"{_CONNECTED}; {_LOOKED_AT}")  # another page has prolonged the session
            wait_until_gone(driver, "#session")
            assert driver.execute_script(_VALUE, "[name=words]") == REASON

    await asyncio.to_thread(look)


async def test_page_is_dropped_after_three_hours_though_its_timers_slept(office):
    keys = await secrets(office)

    def look():
        with clean_tab() as driver:
            type_reason(driver, office, keys)
            end_session(driver, office)
            driver.execute_script(f"{_CUT_OFF}; {_MUCH_LATER}; {_LOOKED_AT}")
            wait_until(driver, lambda d: d.current_url.endswith("/sign-in"), "the page is still there")

    await asyncio.to_thread(look)


async def test_form_of_another_account_s_page_is_not_sent_again(office):
    keys = await secrets(office)

    def decline():
        with clean_tab() as driver:
            type_reason(driver, office, keys)
            driver.execute_script(f"{_LATER}; {_ANOTHER_S}")
            wait_until(driver, lambda d: d.current_url.endswith("/admin"), "the page is still there")
            assert driver.execute_script("return sessionStorage.asked") == "1"

    await asyncio.to_thread(decline)
