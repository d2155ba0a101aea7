"""A console over people whose cases are opened."""

import pytest

from tests.support.console.people import put_people


@pytest.fixture
async def office(office):
    await put_people(office.parts)
    return office


@pytest.fixture
async def strict_office(strict_office):
    await put_people(strict_office.parts)
    return strict_office
