"""Fixtures of the integration tests."""

from dataclasses import replace

import pytest

from tests.support.captures.capture_service import capture_parts, capture_server


@pytest.fixture
async def parts(tmp_path):
    async with capture_parts(tmp_path) as made:
        yield made


@pytest.fixture
async def server(parts):
    """Give a capture service at an address."""
    async with capture_server(parts) as made:
        yield made


@pytest.fixture
async def live_server(parts):
    """Give a capture service that asks for movements."""
    async with capture_server(replace(parts, liveness="required")) as made:
        yield made
