"""An eligibility check returns an answer even if a dependency is unavailable."""

import pytest

from bot.conversation.eligibility import Eligibility
from dialogs.effects import CheckEligibility
from dialogs.ports import Unavailable
from dialogs.values import Scheme
from storage.database import open_engine
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import NAME, NUMBER, PERSON, registry_record


class Registry:
    """Stands for the registry: knows one person."""

    async def find(self, *_person):
        return registry_record()


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:///{}/without-tables.db", "postgresql+asyncpg://bot@127.0.0.1:1/bot"]
)
async def test_unreachable_own_database_makes_eligibility_unavailable(url, caplog, tmp_path):
    url = url.format(tmp_path)
    engine, vault = open_engine(url), Vault.from_setting(Vault.new_setting())
    eligibility = Eligibility(engine, Registry(), Enrolments(vault), Certifications(vault), "pack")
    assert await eligibility.look_up(CheckEligibility(1, Scheme.EMPLOYEE, PERSON)) == Unavailable()
    assert "eligibility check failed" in caplog.text
    assert NAME not in caplog.text
    assert NUMBER not in caplog.text
    await engine.dispose()
