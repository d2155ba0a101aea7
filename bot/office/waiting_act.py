"""Keeps an act of the office until a second person decides, and finds acts that wait or were turned down."""

from dataclasses import dataclass
from datetime import datetime

from bot.office.case_acts import ActKind, CaseAct, from_json, to_json
from bot.office.case_work import CaseWork
from dialogs.values import Identity, Scheme
from storage.audit_trail.actions import AuditAction
from storage.console.approvals import Approval, Approvals, TurnedDown
from storage.database import Connection, lock_names


async def ask(conn: Connection, work: CaseWork, account: str, act: CaseAct) -> bool:
    """Keep an act, which `account` asks for, until a second person decides; False if it waits already."""
    who = work.hashed(*act.person.document)
    await lock_names(conn, [f"approvals:{who}"])  # the second of two at the same moment sees the first
    if await _awaits(conn, work, account, act):
        return False
    await Approvals(work.vault).ask(conn, to_json(act), account, work.clock())
    await work.note(conn, AuditAction.APPROVAL_ASKED, who, act.kind)
    return True


async def _awaits(conn: Connection, work: CaseWork, account: str, act: CaseAct) -> bool:
    """Whether this very act, asked for by `account`, waits already."""
    return any(
        one.asked_by == account and one.decided_at is None and waiting == act
        for one, waiting in await _acts_on(conn, work, act.person)
    )


@dataclass(frozen=True, slots=True)
class AskedAct:
    """An act that an account asked for: it waits (nobody has decided), or a second person turned it down."""

    id: int
    kind: ActKind
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    turned_down: TurnedDown | None


async def asked_for(conn: Connection, work: CaseWork, person: Identity) -> list[AskedAct]:
    """Return the acts on a person that wait, or were turned down, the oldest first."""
    return [
        AskedAct(
            one.id, act.kind, one.asked_by, one.asked_at, one.decided_by, one.decided_at, one.turned_down
        )
        for one, act in reversed(await _acts_on(conn, work, person))
    ]


async def settle_declined(conn: Connection, work: CaseWork, done: CaseAct) -> None:
    """Mark earlier refusals of this act as settled, so that the case page no longer shows them."""
    same = [
        one.id
        for one, act in await _acts_on(conn, work, done.person)
        if one.decided_at and _matter(act) == _matter(done)
    ]
    if same:
        await Approvals(work.vault).settle(conn, same, work.clock())


def _matter(act: CaseAct) -> tuple[ActKind, Scheme | None, str, int]:
    """Return what an act is about; each task that is given up is a matter of its own."""
    return act.kind, act.scheme, act.receipt, act.task if act.kind is ActKind.GIVE_UP else 0


async def _acts_on(conn: Connection, work: CaseWork, person: Identity) -> list[tuple[Approval, CaseAct]]:
    """Return the acts that wait or were turned down and can be read here, newest first."""
    found = await Approvals(work.vault).of_person(conn, person)
    acts = [(one, from_json(one.act) if one.act else None) for one in found]
    return [(one, act) for one, act in acts if act]
