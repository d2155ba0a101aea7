"""The registry port on the imported table."""

import logging
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from dialogs.ports import Unavailable
from dialogs.values import Beneficiary, IdType, Scheme
from storage.database import connect
from storage.errors import StorageError
from storage.records.beneficiaries import Beneficiaries
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TableRegistry:
    """Finds beneficiaries in our own database (`dialogs.ports.Registry`)."""

    engine: AsyncEngine
    vault: Vault

    async def find(self, scheme: Scheme, id_type: IdType, number: str) -> Beneficiary | Unavailable | None:
        """Look one person up; Unavailable if the database does not answer, or its answer is unreadable."""
        try:
            async with connect(self.engine) as conn:
                return await Beneficiaries(self.vault).find(conn, scheme, id_type, number)
        except StorageError as error:
            _log.warning("the registry table did not answer: %s", type(error).__name__)
            return Unavailable()
