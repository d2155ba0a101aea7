"""Starts the workers of a process: delivery, reminders, pass notices, exports, daily and repeated tasks.

Nothing here loads a face model: a process that only delivers needs none of their 300 MB.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from bot.background.audit_heads import DailyHeads
from bot.background.clock_check import ClockCheck
from bot.background.database_clock import DatabaseClock
from bot.background.purging import DailyPurge, Purge
from bot.background.registry_count import RegistryCount, RegistryCounting
from bot.background.repeated_task import RepeatedTask
from bot.background.restarting_worker import RestartingWorker, Worker
from bot.background.trail_cut import DailyTrailCut, TrailCut
from bot.clock import system_clock
from bot.conversation.idle_conversations import DailyIdleClearing, IdleConversations
from bot.conversation.reception import Reception
from bot.conversation.talk_service import SilenceWatch, TalkService, TalkSilence
from bot.delivery.export_client import ExportClient
from bot.delivery.export_worker import ExportParts, ExportWorker
from bot.delivery.worker import DeliveryWorker
from bot.reminders.blocked_reminders import BlockedReminders
from bot.reminders.pass_notices import PassNoticeQueue, PassNotices
from bot.reminders.scheduler import DailyReminders, ReminderPlan, ReminderScheduler
from bot.settings.settings import Settings
from bot.wiring.process import (
    Process,
    conversation_of,
    eligibility_of,
    open_process,
    refusals_of,
    talk_service_of,
)
from storage.audit_trail.actions import Actor
from storage.audit_trail.cutting import TrailCutting
from storage.retention.exemptions import ExemptionPurging
from storage.retention.purging import with_consents


@asynccontextmanager
async def delivery_only(settings: Settings) -> AsyncIterator[Process]:
    """Deliver, and take over checks whose process died, as long as the block runs."""
    async with AsyncExitStack() as stack:
        process = await open_process(stack, settings)
        conversation = conversation_of(process)
        reception = Reception(conversation, eligibility_of(process).look_up, metrics=process.metrics)
        reception.start()
        stack.push_async_callback(reception.close)
        start_workers(stack, process, reception, refusals_of(process, conversation))
        watch_talks(stack, process, talk_service_of(process, conversation))
        yield process


def _delivery(process: Process, reception: Reception, refusals: BlockedReminders) -> DeliveryWorker:
    return DeliveryWorker(
        process.engine,
        process.stores.outbox,
        process.client,
        reception.resume,
        process.clock,
        refused=refusals.pause,
        metrics=process.metrics,
    )


def start_workers(
    stack: AsyncExitStack, process: Process, reception: Reception, refusals: BlockedReminders
) -> None:
    """Start every worker that the settings ask for; without a template there are no reminders."""
    settings = process.settings
    delivery = _delivery(process, reception, refusals)
    by_the_clock = partial(_keep_running_by_clock, stack, _clock_check(process))
    process.loops.add(delivery.rounds.go_on)
    _keep_running(stack, delivery)
    by_the_clock(DailyIdleClearing(IdleConversations(process.engine, process.stores.sessions, process.clock)))
    _keep_running(stack, DailyHeads(process.engine, process.vault, process.clock))
    _keep_running(stack, RegistryCounting(RegistryCount(process.engine, process.clock)))
    by_the_clock(PassNotices(_pass_notices(process)))
    by_the_clock(DailyPurge(_purge(process), process.metrics))
    if settings.audit_years:
        by_the_clock(DailyTrailCut(_trail_cut(process), process.metrics))
    if settings.export_url:
        _keep_running(stack, _exports(process))
    if settings.reminder_template_id:
        by_the_clock(DailyReminders(_reminders(process)))


def _reminders(process: Process) -> ReminderScheduler:
    settings = process.settings
    plan = ReminderPlan(
        template_id=settings.reminder_template_id,
        public_url=settings.public_url,
        days=settings.reminder_days,
    )
    return ReminderScheduler(process.engine, process.vault, plan, process.clock, process.metrics)


def watch_talks(stack: AsyncExitStack, process: Process, service: TalkService) -> None:
    """Give silent chats back to the bot, including those that began before clerks stopped answering."""
    _keep_running(stack, SilenceWatch(TalkSilence(process.engine, service)))


def _purge(process: Process) -> Purge:
    days = with_consents(process.settings.retention_days, process.settings.consent_years)
    return Purge(process.engine, days, process.clock, ExemptionPurging(process.vault, Actor.WORKER))


def _trail_cut(process: Process) -> TrailCut:
    cutting = TrailCutting(process.vault, Actor.WORKER)
    return TrailCut(process.engine, cutting, process.settings.audit_years, process.clock)


def _exports(process: Process) -> ExportWorker:
    peer = ExportClient(process.http, process.settings.export_url, process.settings.export_secret)
    return ExportWorker(
        ExportParts(
            process.engine, process.stores.outbox, peer, process.clock, process.metrics, process.alarms
        )
    )


def _pass_notices(process: Process) -> PassNoticeQueue:
    return PassNoticeQueue(
        process.engine,
        process.vault,
        process.stores,
        process.planner,
        process.clock,
        process.metrics,
    )


def _keep_running(stack: AsyncExitStack, worker: Worker) -> None:
    stack.push_async_callback(RestartingWorker(worker).stop)


def _keep_running_by_clock(stack: AsyncExitStack, check: ClockCheck | None, task: RepeatedTask) -> None:
    """Keep a task running that deletes or sends by the day, and let it wait while the clock is in doubt."""
    if check is not None:
        task.may_work = check.passes
    _keep_running(stack, task)


def _clock_check(process: Process) -> ClockCheck | None:
    """Return the check of the clock; a rehearsal's `NOW` is ahead on purpose."""
    if process.settings.now:
        return None
    machine = system_clock if isinstance(process.clock, DatabaseClock) else None
    return ClockCheck(process.engine, process.clock, machine=machine)
