"""Tasks for the office after a capture: a person who failed too often, a pass to look at again."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.capture.verdicts.judgement import CaptureVerdict
from dialogs.rules.failure_limit import FAILURES_BEFORE_HELP, MOST_FAILURES
from dialogs.rules.second_look import SECOND_LOOK_SHARE, needs_second_look
from dialogs.values import CaptureOutcome, Identity
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, subject_of
from storage.database import Connection
from storage.records.failed_captures import FailedCaptures
from storage.records.tasks import TaskKind, Tasks
from storage.sealing.vault import Vault

_SETTLED_BY_PASS = (TaskKind.FAILED_OFTEN, TaskKind.NO_PHOTO)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Opens the office's tasks in the transaction that ends the capture; `share` is 0–1."""

    vault: Vault
    audit: Audit
    random: Random = field(repr=False)
    share: float = SECOND_LOOK_SHARE

    async def after(self, conn: Connection, person: Identity, verdict: CaptureVerdict, now: datetime) -> bool:
        """Open the task that this end calls for, if any; True if the person has failed too often today."""
        if verdict.outcome is CaptureOutcome.PASSED:
            drawn = self.random.random()
            if needs_second_look(verdict.channel, verdict.mark, drawn, self.share):
                await self._open(conn, person, TaskKind.SECOND_LOOK, AuditAction.SECOND_LOOK, now)
            await self._end_tasks(conn, person, now)
            return False
        failures = await FailedCaptures(self.vault).failures(conn, person, now)
        failed_too_often = failures >= MOST_FAILURES
        if failed_too_often or failures == FAILURES_BEFORE_HELP:
            action = AuditAction.FAILED_TOO_OFTEN if failed_too_often else AuditAction.FAILED_OFTEN
            await self._open(conn, person, TaskKind.FAILED_OFTEN, action, now)
        return failed_too_often

    async def _end_tasks(self, conn: Connection, person: Identity, now: datetime) -> None:
        """End the open tasks that a pass settles."""
        ended = await Tasks(self.vault).end(conn, _SETTLED_BY_PASS, person, now)
        done = [AuditEntry(Actor.CAPTURE, AuditAction.TASK_DONE, str(number), "passed") for number in ended]
        await self.audit.append(conn, done, now)

    async def _open(
        self, conn: Connection, person: Identity, kind: TaskKind, action: AuditAction, now: datetime
    ) -> None:
        await Tasks(self.vault).add(conn, [(kind, person)], now)
        who = subject_of(self.vault, person.lifelong_number)
        await self.audit.append(conn, [AuditEntry(Actor.CAPTURE, action, who)], now)
