"""Acts of a command that wait for a second person, if the office wants two (`ADMIN_FOUR_EYES`).

A command has no account, so any supervisor of the console may be the second person.
"""

from bot.cli.operator.context import OperatorContext, case_work
from bot.cli.operator.terminal import OPERATOR
from bot.office.case_acts import ActKind, CaseAct, is_for_two
from bot.office.waiting_act import ask
from bot.settings.command_settings import files_need_two, four_eyes
from bot.settings.environment import environment
from storage.console.task_board import TaskBoard, TaskResult
from storage.database import Connection
from storage.records.tasks import DeathFinding, Task

WAITS = "waits for a second person: a supervisor approves or declines it in the console, under 复核"


FILE_WAITS = (
    "nothing was changed: files need a second person here. Load it in the console, under 导入, where another "
    "supervisor confirms it; for a nightly job set PENSION_BOT_ADMIN_UNATTENDED_FILES=on"
)


def file_waits() -> bool:
    """Whether a file as a whole needs two people, who decide on its counts in the console."""
    return files_need_two(environment())


async def waits(conn: Connection, context: OperatorContext, act: CaseAct) -> bool:
    """Ask for an act that needs two people; False if the command is to carry it out alone."""
    work = case_work(context)
    if not four_eyes(environment()) or not await is_for_two(conn, work, act):
        return False
    await ask(conn, work, OPERATOR, act)
    return True


async def task_waits(
    conn: Connection, context: OperatorContext, task: Task, finding: DeathFinding | None
) -> str | None:
    """Ask for the end of a task that needs two people; return what to print, None if it may be ended.

    If a clerk has the task in hand, or has proposed its end already, nothing is asked.
    """
    if not four_eyes(environment()) or finding is DeathFinding.LIVING:
        return None
    act = _end_of(task, finding)
    if not await is_for_two(conn, case_work(context), act):
        return None
    if not await TaskBoard(context.vault).propose_free(conn, task.id, act.result or TaskResult.SETTLED):
        return "a clerk has it in hand, or it waits for a second person already: see the console"
    await ask(conn, case_work(context), OPERATOR, act)
    return WAITS


def _end_of(task: Task, finding: DeathFinding | None) -> CaseAct:
    if finding is DeathFinding.DECEASED:
        return CaseAct(ActKind.DEATH_FOUND, task.person, task=task.id, result=TaskResult.DECEASED)
    return CaseAct(ActKind.GIVE_UP, task.person, task=task.id, result=TaskResult.SETTLED)
