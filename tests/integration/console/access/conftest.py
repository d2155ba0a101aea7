"""A console with people, chats and uploads, so that every page has something to show."""

import pytest

from tests.support.console.people import put_people
from tests.support.console.talks import office_with_chats


@pytest.fixture
async def full_office(engine, vault, uploads):
    async with office_with_chats(engine, vault, uploads=uploads) as served:
        await put_people(served.parts)
        yield served
