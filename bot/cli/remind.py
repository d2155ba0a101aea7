"""`remind`: queues the reminders of a day by hand, or shows them."""

import asyncio
from datetime import date

from bot.cli.operator.context import opened
from bot.cli.operator.terminal import Subcommands, advance, day, progress_bar, stop_at_interrupt
from bot.clock import clock_from
from bot.errors import BadSetting
from bot.reminders.scheduler import DueStage, ReminderPlan, ReminderScheduler
from bot.settings.command_settings import reminder_settings
from bot.settings.environment import environment
from dialogs.rules.identity import masked

ORDER = 9
"""Position of the commands in `--help`."""
_SAMPLE = 3
"""People shown of each stage."""


def add_to(subcommands: Subcommands) -> None:
    """Add the command."""
    remind = subcommands.add_parser("remind", help="queue the reminders due on a day, each only once")
    when = "a date (default: today in Shanghai, tomorrow from 20:00 on)"
    remind.add_argument("--today", type=day, default=None, help=when)
    remind.add_argument(
        "--dry-run",
        action="store_true",
        help="show counts, a masked sample and the state of the day's reminders; queue nothing",
    )
    remind.set_defaults(run=lambda options: run_remind(options.today, dry_run=options.dry_run))


async def run_remind(today: date | None, *, dry_run: bool) -> int:
    """Queue the reminders due on `today` (default: the day of sending), or show them."""
    settings = reminder_settings(environment())
    if not settings.template_id and not dry_run:
        message = "PENSION_BOT_REMINDER_TEMPLATE_ID is not set"
        raise BadSetting(message)
    plan = ReminderPlan(template_id=settings.template_id, public_url=settings.public_url, days=settings.days)
    async with opened() as context:
        reminding = ReminderScheduler(context.engine, context.vault, plan, clock_from(settings.now))
        await (_show if dry_run else _queue)(reminding, today or reminding.day_of_sending())
    return 0


async def _show(reminding: ReminderScheduler, today: date) -> None:
    waiting = await reminding.waiting(today)
    print(f"{today}: {sum(one.count for one in waiting)} reminders due, {reminding.plan.most_a_day} a day")
    for one in waiting:
        print(f"{_named(one.stage.days)}: {one.count}")
        await _show_sample(reminding, one)
    counts = await reminding.count_by_state(today)
    print(f"queued for {today}: {', '.join(f'{state} {count}' for state, count in counts.items())}")
    if not reminding.plan.template_id:
        print("nobody is reminded: PENSION_BOT_REMINDER_TEMPLATE_ID is not set")


def _named(days: int) -> str:
    return f"{days} days before" if days >= 0 else f"{-days} days overdue"


async def _show_sample(reminding: ReminderScheduler, waiting: DueStage) -> None:
    for found in await reminding.sample(waiting, _SAMPLE):
        name, number = masked(found.subject.identity)
        print(f"  {name} {number} {found.subject.scheme} due {found.due_on}")


async def _queue(reminding: ReminderScheduler, today: date) -> None:
    stop = asyncio.Event()
    stop_at_interrupt(stop)
    total = sum(one.count for one in await reminding.waiting(today))
    with progress_bar(total, "reminders") as bar:
        queued = await reminding.queue(today, advance(bar), stop)
    rest = total - queued
    ending = "interrupted; run again to go on" if stop.is_set() else "they follow on the next days"
    print(f"queued {queued}" + (f", {rest} left: {ending}" if rest > 0 else ""))
