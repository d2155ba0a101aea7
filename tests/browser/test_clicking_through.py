"""The whole way to a certification by clicking, in a real Chromium."""

import cv2
import numpy as np
from selenium.webdriver.common.by import By

from tests.browser.driver.chromium import Chat
from tests.browser.driver.elements import press, wait_for_element, wait_until, wait_until_gone
from tests.browser.driver.film import y4m_film
from tests.browser.driver.shared_chromium import clean_tab
from tests.support.captures.capture_service import portrait


def test_visitor_clicks_from_the_menu_to_success(running):
    with clean_tab() as driver:
        result = Chat(driver, running.base).certify()
        assert "企业职工养老保险" in result
        assert "回执号" in result
        wait_until_gone(driver, "#page")
        assert errors(driver) == []


def test_newcomer_enrols_and_passes_with_a_live_photo(running):
    with clean_tab(camera_film(), phone=True) as driver:
        chat = Chat(driver, running.base)
        chat.open_panel()
        enrol(driver, "欧阳若兰")
        chat.go_to_link()
        chat.open_page()
        press(driver, "#begin")
        press(driver, "#agree")
        preview = wait_for_element(driver, By.ID, "preview")
        assert preview.size["width"] > 200
        wait_for_pictures(driver)
        press(driver, "#take")
        wait_for_element(driver, By.CSS_SELECTOR, "#result[data-outcome='passed'] .tick")
        press(driver, "#close")
        chat.leave_page()
        assert "认证成功" in chat.read("认证成功")
        assert errors(driver) == []


def enrol(driver, name):
    """Take a photo in the panel; the new person is then selected, with the name in the input."""
    driver.find_element(By.ID, "enrol-name").send_keys(name)
    press(driver, "#camera-open")
    wait_for_element(driver, By.ID, "camera")
    wait_for_pictures(driver, "camera")
    press(driver, "#camera-shot")
    wait_for_element(driver, By.ID, "enrol-preview")
    press(driver, "#enrol-send")
    box = driver.find_element(By.ID, "input")
    wait_until(driver, lambda _: box.get_property("value") == name, f"not filled in: {name}")
    box.clear()
    press(driver, "#panel-close")


def wait_for_pictures(driver, video="preview"):
    driver.execute_async_script(
        "const video = document.getElementById(arguments[0]), done = arguments[1];"
        "const look = () => (video.videoWidth && video.currentTime > 0.3 ? done() : setTimeout(look, 50));"
        "look();",
        video,
    )


def camera_film():
    """Film the person at arm's length, moving slightly."""
    near = cv2.cvtColor(cv2.resize(portrait(), (844, 960)), cv2.COLOR_RGB2BGR)
    scene = cv2.copyMakeBorder(near, 0, 0, 218, 218, cv2.BORDER_REPLICATE)
    return y4m_film([np.roll(scene, shift, axis=1) for shift in (0, 2, 4, 2)])


def errors(driver):
    return [line["message"] for line in driver.get_log("browser") if line["level"] == "SEVERE"]
