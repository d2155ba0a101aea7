"""Opens the keys and checks the database for any program; every fault is one line and an exit code."""

import logging

from bot.errors import BadSetting, SchemaTooOld
from storage.database import Engine, connect, fit_of
from storage.errors import BadKeys, NewerSchema
from storage.schema_version import SchemaFit
from storage.sealing.key_check import opens_stored
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)


def open_vault(data_keys: str) -> Vault:
    """Read DATA_KEYS; raises BadSetting."""
    try:
        return Vault.from_setting(data_keys)
    except BadKeys as error:
        message = f"PENSION_BOT_DATA_KEYS: {error}"
        raise BadSetting(message) from None


async def require_current(engine: Engine) -> None:
    """Raise SchemaTooOld or NewerSchema unless this program may use the schema; warn of a newer one."""
    match await fit_of(engine):
        case SchemaFit.OLDER:
            message = "the database schema is not the newest: run `pension-bot db upgrade`"
            raise SchemaTooOld(message)
        case SchemaFit.TOO_NEW:
            raise NewerSchema
        case SchemaFit.NEWER:
            _log.warning(
                "the database has the schema of a newer pension-bot; it may be used, but update this program"
            )


async def require_keys(engine: Engine, vault: Vault) -> None:
    """Raise BadSetting where the keys are not those of this database."""
    async with connect(engine) as conn:
        if not await opens_stored(conn, vault):
            message = "PENSION_BOT_DATA_KEYS: these keys open nothing of what this database holds"
            raise BadSetting(message)
