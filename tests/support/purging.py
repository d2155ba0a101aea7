"""A purge as the worker runs it, under the tests' data key."""

from bot.background.purging import Purge
from storage.audit_trail.actions import Actor
from storage.retention.exemptions import ExemptionPurging
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY


def purge_of(engine, days, clock, vault=None):
    exemptions = ExemptionPurging(vault or Vault.from_setting(KEY), Actor.WORKER)
    return Purge(engine, dict(days), clock, exemptions)
