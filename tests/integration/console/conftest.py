"""A console over one SQLite file."""

import pytest

from tests.support.console import opened_office


@pytest.fixture
async def office(engine, vault):
    async with opened_office(engine, vault) as made:
        yield made
