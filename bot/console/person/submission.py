"""Carries out an act of a clerk, or keeps it for a second person if the office requires one."""

from bot.console.parts import ConsoleParts
from bot.office.case_acts import Asked, CaseAct, adds_nothing, is_for_two, leaves_open, perform
from bot.office.waiting_act import ask
from storage.console.task_board import TaskBoard
from storage.console.waiting_photos import WaitingPhotos
from storage.database import Connection


async def submit(conn: Connection, parts: ConsoleParts, account: str, act: CaseAct) -> str:
    """Carry an act out in an account's name, or ask for it; return the name of the flash message.

    A task whose act could not be carried out is open again.
    """
    work = parts.work_of(account)
    if parts.by_two and await is_for_two(conn, work, act):
        return "waits" if await ask(conn, work, account, act) else "awaits"
    asked = Asked(account, work.clock())
    adds = not await adds_nothing(conn, work, act, asked.day)
    unfit = await perform(conn, work, act, asked)
    if unfit:
        await reopen(conn, parts, act)
        return unfit
    if await leaves_open(conn, work, act):
        return "death_open"
    return "done" if adds else "had_passed"


async def reopen(conn: Connection, parts: ConsoleParts, act: CaseAct) -> None:
    """Reopen the task of an act that was not carried out, for another ending; delete its photo."""
    if act.task:
        await TaskBoard(parts.vault).clear_result(conn, act.task)
    if act.photo:
        await WaitingPhotos(parts.vault).drop(conn, act.photo)
