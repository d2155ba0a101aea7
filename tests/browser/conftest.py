"""One demo for all browsers, with four eyes in its console; a Chromium failing to start fails the test."""

import pytest

from tests.acceptance.world import demo_process
from tests.browser.driver.shared_chromium import quit_all


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with demo_process(tmp_path_factory.mktemp("demo"), ADMIN_FOUR_EYES="on") as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def browsers():
    yield
    quit_all()
