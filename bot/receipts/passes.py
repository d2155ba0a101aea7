"""Records a pass, by a face check or a clerk, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.receipts.export_queue import ExportQueue
from bot.receipts.numbers import new_receipt
from dialogs.values import Certification
from storage.database import Connection
from storage.errors import ReceiptTaken
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications, PassOrigin
from storage.reminders.subscriptions import Subscriptions
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class PassRecorder:
    """Writes passes in the caller's transaction."""

    vault: Vault
    clock: Callable[[], datetime]
    exports: ExportQueue

    async def record(self, conn: Connection, made: Certification, origin: PassOrigin) -> Certification:
        """Record a pass, under another receipt number if its own is taken; return it as recorded."""
        passes, now = Certifications(self.vault), self.clock()
        try:
            await passes.add(conn, made, origin, now)
        except ReceiptTaken:
            made = replace(made, receipt=new_receipt())
            await passes.add(conn, made, origin, now)
        # The registry's row before the reminders', as an import writes them: neither waits for the other.
        await Beneficiaries(self.vault).note_pass(conn, made.scheme, made.identity, made.passed_on)
        await Subscriptions(self.vault).passed(conn, made, now)
        await self.exports.passed(conn, made, now)
        return made
