"""The console in Chromium behind nginx with TLS: its session cookie can be set only by this host."""

import asyncio
from contextlib import contextmanager
from ipaddress import ip_network

from selenium.webdriver.common.by import By

from storage.console.accounts import Role
from tests.browser.driver.chromium import press_and_load
from tests.browser.driver.elements import wait_for_element
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.console.authenticator import code_at
from tests.support.console.clerk_browser import PASSWORD, serve_office
from tests.support.programs import nginx
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

CONSOLE_TOO = {
    "location / { return 404; }": "location / { proxy_pass http://pension_bot; }",
    " $host;": " $http_host;",  # the test's port is not 443
}
SESSION = "__Host-console"


async def test_session_cookie_behind_tls_lasts_from_sign_in_to_sign_out(engine, vault, tmp_path):
    front = nginx.prepare_nginx(tmp_path / "nginx")
    async with serve_office(engine, vault, proxies=(ip_network("127.0.0.1"),)) as office:
        await office.add_account("li", Role.CLERK)
        secret = (await office.find_account("li")).credentials.totp_secret
        with nginx.run_nginx(front, office.origin, instead=CONSOLE_TOO):
            code = code_at(secret, office.clock.now)
            await asyncio.to_thread(_in_and_out, f"{front.address}/admin", code)


@contextmanager
def _any_certificate(driver):
    driver.execute_cdp_cmd("Security.setIgnoreCertificateErrors", {"ignore": True})
    yield
    driver.execute_cdp_cmd("Security.setIgnoreCertificateErrors", {"ignore": False})


def _in_and_out(address, code):
    with clean_tab() as driver, _any_certificate(driver):
        driver.get(address)
        wait_for_element(driver, By.NAME, "name").send_keys("li")
        wait_for_element(driver, By.NAME, "password").send_keys(PASSWORD)
        press_and_load(driver, "button.main")
        wait_for_element(driver, By.NAME, "code").send_keys(code)
        press_and_load(driver, "button.main")
        wait_for_element(driver, By.CSS_SELECTOR, ".tiles")
        cookie = driver.get_cookie(SESSION)
        kept = {name: cookie[name] for name in ("secure", "httpOnly", "path", "domain")}
        assert kept == {"secure": True, "httpOnly": True, "path": "/", "domain": "127.0.0.1"}
        _refuse_a_form_without_its_token(driver)
        driver.get(address)
        press_and_load(driver, ".me button")
        wait_for_element(driver, By.NAME, "password")
        driver.back()
        wait_for_element(driver, By.NAME, "password")  # the previous page is not cached
        driver.get(address)
        wait_for_element(driver, By.NAME, "password")


def _refuse_a_form_without_its_token(driver):
    """Press 退出 with a forged token; the session is kept."""
    wait_for_element(driver, By.CSS_SELECTOR, ".me button")
    driver.execute_script("document.querySelector('.me [name=csrf]').value = '0'.repeat(64)")
    press_and_load(driver, ".me button")
    assert driver.get_cookie(SESSION)
