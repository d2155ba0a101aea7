"""A console whose office offers chats with clerks."""

import pytest

from tests.support.console.clerk_chats import office_with_chats


@pytest.fixture
async def office(engine, vault):
    async with office_with_chats(engine, vault) as served:
        yield served
