"""Opens the keys and checks the database for any program; every fault is one line and an exit code."""

from bot.errors import BadSetting, SchemaTooOld
from storage.database import Engine, connect, is_current
from storage.errors import BadKeys
from storage.sealing.key_check import opens_stored
from storage.sealing.vault import Vault


def open_vault(data_keys: str) -> Vault:
    """Read DATA_KEYS; raises BadSetting."""
    try:
        return Vault.from_setting(data_keys)
    except BadKeys as error:
        message = f"PENSION_BOT_DATA_KEYS: {error}"
        raise BadSetting(message) from None


async def require_current(engine: Engine) -> None:
    """Raise SchemaTooOld unless the schema is the one that this program needs."""
    if not await is_current(engine):
        message = "the database schema is not the newest: run `pension-bot db upgrade`"
        raise SchemaTooOld(message)


async def require_keys(engine: Engine, vault: Vault) -> None:
    """Raise BadSetting where the keys are not those of this database."""
    async with connect(engine) as conn:
        if not await opens_stored(conn, vault):
            message = "PENSION_BOT_DATA_KEYS: these keys open nothing of what this database holds"
            raise BadSetting(message)
