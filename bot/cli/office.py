"""`tasks` and `grant`: what waits for the office, and exemptions from movements."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from bot.cli.operator.context import (
    OperatorContext,
    case_work,
    document_number,
    opened,
    registered_person,
)
from bot.cli.operator.second_person import WAITS, task_waits, waits
from bot.cli.operator.terminal import Subcommands, add_choice, add_person, day, refuse, row_id, tell_beside
from bot.clock import system_clock
from bot.errors import BotError
from bot.office.case_acts import ActKind, CaseAct
from bot.office.case_work import LONGEST_GRANT, LONGEST_REASON
from dialogs.local_time import SHANGHAI, local_date
from dialogs.rules.identity import mask_name, mask_number, masked
from dialogs.values import Certification, Identity, IdType, Scheme
from storage.audit_trail.actions import AuditAction
from storage.console.passes_since import passes_since
from storage.database import Connection, transaction
from storage.records.certifications import Certifications
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.tasks import DeathFinding, Task, TaskKind, Tasks

_MOST_TASKS = 1000
_RESULT = "for a death report: whether reminders continue; if omitted, the imported registry decides"
_SETTLED: Mapping[DeathFinding | None, str] = MappingProxyType(
    {None: "", DeathFinding.LIVING: "; reminders go on", DeathFinding.DECEASED: "; reminders have ended"}
)
_CLEARS_NONE = "; no try is cleared: too many failed today. Use the counter or a visit, or wait for tomorrow"

ORDER = 10
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add both commands."""
    _add_tasks(subcommands.add_parser("tasks", help="tasks for the office"))
    _add_grant(subcommands.add_parser("grant", help="a lighter check for one person"))


def _add_tasks(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="open tasks, oldest first, people masked")
    add_choice(listing, "--kind", TaskKind)
    listing.set_defaults(run=lambda options: run_tasks_list(options.kind))
    show = actions.add_parser(
        "show", help="one task with the person's full details; the access is recorded in the audit trail"
    )
    show.add_argument("id", type=row_id, metavar="ID")
    show.set_defaults(run=lambda options: run_tasks_show(options.id))
    done = actions.add_parser("done", help="end a task")
    done.add_argument("id", type=row_id, metavar="ID")
    add_choice(done, "--result", DeathFinding, _RESULT)
    done.set_defaults(run=lambda options: run_tasks_done(options.id, options.result))


def _add_grant(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    passive = actions.add_parser("passive", help="accept a photo, which is no proof of life")
    add_person(passive)
    passive.add_argument("--until", type=day, required=True, help="the last day, such as 2026-05-04")
    passive.add_argument("--reason", required=True, help="why, and who looked into it; kept sealed")
    passive.set_defaults(
        run=lambda options: run_grant_passive(
            options.id_type, options.id_number, options.until, options.reason
        )
    )
    revoke = actions.add_parser("revoke", help="take it back at once")
    add_person(revoke)
    revoke.set_defaults(run=lambda options: run_grant_revoke(options.id_type, options.id_number))
    actions.add_parser("list", help="the exemptions in force, people masked").set_defaults(
        run=lambda _: run_grant_list()
    )


async def run_tasks_list(kind: TaskKind | None) -> int:
    """Print what is open, the oldest first: id, kind, masked person, since when; the access is recorded."""
    async with opened() as context, transaction(context.engine) as conn:
        await case_work(context).note(conn, AuditAction.TASKS_READ, kind or "all")
        waiting = await Tasks(context.vault).waiting(conn, _MOST_TASKS + 1, kind)
        since = await passes_since(conn, context.vault, waiting)
    for task in waiting[:_MOST_TASKS]:
        print("; ".join(filter(None, (_line(task), _since(since.get(task.id, ()))))))
    if not waiting:
        tell_beside("no such task is open")
    if len(waiting) > _MOST_TASKS:
        print(f"only the oldest {_MOST_TASKS} are shown")
    return 0


def _line(task: Task) -> str:
    name, number = masked(task.person)
    since = _local(task.created_at)
    return f"{task.id} {task.kind} {name} {task.person.id_type} {number} since {since}"


def _since(passes: Sequence[Certification]) -> str:
    """Return the day and scheme of each pass since a task was opened; "" for none."""
    days = (f"{one.certified_at.astimezone(SHANGHAI):%Y-%m-%d} {one.scheme}" for one in passes)
    return f"certified since: {', '.join(days)}" if passes else ""


def _local(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


async def run_tasks_show(task_id: int) -> int:
    """Print an open task with its person in full, for a visit or an exemption; 1 if it is not open."""
    async with opened() as context, transaction(context.engine) as conn:
        task = await Tasks(context.vault).find(conn, task_id)
        if task is None:
            return refuse(f"{task_id}: there is no such open task")
        work = case_work(context)
        who = work.hashed(*task.person.document)
        await work.note(conn, AuditAction.TASK_SHOWN, str(task_id), who)
        passes = await _passes_of(conn, context, task)
        since = await passes_since(conn, context.vault, [task])
    person = task.person
    print(f"{task.id} {task.kind} {person.name} {person.id_type} {person.number}")
    for one in passes:
        print(f"{one.receipt} {one.scheme} {one.channel} {one.mark} {_local(one.certified_at)}")
    if told := _since(since.get(task.id, ())):
        print(told)
    return 0


async def _passes_of(conn: Connection, context: OperatorContext, task: Task) -> list[Certification]:
    """Return the newest passes of the person of a second look, for the clerk to compare."""
    if task.kind is not TaskKind.SECOND_LOOK:
        return []
    passes, document = Certifications(context.vault), (task.person.id_type, task.person.number)
    found = [await passes.latest(conn, scheme, *document) for scheme in Scheme]
    return [one for one in found if one is not None]


async def run_tasks_done(task_id: int, finding: DeathFinding | None) -> int:
    """End a task; 1 if it is not open. A settled death report lets reminders continue, or ends them."""
    async with opened() as context, transaction(context.engine) as conn:
        now, tasks = system_clock(), Tasks(context.vault)
        task = await tasks.find(conn, task_id)
        if task is None:
            return refuse(f"{task_id}: there is no such open task")
        if finding is not None and task.kind is not TaskKind.DEATH:
            message = "--result goes with the report of a death"
            raise BotError(message)
        office = case_work(context)
        if task.kind is TaskKind.DEATH:
            finding = finding or await office.death_finding(conn, task.person)
        if sentence := await task_waits(conn, context, task, finding):
            return refuse(f"{task_id}: {sentence}")
        if not await tasks.done(conn, task_id, now):
            return refuse(f"{task_id}: there is no such open task")
        found = await office.settle_death(conn, task, finding)
        await office.note(conn, AuditAction.TASK_DONE, str(task_id), found or "")
        is_vain = task.kind is TaskKind.FAILED_OFTEN and await office.is_tried_out(conn, task.person)
    print(f"{task_id}: done{_SETTLED[found]}{_CLEARS_NONE if is_vain else ''}")
    return 0


async def run_grant_passive(id_type: IdType, typed: str, until: date, reason: str) -> int:
    """Accept a still photo from a person until the end of a day; this replaces an earlier exemption."""
    number, why = document_number(id_type, typed), reason.strip()
    _require_sound(until, why)
    async with opened() as context, transaction(context.engine) as conn:
        person = await registered_person(conn, context, id_type, number)
        if await waits(conn, context, CaseAct(ActKind.GRANT, person, until=until, words=why)):
            return refuse(f"{_shown(person)}: {WAITS}")
        exemption = Exemption(ExemptionKind.PASSIVE, person, until, why, system_clock())
        await case_work(context).grant(conn, exemption)
    print(f"{_shown(person)}: a photo may do until {until}; it proves no life")
    return 0


async def run_grant_revoke(id_type: IdType, typed: str) -> int:
    """End a person's exemption, from the next check on; 1 if there is none."""
    number = document_number(id_type, typed)
    async with opened() as context, transaction(context.engine) as conn:
        person = await registered_person(conn, context, id_type, number)
        if await waits(conn, context, CaseAct(ActKind.END_GRANT, person)):
            return refuse(f"{_shown(person)}: {WAITS}")
        if not await case_work(context).end_grant(conn, id_type, number):
            return refuse(f"{id_type} {mask_number(number)}: nothing is granted")
    print(f"{id_type} {mask_number(number)}: revoked")
    return 0


async def run_grant_list() -> int:
    """Print the exemptions in force, the first to end first: kind, masked person, last day, reason."""
    today = local_date(system_clock())
    async with opened() as context, transaction(context.engine) as conn:
        await case_work(context).note(conn, AuditAction.GRANTS_READ, "all")
        found = await Exemptions(context.vault).in_force(conn, today)
    for exemption in found:
        print(f"{exemption.kind} {_shown(exemption.person)} until {exemption.until}: {exemption.reason}")
    if not found:
        tell_beside("no exemption is in force")
    return 0


def _require_sound(until: date, reason: str) -> None:
    today = local_date(system_clock())
    if not today <= until <= today + LONGEST_GRANT:
        message = f"--until must be today or later, and at most {LONGEST_GRANT.days} days ahead"
        raise BotError(message)
    if not 0 < len(reason) <= LONGEST_REASON or not reason.isprintable():
        message = f"--reason must be one line of 1 to {LONGEST_REASON} characters"
        raise BotError(message)


def _shown(person: Identity) -> str:
    name = mask_name(person.name) if person.name else "(not in the imported registry)"
    return f"{name} {person.id_type} {mask_number(person.number)}"
