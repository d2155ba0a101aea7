"""Acts of the office on a person's case, carried out at once or after a second person agreed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import msgspec

from bot.office.case_work import CaseWork, OfficeConfirmation
from dialogs.local_time import local_date
from dialogs.values import Identity, PassChannel, Scheme
from storage.audit_trail.actions import AuditAction
from storage.console.task_board import TaskBoard, TaskResult
from storage.database import Connection
from storage.records.certifications import Certifications
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.tasks import DeathFinding, Tasks


class ActKind(StrEnum):
    """Acts; the values are parts of addresses and of what waits for a second person."""

    CERTIFY = "certify"
    GRANT = "grant"
    END_GRANT = "end-grant"
    FORGIVE = "forgive"
    REVOKE = "revoke"
    DEATH = "death"
    FORGET = "forget"
    SEEN_AT_HOME = "seen-at-home"
    DEATH_FOUND = "death-found"
    ENROL = "enrol"
    GIVE_UP = "give-up"


class Grounds(StrEnum):
    """How a clerk who certifies a person knew that it was them."""

    DOCUMENT = "document"
    KNOWN = "known"
    VIDEO_CALL = "video_call"


class Unfit(StrEnum):
    """Why an act was not carried out; each names its sentence."""

    INCOMPLETE = "incomplete"
    BAD_UNTIL = "bad_until"
    NOTHING = "nothing"
    NOT_PAID = "not_paid"
    OVERTAKEN = "overtaken"
    STALE = "stale"
    TRIED_OUT = "tried_out"


BY_TWO = frozenset(ActKind) - {ActKind.FORGIVE}
"""Acts for which an office may ask for a second person: they make, take or end something."""

GIVING_UP = frozenset({TaskResult.MOVED, TaskResult.NOT_REACHED, TaskResult.CERTIFIED})
"""Results of a task after which nobody follows up on a person without a pass on record."""


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act; `words` are the clerk's own reason, `task` is ended with `result`, `photo` waits for it."""

    kind: ActKind
    person: Identity = field(repr=False)
    scheme: Scheme | None = None
    channel: PassChannel | None = None
    grounds: Grounds | None = None
    until: date | None = None
    receipt: str = ""
    words: str = field(default="", repr=False)
    task: int = 0
    photo: int = 0
    result: TaskResult | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The account that asked for an act, and the moment; what was seen then counts for that day."""

    by: str
    at: datetime

    @property
    def day(self) -> date:
        """The day in Shanghai."""
        return local_date(self.at)


def to_json(act: CaseAct) -> str:
    """Write an act that waits for a second person."""
    return msgspec.json.encode(act).decode()


def from_json(text: str) -> CaseAct | None:
    """Read an act that waits; None for one that only a newer program knows."""
    try:
        return msgspec.json.decode(text, type=CaseAct)
    except msgspec.ValidationError:
        return None


async def perform(conn: Connection, work: CaseWork, act: CaseAct, asked: Asked) -> Unfit | None:
    """Carry an act out; return why it was not carried out, or None."""
    person = act.person
    match act.kind:
        case ActKind.CERTIFY:
            return await _certify(conn, work, act, asked)
        case ActKind.SEEN_AT_HOME:
            return await _end_visit(conn, work, act, asked)
        case ActKind.DEATH | ActKind.DEATH_FOUND if await work.has_passed(conn, person, asked.at):
            return Unfit.OVERTAKEN
        case ActKind.DEATH_FOUND | ActKind.GIVE_UP:
            is_done = await _end_task(conn, work, act, asked)
        case ActKind.GRANT | ActKind.END_GRANT:
            return await _change_grant(conn, work, act, asked)
        case ActKind.FORGIVE:
            return None if await work.forgive_failures(conn, person) else Unfit.TRIED_OUT
        case ActKind.REVOKE:
            is_theirs = await _is_theirs(conn, work, act)
            is_done = is_theirs and await work.revoke_pass(conn, act.receipt, act.words)
        case ActKind.DEATH:
            is_done = await work.note_death(conn, person, asked.day)
        case ActKind.ENROL | ActKind.FORGET:
            is_done = await _change_template(conn, work, act)
    return None if is_done else Unfit.NOTHING


async def is_for_two(conn: Connection, work: CaseWork, act: CaseAct) -> bool:
    """Whether an act needs two people if the office wants two: it decides about somebody's pension."""
    if act.kind is ActKind.GIVE_UP:
        return not await work.needs_nothing(conn, act.person)
    return act.kind in BY_TWO


async def leaves_open(conn: Connection, work: CaseWork, act: CaseAct) -> bool:
    """Whether a death report stays open after an act by which the person was seen alive."""
    is_sight = act.kind in {ActKind.CERTIFY, ActKind.SEEN_AT_HOME}
    return is_sight and await work.is_reported_dead(conn, act.person)


async def adds_nothing(conn: Connection, work: CaseWork, act: CaseAct, day: date) -> bool:
    """Whether a certification makes no new pass, since the person has passed on that day or later.

    It waits for others who certify the person at the same moment.
    """
    if act.kind is not ActKind.CERTIFY or act.scheme is None:
        return False
    await work.take_turn(conn, act.person)
    return await work.passed_since(conn, act.person, act.scheme, day) is not None


async def _change_template(conn: Connection, work: CaseWork, act: CaseAct) -> bool:
    person = act.person
    if act.kind is ActKind.ENROL:
        return await work.enrol(conn, person, act.photo)
    return bool(await work.forget_face(conn, person.id_type, person.number))


async def _certify(conn: Connection, work: CaseWork, act: CaseAct, asked: Asked) -> Unfit | None:
    if act.scheme is None or act.channel is None or act.grounds is None:
        return Unfit.INCOMPLETE
    seen = OfficeConfirmation(act.channel, act.grounds, asked.at)
    made = await work.certify(conn, act.person, act.scheme, seen)
    return None if made else Unfit.NOT_PAID


async def _end_visit(conn: Connection, work: CaseWork, act: CaseAct, asked: Asked) -> Unfit | None:
    """Certify the person seen, in every scheme that pays them, and end the visit in the visitor's name."""
    if act.grounds is None:
        return Unfit.INCOMPLETE
    schemes = [row.scheme for row in await work.registered(conn, *act.person.document) if row.is_living]
    if not schemes:
        return Unfit.NOT_PAID
    await _finish(conn, work, act, asked, TaskResult.CERTIFIED)
    seen = OfficeConfirmation(PassChannel.HOME_VISIT, act.grounds, asked.at)
    for scheme in schemes:
        await work.certify(conn, act.person, scheme, seen)
    return None


async def _end_task(conn: Connection, work: CaseWork, act: CaseAct, asked: Asked) -> bool:
    if act.kind is ActKind.GIVE_UP:
        return act.result is not None and await _finish(conn, work, act, asked, act.result)
    task = await Tasks(work.vault).find(conn, act.task)
    if task is None:
        return False
    await work.settle_death(conn, task, DeathFinding.DECEASED)
    await _finish(conn, work, act, asked, TaskResult.DECEASED)
    return True


async def _finish(conn: Connection, work: CaseWork, act: CaseAct, asked: Asked, result: TaskResult) -> bool:
    """End the task of an act; one that was ended meanwhile stays as it is."""
    is_open = await TaskBoard(work.vault).finish(conn, act.task, asked.by, work.clock())
    if is_open:
        await work.note(conn, AuditAction.TASK_DONE, str(act.task), result)
    return is_open


async def _change_grant(conn: Connection, work: CaseWork, act: CaseAct, asked: Asked) -> Unfit | None:
    """Give or end an exemption as of now; an act asked for before the last change is no longer valid."""
    person, exemptions = act.person, Exemptions(work.vault)
    if await exemptions.changed_since(conn, person, asked.at):
        return Unfit.OVERTAKEN
    if act.kind is ActKind.END_GRANT:
        return None if await work.end_grant(conn, person.id_type, person.number) else Unfit.NOTHING
    now = work.clock()
    if act.until is None or act.until < local_date(now):
        return Unfit.BAD_UNTIL
    await work.grant(conn, Exemption(ExemptionKind.PASSIVE, person, act.until, act.words, now))
    return None


async def _is_theirs(conn: Connection, work: CaseWork, act: CaseAct) -> bool:
    """Whether a receipt is this person's: another person's number is not revoked from here."""
    found = await Certifications(work.vault).by_receipt(conn, act.receipt)
    return found is not None and found.identity.document == act.person.document
