"""A clerk's morning in Chromium: at the desk with a second person, and on a visit with a phone."""

import asyncio
import csv
from contextlib import contextmanager
from datetime import datetime, timedelta

from selenium.webdriver.common.by import By

from bot.demo.sample_people import SAMPLES
from dialogs.local_time import SHANGHAI
from tests.browser.console_screens import enter, open_case
from tests.browser.driver.chromium import choose, press_and_load
from tests.browser.driver.console_steps import (
    add_account,
    answer_chat,
    check_page,
    console_tab,
    fail_three_times,
    sign_in,
    submit_act,
    type_in,
    use_new_link,
)
from tests.browser.driver.elements import press, wait_for_element, wait_for_text, wait_until, wait_until_gone
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.console.loads import registry_csv

NO_PHOTO = SAMPLES[3]
"""A person no other test of the shared demo certifies by face."""
LOADED = 10_000
VISITED = "E00000007"
"""One of the loaded people."""


def test_supervisor_completes_a_morning_at_the_desk_with_a_second_person(running, tmp_path):
    first = add_account(running, "desk-supervisor", "supervisor")
    with console_tab("desk") as driver:
        sign_in(driver, running.base, "desk-supervisor", first)
        before = overdue(driver)
        load_people(driver, running.base, tmp_path)
        press_and_load(driver, "nav a[href='/admin']")
        assert overdue(driver) == before + LOADED
        answer_chat(driver, running, "o-of-the-desk")
        person, receipt = help_after_three_failures(driver, running.base)
        revoke(driver, running.base, person.number)
        decline(driver, running.base)
        person_reads(receipt, "这次认证有效。")
        record_a_visit(driver, running.base)
        revoke(driver, running.base, person.number)
        approve(running.base, "上门见到本人", "撤销认证")
        person_reads(receipt, "这次认证已撤销，不再有效。")
        passes = export(driver, tmp_path / "downloads")
        press_and_load(driver, ".me button")
        check_page(driver, "input[name=password]")
    revoked, visited = passes[person.number], passes[VISITED]
    assert (revoked["receipt"], revoked["revoked_at"] != "") == (receipt.rpartition("/")[2], True)
    assert (visited["channel"], visited["revoked_at"]) == ("home_visit", "")


def overdue(driver):
    """Read the number of overdue people from the first page; all loaded ones are overdue."""
    return int(wait_for_element(driver, By.CSS_SELECTOR, ".tile.warm dd").text)


def load_people(driver, base, folder):
    """Upload a registry and read its counts; a second person confirms it and watches it finish."""
    file = folder / "名册.csv"
    file.write_bytes(registry_csv(LOADED))
    press_and_load(driver, "nav a[href='/admin/loading']")
    wait_for_element(driver, By.CSS_SELECTOR, "form[action$='/registry'] [name=file]").send_keys(str(file))
    press_and_load(driver, "form[action$='/registry'] button")
    wait_for_text(driver, "#open", "核对好了，等确认")
    check_page(driver, ".tiles")
    wait_for_text(driver, ".tile", f"新增{LOADED}")
    wait_until_gone(driver, "form[action$='/apply']")
    with clean_tab(phone=True) as second:
        enter(second, base, "supervisor")
        second.get(f"{base}/admin/loading")
        check_page(second, "form[action$='/apply']")
        press_and_load(second, "form[action$='/apply'] button")
        wait_for_text(second, ".tasks li", f"新增 {LOADED}")


def help_after_three_failures(driver, base):
    """Find the person who failed three times, let them try again and send a link; they pass with it."""
    person, account = asyncio.run(fail_three_times(base, "沈玉兰"))
    press_and_load(driver, "nav a[href='/admin/tasks']")
    choose(driver, "kind", "failed_tries")
    press_and_load(driver, ".filters button")
    check_page(driver, ".tasks")
    press_and_load(driver, ".tasks li:last-child form[action*='/take?'] button")
    wait_for_text(driver, ".fine", "已接手。")
    press_and_load(driver, ".tasks li:target form[action*='/case?'] button")
    wait_for_text(driver, "section[aria-labelledby=link-results]", "和登记照片不像。请老人家到亮处")
    submit_act(driver, "forgive", "已办理。")
    submit_act(driver, "link", "链接已发出")
    return person, asyncio.run(use_new_link(base, account))


def record_a_visit(driver, base):
    """Plan a visit to one of the loaded people for today and record that the person was seen."""
    open_case(driver, base, VISITED)
    today = plan_visit(driver)
    driver.get(f"{base}/admin/visits?day={today}")
    press(driver, ".visits summary")
    press(driver, ".visits input[value=seen]")
    choose(driver, "grounds", "document")
    press_and_load(driver, ".visits form button")
    wait_for_text(driver, ".fine", "已提交，等另一位同事复核。")


def plan_visit(driver, in_days=0):
    """Plan a visit from the open case; return its day."""
    day = (datetime.now(SHANGHAI) + timedelta(days=in_days)).date().isoformat()
    wait_for_element(driver, By.ID, "actions")
    driver.execute_script("document.querySelector('[name=day]').value = arguments[0]", day)
    submit_act(driver, "visit", "上门已经约好")
    return day


def revoke(driver, base, number):
    """Request the revocation of a person's pass; nobody can approve their own request."""
    open_case(driver, base, number)
    press(driver, ".pass summary")
    type_in(driver, words="本人说不是自己刷的")
    press_and_load(driver, ".pass form button")
    wait_for_text(driver, ".fine", "已提交，等另一位同事复核。")
    press_and_load(driver, "nav a[href='/admin/approvals']")
    check_page(driver, ".tasks")
    wait_for_text(driver, ".tasks", "您提交的")
    wait_until_gone(driver, "form[action$='/approve']")


def approve(base, *acts):
    """Approve everything waiting, as the demo's supervisor with a phone."""
    with clean_tab(phone=True) as second:
        enter(second, base, "supervisor")
        second.get(f"{base}/admin/approvals")
        check_page(second, ".tasks form")
        for words in acts:
            wait_for_text(second, ".tasks", words)
        for _ in acts:
            press_and_load(second, "form[action$='/approve'] button")
            wait_for_text(second, ".fine", "已复核并办理。")
        wait_for_text(second, ".tasks", "没有等待复核的事项。")


def decline(driver, base):
    """Let the supervisor with a phone decline the waiting act; the desk reads who did it and why."""
    with clean_tab(phone=True) as second:
        enter(second, base, "supervisor")
        second.get(f"{base}/admin/approvals")
        press(second, ".tasks summary")
        check_page(second, ".tasks [name=words]")
        type_in(second, words="先打电话问问本人")
        press_and_load(second, "form[action$='/decline'] button")
        wait_for_text(second, ".fine", "已退回，没有办理。")
    press_and_load(driver, "nav a[href='/admin']")
    check_page(driver, ".tiles")
    press_and_load(driver, ".fault a")
    check_page(driver, ".tasks .warm")
    wait_for_text(driver, ".tasks .warm", "不同意：先打电话问问本人")


def person_reads(receipt, words):
    """Read a receipt's public page on a phone that is not signed in."""
    with clean_tab(phone=True) as phone:
        phone.get(receipt)
        wait_for_text(phone, ".standing", words)


def export(driver, folder):
    """Download all passes with full numbers; return their rows by number."""
    folder.mkdir()
    allow = {"behavior": "allow", "downloadPath": str(folder)}
    driver.execute_cdp_cmd("Page.setDownloadBehavior", allow)
    press_and_load(driver, "nav a[href='/admin/export']")
    check_page(driver, "select[name=format]")
    press(driver, "input[name=identified]")
    press(driver, "button.main")
    wait_until(driver, lambda _: list(folder.glob("*.csv")), "nothing came")
    (file,) = folder.iterdir()
    rows = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    return {row["id_number"]: row for row in rows}


def test_clerk_completes_a_morning_on_a_phone(running):
    """The figures, one person's case, a visit from its plan to its result, tasks, a chat."""
    first = add_account(running, "phone-clerk", "clerk")
    with console_tab("phone") as driver:
        sign_in(driver, running.base, "phone-clerk", first)
        press_and_load(driver, "nav a[href='/admin/person']")
        check_page(driver, "select[name=reason]")
        open_case(driver, running.base, NO_PHOTO.typed.number)
        check_page(driver, "#actions")
        assert NO_PHOTO.typed.name in driver.page_source
        assert NO_PHOTO.typed.number not in driver.current_url
        with printed(driver):
            assert NO_PHOTO.typed.name in wait_for_element(driver, By.TAG_NAME, "h1").text
            wait_until_gone(driver, "#actions")
        go_on_a_visit(driver, running.base)
        press_and_load(driver, "nav a[href='/admin/tasks']")
        check_page(driver, ".tasks")
        answer_chat(driver, running, "o-of-the-phone")
        press_and_load(driver, ".me button")
        check_page(driver, "input[name=password]")


@contextmanager
def printed(driver):
    """Show a page as it would be printed."""
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def go_on_a_visit(driver, base):
    """Plan a visit, see its printed list and record the result, which a second person must approve."""
    tomorrow = plan_visit(driver, in_days=1)
    driver.get(f"{base}/admin/visits?day={tomorrow}")
    press(driver, ".visits summary")
    check_page(driver, ".visits input[value=seen]")
    with printed(driver):
        wait_for_element(driver, By.CSS_SELECTOR, ".visits .boxes")
        wait_until_gone(driver, ".visits form")
    press(driver, ".visits input[value=moved]")
    press_and_load(driver, ".visits form button")
    wait_for_text(driver, ".fine", "已提交，等另一位同事复核。")
