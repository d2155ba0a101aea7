"""A pass by another channel is a pass: what is told of it, and which of two counts."""

from datetime import UTC, date, datetime

import pytest

from dialogs.values import Subject
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications
from storage.records.cycles import Cycles
from tests.support.storage.factories import NOW, PERSON, beneficiary, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]

SUBJECT = Subject(certification().scheme, PERSON, "440100")


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


async def test_a_pass_that_only_the_registry_knows_is_the_newest(newest):
    found = await newest(date(2026, 3, 9))
    assert found.certified_at == datetime(2026, 3, 8, 16, tzinfo=UTC)
    assert (found.receipt, found.channel, found.agent) == ("", "registry", None)
    assert (found.scheme, found.identity, found.city) == (SUBJECT.scheme, PERSON, "440100")
    assert found.due_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("day", "receipt"), [(date(2026, 5, 3), "R1"), (date(2026, 5, 4), "R1"), (date(2026, 5, 5), "")]
)
async def test_of_ours_and_the_registrys_the_later_day_counts_and_one_day_is_ours(newest, day, receipt):
    assert (await newest(day, certification())).receipt == receipt


async def test_who_never_passed_anywhere_has_none(newest):
    assert await newest(None) is None
