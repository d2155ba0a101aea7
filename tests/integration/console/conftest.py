"""A console over one SQLite file."""

import pytest

from tests.support.console.clerk_browser import serve_office


@pytest.fixture
def uploads(tmp_path):
    """Give the folder of uploaded files."""
    return tmp_path / "uploads"


@pytest.fixture
async def office(engine, vault, uploads):
    async with serve_office(engine, vault, uploads=uploads) as made:
        yield made


@pytest.fixture
async def strict_office(engine, vault, uploads):
    """Give a console of an office that wants two people."""
    async with serve_office(engine, vault, by_two=True, uploads=uploads) as made:
        yield made


@pytest.fixture
def chats(office):
    """Give the conversations of a console whose clerks answer."""
    return office.chats
