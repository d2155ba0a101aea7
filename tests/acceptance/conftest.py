"""One demo for all tests, as its own process, and phones to talk to it."""

import aiohttp
import pytest

from tests.acceptance.phone import Phone
from tests.acceptance.world import demo_process


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with demo_process(tmp_path_factory.mktemp("demo")) as started:
        yield started


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def phone(running, http):
    return Phone(http, running.base)


@pytest.fixture
def other_phone(running, http):
    return Phone(http, running.base)
