"""One person's records, changed by the office: each act with its audit entry, in the caller's transaction."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from bot.receipts.export_queue import ExportQueue
from bot.receipts.numbers import new_receipt
from bot.receipts.passes import PassRecorder
from dialogs.local_time import local_date
from dialogs.rules.due import is_settled, next_due
from dialogs.values import Beneficiary, Certification, Identity, IdType, PassChannel, Scheme
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, subject_of
from storage.console.task_board import TaskBoard, TaskResult
from storage.console.waiting_photos import WaitingPhotos
from storage.database import Connection, lock_names
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications, PassOrigin
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import Exemption, Exemptions
from storage.records.failed_captures import FailedCaptures
from storage.records.receipts import Receipts
from storage.records.tasks import DeathFinding, Task, TaskKind, Tasks
from storage.reminders.registered_deaths import keep_person_ended
from storage.reminders.subscriptions import Subscriptions
from storage.sealing.vault import Vault

LONGEST_REASON = 200
"""Characters of a reason that the office gives."""

LONGEST_GRANT = timedelta(days=400)
"""A cycle and a month: an exemption must be looked at again each year."""


@dataclass(frozen=True, slots=True)
class OfficeActor:
    """The actor, as the audit names it: the chain, the part of the service, and a console account."""

    chain: Audit
    actor: Actor
    account: str = ""


@dataclass(frozen=True, slots=True)
class OfficeConfirmation:
    """How the office saw a person alive, by what it knew them (a word of a closed list), and when."""

    channel: PassChannel
    grounds: str
    at: datetime

    @property
    def day(self) -> date:
        """The day in Shanghai: the pass is of that day, however late it is recorded."""
        return local_date(self.at)


@dataclass(frozen=True, slots=True)
class CaseWork:
    """Acts on people's records. Free text of the office is kept sealed, never in the audit."""

    vault: Vault
    clock: Callable[[], datetime]
    by: OfficeActor
    exports: bool = False
    """Whether passes and revocations are reported to the core system (`EXPORT_URL`)."""

    def hashed(self, id_type: IdType, number: str) -> str:
        """Return the keyed hash under which the audit names a person."""
        return subject_of(self.vault, id_type.lifelong(number))

    async def note(self, conn: Connection, action: AuditAction, subject: str, detail: str = "") -> None:
        """Record an act."""
        entry = AuditEntry(self.by.actor, action, subject, detail, self.by.account)
        await self.by.chain.append(conn, [entry], self.clock())

    async def registered(self, conn: Connection, id_type: IdType, number: str) -> list[Beneficiary]:
        """Return a person's rows in the imported registry, one per scheme; an outside one is not asked."""
        registry = Beneficiaries(self.vault)
        found = [await registry.find(conn, scheme, id_type, number) for scheme in Scheme]
        return [row for row in found if row is not None]

    async def grant(self, conn: Connection, exemption: Exemption) -> None:
        """Exempt a person from movements, replacing an earlier exemption."""
        given, ended = await Exemptions(self.vault).give(conn, exemption)
        who = self.hashed(exemption.person.id_type, exemption.person.number)
        detail = f"{exemption.kind} until {exemption.until} grant {given}{_ends(ended)}"
        await self.note(conn, AuditAction.GRANT_GIVEN, who, detail)

    async def end_grant(self, conn: Connection, id_type: IdType, number: str) -> bool:
        """End an exemption at once; False if there is none."""
        ended = await Exemptions(self.vault).revoke(conn, id_type, number, self.clock())
        if ended:
            who = self.hashed(id_type, number)
            await self.note(conn, AuditAction.GRANT_REVOKED, who, _ends(ended).strip())
        return bool(ended)

    async def revoke_pass(self, conn: Connection, receipt: str, reason: str) -> bool:
        """Revoke a pass for good; False if no such pass is in force."""
        revoked = await Receipts(self.vault).revoke(conn, receipt, reason, self.clock())
        if revoked:
            await self.note(conn, AuditAction.RECEIPT_REVOKED, receipt)
            made = await Certifications(self.vault).by_receipt(conn, receipt)
            if made is not None:
                await self._queue.revoked(conn, made, self.clock())
        return revoked

    @property
    def _queue(self) -> ExportQueue:
        return ExportQueue(self.vault, is_on=self.exports)

    async def forget_face(self, conn: Connection, id_type: IdType, number: str) -> int:
        """Delete a person's enrolment templates; return how many there were."""
        count = await Enrolments(self.vault).forget(conn, id_type, number)
        if count:
            await self.note(conn, AuditAction.TEMPLATE_DELETED, self.hashed(id_type, number), str(count))
        return count

    async def enrol(self, conn: Connection, person: Identity, number: int) -> bool:
        """Make a waiting photo, by its number, the person's template, replacing an earlier one.

        False if it is already decided, or older than the template, which then is of a later photo.
        """
        photos, enrolments = WaitingPhotos(self.vault), Enrolments(self.vault)
        photo = await photos.find(conn, number)
        await photos.drop(conn, number)
        if photo is None:
            return False
        place = person.id_type, person.number, photo.pack
        known = await enrolments.enrolled_at(conn, *place)
        if known and known > photo.taken_at:
            return False
        await enrolments.put(conn, EnrolmentTemplate(*place, photo.template, "console"), self.clock())
        for task in await Tasks(self.vault).end(conn, [TaskKind.NO_PHOTO], person, self.clock()):
            await self.note(conn, AuditAction.TASK_DONE, str(task), "enrolled")
        detail = "replaced" if known else "new"
        await self.note(conn, AuditAction.TEMPLATE_ENROLLED, self.hashed(*person.document), detail)
        return True

    async def forgive_failures(self, conn: Connection, person: Identity) -> bool:
        """Clear today's failures of a person, so that they may try again; False if there are too many."""
        if await self.is_tried_out(conn, person):
            return False
        await Tasks(self.vault).settle(conn, TaskKind.FAILED_OFTEN, person, self.clock())
        await self.note(conn, AuditAction.FAILURES_FORGIVEN, self.hashed(person.id_type, person.number))
        return True

    async def is_tried_out(self, conn: Connection, person: Identity) -> bool:
        """Whether the person has failed too often today for anybody to clear it."""
        return not await FailedCaptures(self.vault).may_be_cleared(conn, person, self.clock())

    async def certify(
        self, conn: Connection, person: Identity, scheme: Scheme, seen: OfficeConfirmation
    ) -> Certification | None:
        """Record that the office saw a person alive; None if the registry does not pay them.

        A person who has passed on that day or since keeps that pass: a second click makes no second receipt.
        The tasks that this settles end, except a reported death: see `end_settled`.
        """
        row = await Beneficiaries(self.vault).find(conn, scheme, person.id_type, person.number)
        if row is None or not row.is_living:
            return None
        await self.take_turn(conn, person)
        made = await self.passed_since(conn, person, scheme, seen.day) or await self._record(conn, row, seen)
        await self.end_settled(conn, [person])
        return made

    async def take_turn(self, conn: Connection, person: Identity) -> None:
        """Hold the person until the end of the transaction; of two who certify at once one waits here."""
        await lock_names(conn, [f"certify:{self.hashed(person.id_type, person.number)}"])

    async def _record(self, conn: Connection, row: Beneficiary, seen: OfficeConfirmation) -> Certification:
        key = sha256(secrets.token_bytes(32)).digest()  # a pass without a link still needs a key of its own
        passes = PassRecorder(self.vault, self.clock, self._queue)
        made = await passes.record(conn, _certification(row, seen), PassOrigin(key, ""))
        detail = f"{row.scheme} {seen.channel} {seen.grounds} {made.receipt}"
        await self.note(conn, AuditAction.CERTIFIED_BY_OFFICE, self.hashed(*row.identity.document), detail)
        return made

    async def end_settled(self, conn: Connection, people: Sequence[Identity]) -> None:
        """End the tasks that need nothing more, of people whom the office or the registry has certified.

        A person who is paid by another scheme, too, and still has to certify for it keeps them.
        """
        waiting = await Tasks(self.vault).settled_by_certification(conn, people)
        by_document = {task.person.document: task.person for task in waiting}
        settled = {key for key, person in by_document.items() if await self.needs_nothing(conn, person)}
        board = TaskBoard(self.vault)
        for task in waiting:
            if task.person.document not in settled:
                continue
            if await board.certified(conn, task.id, self.by.account, self.clock()):
                await self.note(conn, AuditAction.TASK_DONE, str(task.id), TaskResult.CERTIFIED)

    async def settle_certified(self, conn: Connection, rows: Sequence[Beneficiary]) -> None:
        """End the settled tasks of people whom an imported file says to be certified."""
        await self.end_settled(conn, [row.identity for row in rows])

    async def needs_nothing(self, conn: Connection, person: Identity) -> bool:
        """Whether each benefit that is paid has this cycle's pass; False for a stranger."""
        rows = await self.registered(conn, *person.document)
        passes, today = Certifications(self.vault), local_date(self.clock())
        for row in filter(lambda row: row.is_living, rows):
            newest = await passes.latest(conn, row.scheme, *person.document)
            day = newest.passed_on if newest else None
            if not is_settled(row, day, today):
                return False
        return bool(rows)

    async def is_reported_dead(self, conn: Connection, person: Identity) -> bool:
        """Whether somebody has reported the person's death, and nobody has looked into it yet."""
        theirs = await Tasks(self.vault).of_person(conn, person)
        return any(task.kind is TaskKind.DEATH for task in theirs)

    async def passed_since(
        self, conn: Connection, person: Identity, scheme: Scheme, day: date
    ) -> Certification | None:
        """Return the newest pass if it is of a day or later."""
        newest = await Certifications(self.vault).latest(conn, scheme, person.id_type, person.number)
        return newest if newest and newest.passed_on >= day else None

    async def has_passed(self, conn: Connection, person: Identity, after: datetime) -> bool:
        """Whether a person has passed after a moment, in any scheme."""
        passes = Certifications(self.vault)
        newest = [await passes.latest(conn, scheme, person.id_type, person.number) for scheme in Scheme]
        return any(one.certified_at > after for one in newest if one)

    async def note_death(self, conn: Connection, person: Identity, on: date) -> bool:
        """Note a death in the imported registry and end all reminders; False for somebody not in it.

        They stay ended: the next file may not have the death yet, and lists the person as living.
        """
        await lock_names(conn, ["registry"])  # as an import does: complete rows are written back
        rows = await self.registered(conn, person.id_type, person.number)
        dead = [replace(row, death_reported=row.death_reported or on) for row in rows]
        await Beneficiaries(self.vault).put(conn, dead, self.clock())
        if dead:
            await keep_person_ended(conn, self.vault, person)
            await Tasks(self.vault).settle(conn, TaskKind.DEATH, person, self.clock())
            await self.note(conn, AuditAction.DEATH_NOTED, self.hashed(person.id_type, person.number))
        return bool(dead)

    async def report_death(self, conn: Connection, person: Identity) -> None:
        """Note a report that a person has died: reminders pause until the office has looked into it."""
        await Subscriptions(self.vault).report_death(conn, person, "", self.clock())
        await Tasks(self.vault).add(conn, [(TaskKind.DEATH, person)], self.clock())
        await self.note(conn, AuditAction.DEATH_REPORTED, self.hashed(*person.document))

    async def settle_death(
        self, conn: Connection, task: Task, finding: DeathFinding | None
    ) -> DeathFinding | None:
        """Carry out the finding about a reported death; None for any other task.

        Without a finding the imported registry decides; a person whom it does not list counts as living.
        Reminders stay ended for good if somebody has found the death to be true.
        """
        if task.kind is not TaskKind.DEATH:
            return None
        found = finding or await self.death_finding(conn, task.person)
        reminders, now = Subscriptions(self.vault), self.clock()
        if found is DeathFinding.LIVING:
            await reminders.resume_person(conn, task.person, now)
        else:
            await reminders.end_person(conn, task.person, now)
        if finding is DeathFinding.DECEASED:
            await keep_person_ended(conn, self.vault, task.person)
        return found

    async def death_finding(self, conn: Connection, person: Identity) -> DeathFinding:
        """Return what the imported registry says of a reported death; unlisted people count as living."""
        found = await self.registered(conn, person.id_type, person.number)
        is_dead = any(row.death_reported for row in found)
        is_listed = not found or any(row.is_living for row in found)
        return DeathFinding.DECEASED if is_dead or not is_listed else DeathFinding.LIVING


def _certification(row: Beneficiary, seen: OfficeConfirmation) -> Certification:
    due_on = next_due(row.scheme, row.city, seen.day)
    return Certification(new_receipt(), row.scheme, row.identity, row.city, seen.at, due_on, seen.channel)


def _ends(numbers: Sequence[int]) -> str:
    """Write ended exemptions as `audit verify` reads them."""
    return f" ends {','.join(map(str, numbers))}" if numbers else ""
