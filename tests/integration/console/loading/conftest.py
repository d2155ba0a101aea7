"""A supervisor who loads files at the console."""

import pytest

from tests.support.console.loads import open_loading_page


@pytest.fixture
async def desk(office):
    return await open_loading_page(office)
