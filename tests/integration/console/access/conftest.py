"""A console with people, chats and uploads, so that every page has something to show."""

import pytest

from tests.support.console.clerk_chats import office_with_chats
from tests.support.console.people import put_people


@pytest.fixture
async def full_office(engine, vault, uploads):
    async with office_with_chats(engine, vault, uploads=uploads) as served:
        await put_people(served.parts)
        yield served
