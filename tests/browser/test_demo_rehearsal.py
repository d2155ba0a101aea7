"""The demo as shipped, which prompts for movements, used by a visitor without a camera."""

from tests.acceptance.world import demo_process
from tests.browser.driver.chromium import Chat
from tests.browser.driver.shared_chromium import clean_tab
from tests.browser.test_clicking_through import errors


def test_visitor_without_a_camera_passes_by_a_marked_rehearsal(tmp_path):
    with demo_process(tmp_path, "required") as demo, clean_tab() as driver:
        said = Chat(driver, demo.base).rehearse()
        assert "认证成功（演练" in said
        assert "回执号" in said
        assert errors(driver) == []
