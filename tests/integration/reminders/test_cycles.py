"""A pass by another channel is a pass: what is known of it, and which of two counts."""

from datetime import UTC, date, datetime

import pytest

from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications
from storage.records.cycles import Cycles
from tests.support.storage.factories import NOW, PERSON, SUBJECT, beneficiary, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]


@pytest.fixture
def newest(engine, vault):
    async def read(last_certified, *own):
        async with transaction(engine) as conn:
            await Beneficiaries(vault).put(conn, [beneficiary(last_certified=last_certified)], NOW)
            for one in own:
                await add_pass(conn, vault, one)
            (cycle,) = await Cycles(Certifications(vault), Beneficiaries(vault)).of(conn, [SUBJECT])
        return cycle.newest

    return read


async def test_pass_known_only_to_the_registry_is_the_newest(newest):
    found = await newest(date(2026, 3, 9))
    assert found.certified_at == datetime(2026, 3, 8, 16, tzinfo=UTC)
    assert (found.receipt, found.channel, found.agent) == ("", "registry", None)
    assert (found.scheme, found.identity, found.city) == (SUBJECT.scheme, PERSON, "440100")
    assert found.due_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("day", "receipt"), [(date(2026, 5, 3), "R1"), (date(2026, 5, 4), "R1"), (date(2026, 5, 5), "")]
)
async def test_later_pass_counts_and_ours_wins_on_the_same_day(newest, day, receipt):
    assert (await newest(day, certification())).receipt == receipt


async def test_person_without_any_pass_has_no_newest_pass(newest):
    assert await newest(None) is None
