"""Lets an act of a clerk wait for a second person."""

from bot.console.person.acts import CaseAct, to_json
from bot.office.case_work import CaseWork
from storage.audit_actions import AuditAction
from storage.console.approvals import Approvals
from storage.database import Connection


async def ask(conn: Connection, work: CaseWork, account: str, act: CaseAct) -> None:
    """Keep an act, which `account` asks for, until a second person decides."""
    await Approvals(work.vault).ask(conn, to_json(act), account, work.clock())
    await work.note(conn, AuditAction.APPROVAL_ASKED, work.hashed(*act.person.document), act.kind)
