"""Dependencies of the capture service."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random, SystemRandom

from bot.capture.face_pool import FacePool
from bot.capture.platform.port import PlatformFace
from bot.capture.throttle import Throttle
from bot.capture.verdicts.recorder import DialogFeed
from bot.receipts.export_queue import ExportQueue
from bot.receipts.passes import PassRecorder
from bot.settings.liveness import Liveness
from dialogs.effects import LookUp
from dialogs.rules.second_look import SECOND_LOOK_SHARE
from dialogs.values import CaptureRequest
from storage.audit_trail.audit import Audit, process_writer
from storage.database import Engine, connect
from storage.records.captures import Captures
from storage.records.enrolments import Enrolments
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CaptureParts:
    """Dependencies of the service; `clock` gives aware times, `throttle` monotonic seconds."""

    engine: Engine
    vault: Vault
    pool: FacePool
    conversation: DialogFeed
    look_up: LookUp
    clock: Callable[[], datetime]
    liveness: Liveness = Liveness.REQUIRED
    throttle: Throttle = field(default_factory=Throttle)
    random: Random = field(default_factory=SystemRandom)
    second_look_share: float = SECOND_LOOK_SHARE
    platform: PlatformFace | None = None
    exports: bool = False
    """Whether passes are reported to the core system (`EXPORT_URL`)."""
    writer: str = field(default_factory=lambda: process_writer("captures"))
    """Names the chain of the audit trail in which this process records its captures."""

    @property
    def captures(self) -> Captures:
        """The tickets."""
        return Captures(self.vault)

    @property
    def audit(self) -> Audit:
        """The chain of what is recorded here."""
        return Audit(self.writer, self.vault)

    def passes(self) -> PassRecorder:
        """Return what records passes."""
        return PassRecorder(self.vault, self.clock, ExportQueue(self.vault, is_on=self.exports))

    async def template_for(self, request: CaptureRequest) -> bytes | None:
        """Return the person's enrolment template in the pack in use; None if there is none."""
        subject, pack = request.subject, self.pool.checker.pack_name
        async with connect(self.engine) as conn:
            template = await Enrolments(self.vault).get(conn, subject.id_type, subject.number, pack)
        if template is None:
            _log.warning("capture unavailable: no enrolment template in the pack in use")
        return template
