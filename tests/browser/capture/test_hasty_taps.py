"""An unsteady finger taps twice: the second tap must not answer a question nobody has read."""

import asyncio

from selenium.webdriver.common.by import By

from bot.capture.live.challenges import Redrawn
from bot.h5.live.protocol import LiveProtocol
from face import Action, Hint, Prompt, Reason
from face.liveness.challenge import ChallengeStep
from messages.language.codes import Language
from tests.browser.capture.test_camera_trouble import COUNTING, FORGET, NEVER
from tests.browser.capture.test_every_state import phone
from tests.browser.capture.test_live_page import address_of, asked_to_move, guided, page
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.elements import click_at, press, wait_for_element
from tests.browser.driver.film import camera_script
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.screens import HEARD, said

SMALL = (360, 640)
"""A screen on which 同意 appears in the place of 开始."""
RIGHT = """
const box = document.querySelector(arguments[0]).getBoundingClientRect();
return [box.left + 0.8 * box.width, box.top + box.height / 2];
"""
LOSE_CAMERA = NEVER + "track.dispatchEvent(new Event('ended'));"
ONCE_MORE = LiveProtocol(Language.CHINESE).messages(
    Redrawn(Hint(Reason.CHALLENGE_FAILED), Prompt(0, ChallengeStep(Action.CENTRE, 1.0))), 5
)


async def test_triple_tap_on_begin_gives_no_consent(tmp_path):
    def walk(address):
        with clean_tab(phone=True, screen=SMALL) as driver:
            script = COUNTING + camera_script(follows=False)
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
            driver.get(address)
            wait_for_element(driver, By.ID, "begin")
            place = driver.execute_script(RIGHT, "#begin")
            for _ in range(3):
                click_at(driver, place)
            wait_for_element(driver, By.ID, "card-consent")
            sent = driver.execute_script("return sent.filter((place) => place.endsWith('/consent'))")
            press(driver, "#agree")
            asked_to_move(driver)
            return sent

    async with guided(tmp_path) as server:
        assert await asyncio.to_thread(walk, address_of(server, await server.ticket())) == []


async def test_double_tap_on_cannot_does_not_refuse_the_next_movements(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=False)) as driver:
            asked_to_move(driver)
            place = driver.execute_script(RIGHT, "#cannot")
            driver.execute_script(FORGET)
            for _ in range(2):
                click_at(driver, place)
            wait_for_message(driver, "没关系")
            click_at(driver, place)
            asked_to_move(driver)

    async with guided(tmp_path, drawing=False) as server:
        await asyncio.to_thread(walk, address_of(server, await server.ticket()))


async def test_new_attempt_is_announced_although_a_correction_is_shown(new_address):
    def look(address):
        with phone(said([*HEARD["hint"], *ONCE_MORE])) as driver:
            driver.get(address)
            press(driver, "#begin")
            press(driver, "#agree")
            wait_for_message(driver, "没关系")

    await asyncio.to_thread(look, await new_address())


async def test_cannot_button_works_while_the_camera_reopens(tmp_path):
    def walk(address):
        with page(address, camera_script(follows=False)) as driver:
            asked_to_move(driver)
            driver.execute_script(LOSE_CAMERA)
            wait_for_message(driver, "正在重新打开")
            press(driver, "#cannot")
            wait_for_element(driver, By.ID, "card-other")

    async with guided(tmp_path) as server:
        await asyncio.to_thread(walk, address_of(server, await server.ticket()))
