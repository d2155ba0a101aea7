"""A real Chromium, and the chat page as a person uses it."""

from contextlib import contextmanager

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.browser.driver.elements import PATIENCE, press, wait_for_element, wait_for_text, wait_until

_ARRIVED = "return !window.isLeft && document.readyState === 'complete'"
_BINARY = "/usr/lib/chromium/chromium-headless-shell"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing is fetched from outside
)


@contextmanager
def chromium(*flags, phone=False, size=(1240, 900), screen=(390, 844)):
    """Start Debian's Chromium with a fresh profile; as a phone it has a `screen` and touch.

    It is the headless build: the same engine, which renders a page with a third less processor time.
    """
    options = Options()
    options.binary_location = _BINARY  # named, so that nothing is searched for or downloaded
    for flag in (*_FLAGS, *flags, f"--window-size={size[0]},{size[1]}"):
        options.add_argument(flag)
    if phone:
        metrics = {"width": screen[0], "height": screen[1], "pixelRatio": 1, "touch": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


def camera_flags(film):
    """Return flags for a camera that plays a film, Y4M or concatenated JPEGs, with permission granted."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )


def press_and_load(driver, css, script=""):
    """Press a control that loads another page, by script or mouse, and wait until that page is there."""
    driver.execute_script("window.isLeft = true")
    if script:
        driver.execute_script(script, css)
    else:
        press(driver, css)
    wait_until(driver, lambda _: driver.execute_script(_ARRIVED), f"nothing came after: {css}")


def wait_for_message(driver, words, patience=PATIENCE):
    """Wait until the capture page shows these words."""
    wait_for_text(driver, "#message", words, patience)


def choose(driver, name, value):
    """Choose an option of a list by its value."""
    Select(wait_for_element(driver, By.NAME, name)).select_by_value(value)


_NEWEST = "(//div[contains(@class, 'bubble') and contains(@class, 'bot')])[last()]"


class Chat:
    """The chat page."""

    def __init__(self, driver, base):
        self.driver = driver
        driver.get(f"{base}/sim")
        self.read("请选择您领取的待遇")

    def menu(self, slot, item):
        press(self.driver, f"//button[@class='menu-button' and text()='{slot}']", By.XPATH)
        press(self.driver, f"//button[@class='menu-item' and text()='{item}']", By.XPATH)

    def tap(self, *labels):
        for label in labels:
            press(self.driver, f"{_NEWEST}//a[text()='{label}']", By.XPATH)

    def type(self, text):
        self.driver.find_element(By.ID, "input").send_keys(text)
        press(self.driver, "#send")

    def fill_name(self):
        """Tap the chosen sample person's name in the panel, and send it."""
        self.open_panel()
        press(self.driver, ".person.chosen .fill-name")
        press(self.driver, "#send")

    def open_panel(self):
        """Unfold the panel of sample people; on a desktop it is always open."""
        toggle = self.driver.find_element(By.ID, "samples-toggle")
        if toggle.is_displayed():
            toggle.click()

    def read(self, words):
        """Wait until the newest bubble contains these words; return its text."""
        return self._newest(f"[contains(., '{words}')]").text

    def open_page(self):
        """Tap the link and switch into the page."""
        press(self.driver, f"{_NEWEST}//a[@class='weblink']", By.XPATH)
        self.driver.switch_to.frame(wait_for_element(self.driver, By.ID, "page-frame"))

    def leave_page(self):
        self.driver.switch_to.default_content()

    def _newest(self, inside):
        return wait_for_element(self.driver, By.XPATH, _NEWEST + inside)

    def go_to_link(self):
        """Go from the menu to the link, as the sample person chosen in the panel."""
        self.menu("养老认证", "企业职工认证")
        self.tap("同意并开始办理", "开始办理", "本人办理")
        self.read("请输入您的姓名")
        self.fill_name()
        self.tap("居民身份证")
        self.read("证件号码")
        number = self.driver.find_element(By.CSS_SELECTOR, ".person.chosen .fill-number")
        self.type(number.get_property("textContent"))
        self.tap("下一步", "确定")
        self.read("点这里开始刷脸")

    def certify(self):
        """Go the whole way with the sample photo of LIVENESS=basic; return the result's words."""
        self.go_to_link()
        self.open_page()
        press(self.driver, "#begin")
        press(self.driver, "#agree")
        wait_for_element(self.driver, By.ID, "take")
        self._use_sample()
        return self._read_result()

    def rehearse(self):
        """Go the whole way with an animated photo; return the result's words."""
        self.go_to_link()
        self.open_page()
        wait_for_element(self.driver, By.ID, "begin")
        self._use_sample()
        wait_for_element(self.driver, By.ID, "rehearsal")
        press(self.driver, "#begin")
        press(self.driver, "#agree")
        return self._read_result()

    def _use_sample(self):
        self.leave_page()
        self.open_panel()
        press(self.driver, "#use-sample")
        self.driver.switch_to.frame("page-frame")

    def _read_result(self):
        tick = (By.CSS_SELECTOR, "#result[data-outcome='passed'] .tick")
        wait_for_element(self.driver, *tick, patience=60)
        press(self.driver, "#close")
        self.leave_page()
        return self.read("认证成功")
