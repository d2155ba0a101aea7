"""Fixtures of the integration tests."""

import pytest

from tests.support.captures.capture_service import parts_in


@pytest.fixture
async def parts(tmp_path):
    async with parts_in(tmp_path) as made:
        yield made
