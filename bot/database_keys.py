"""Opens the data keys, and checks that schema and keys fit the database; a fault is one line."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.errors import BadSetting, SchemaTooOld
from storage.database import Engine, connect, fit_of
from storage.errors import BadKeys, NewerSchema
from storage.schema.version import SchemaFit
from storage.sealing.ciphers import Cipher
from storage.sealing.key_check import opens_stored
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VaultSettings:
    """The settings that a vault is made from; `signing_key` is empty if it has none of its own."""

    data_keys: str = field(repr=False)
    cipher: Cipher
    signing_key: str = field(repr=False)


def open_vault(settings: VaultSettings) -> Vault:
    """Read the keys; raises BadSetting."""
    with _naming("DATA_KEYS"):
        vault = Vault.from_setting(settings.data_keys)
    with _naming("CIPHER"):
        vault = vault.sealing_with(settings.cipher)
    with _naming("SIGNING_KEY"):
        return vault.signing_with(settings.signing_key) if settings.signing_key else vault


@contextmanager
def _naming(setting: str) -> Iterator[None]:
    """Name the setting in the error about it."""
    try:
        yield
    except BadKeys as error:
        message = f"PENSION_BOT_{setting}: {error}"
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
    """Raise BadSetting if the keys are not those of this database."""
    async with connect(engine) as conn:
        if not await opens_stored(conn, vault):
            message = "PENSION_BOT_DATA_KEYS: these keys open nothing of what this database holds"
            raise BadSetting(message)
