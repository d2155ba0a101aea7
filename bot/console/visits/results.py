"""Results of home visits, and what follows from each."""

from dataclasses import dataclass
from enum import StrEnum

from bot.console.forms import Form
from bot.console.parts import ConsoleParts
from bot.console.person.submission import submit
from bot.office.case_acts import ActKind, CaseAct, Grounds
from dialogs.values import Identity
from storage.audit_trail.actions import AuditAction
from storage.console.task_board import TaskBoard, TaskResult
from storage.database import Connection


class VisitResult(StrEnum):
    """Results of a visit."""

    SEEN = "seen"
    NOT_MET = "not_met"
    MOVED = "moved"
    DECEASED = "deceased"


ENDS = {
    VisitResult.SEEN: TaskResult.CERTIFIED,
    VisitResult.MOVED: TaskResult.MOVED,
    VisitResult.DECEASED: TaskResult.DECEASED,
}
"""How the task ends; if the person was not met it stays open, for another day."""


@dataclass(frozen=True, slots=True)
class VisitFinding:
    """A result; `grounds` say how the visitor knew that it was the person, None if nobody was seen."""

    result: VisitResult
    grounds: Grounds | None


def read_finding(form: Form) -> VisitFinding | None:
    """Read a result from its form; None for one that is incomplete."""
    result, grounds = form.get("result", ""), form.get("grounds", "")
    if result not in set(VisitResult):
        return None
    if result != VisitResult.SEEN:
        return VisitFinding(VisitResult(result), None)
    return VisitFinding(VisitResult.SEEN, Grounds(grounds)) if grounds in set(Grounds) else None


@dataclass(frozen=True, slots=True)
class VisitRecorder:
    """Records results in the caller's transaction; of two that come at once the second finds nothing open."""

    parts: ConsoleParts

    async def record(self, conn: Connection, account: str, task_id: int, finding: VisitFinding) -> str:
        """Record what an account found on its own visit; return the name of the flash message."""
        board, work = TaskBoard(self.parts.vault), self.parts.work_of(account)
        visit = await board.find(conn, task_id)
        if visit is None or visit.visit_on is None or visit.person is None:
            return "not_yours"
        if not await self._claim(conn, account, task_id, finding.result):
            return "not_yours"
        who = work.hashed(*visit.person.document)
        await work.note(conn, AuditAction.VISIT_RECORDED, who, f"task {task_id} {finding.result}")
        return await self._act(conn, account, visit.person, task_id, finding)

    async def _claim(self, conn: Connection, account: str, task_id: int, result: VisitResult) -> bool:
        board = TaskBoard(self.parts.vault)
        if result is VisitResult.NOT_MET:
            return await board.put_off(conn, task_id, account)
        return await board.propose(conn, task_id, account, ENDS[result])

    async def _act(
        self, conn: Connection, account: str, person: Identity, task_id: int, finding: VisitFinding
    ) -> str:
        match finding.result:
            case VisitResult.SEEN:
                act = CaseAct(ActKind.SEEN_AT_HOME, person, grounds=finding.grounds, task=task_id)
                return await submit(conn, self.parts, account, act)
            case VisitResult.MOVED:
                act = CaseAct(ActKind.GIVE_UP, person, task=task_id, result=TaskResult.MOVED)
                return await submit(conn, self.parts, account, act)
            case VisitResult.NOT_MET:
                return "put_off"
            case VisitResult.DECEASED:
                return await self._report_death(conn, account, person, task_id)

    async def _report_death(self, conn: Connection, account: str, person: Identity, task_id: int) -> str:
        work = self.parts.work_of(account)
        await work.report_death(conn, person)
        await TaskBoard(self.parts.vault).finish(conn, task_id, account, self.parts.clock())
        heard = TaskResult.SETTLED  # whoever has the new task verifies it
        await work.note(conn, AuditAction.TASK_DONE, str(task_id), heard)
        return "reported"
