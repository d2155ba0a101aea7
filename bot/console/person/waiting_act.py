"""Lets an act of a clerk wait for a second person."""

from dataclasses import dataclass
from datetime import datetime

from bot.console.person.acts import ActKind, CaseAct, from_json, to_json
from bot.office.case_work import CaseWork
from dialogs.values import Identity
from storage.audit_actions import AuditAction
from storage.console.approvals import Approvals
from storage.database import Connection


async def ask(conn: Connection, work: CaseWork, account: str, act: CaseAct) -> None:
    """Keep an act, which `account` asks for, until a second person decides."""
    await Approvals(work.vault).ask(conn, to_json(act), account, work.clock())
    await work.note(conn, AuditAction.APPROVAL_ASKED, work.hashed(*act.person.document), act.kind)


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """An act that waits for a second person: its number, who asked for it, and when."""

    id: int
    kind: ActKind
    asked_by: str
    asked_at: datetime


async def waiting_for(conn: Connection, work: CaseWork, person: Identity) -> list[WaitingAct]:
    """Return the acts on a person that wait, the oldest first."""
    waiting = await Approvals(work.vault).waiting(conn)
    acts = [(one, from_json(one.act) if one.act else None) for one in waiting]
    return [
        WaitingAct(one.id, act.kind, one.asked_by, one.asked_at)
        for one, act in acts
        if act and act.person.document == person.document
    ]
