"""Opens what every process of the service has: database, keys, clock, WeChat client and workers.

Nothing here loads a face model: a process that only delivers needs none of their 300 MB.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp

from bot.background.audit_heads import DailyHeads, HeadSigning
from bot.background.database_clock import shared_clock
from bot.background.preparation import Preparation
from bot.background.purging import DailyPurge, Purge
from bot.background.repeated_task import RepeatedTask
from bot.clock import clock_from, system_clock
from bot.conversation.effects.notices import Notices
from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.eligibility import Eligibility
from bot.conversation.measured_step import measured_step
from bot.conversation.reception import Reception
from bot.conversation.retention import DailyRetention, Retention
from bot.conversation.talk_room import SilenceWatch, TalkRoom, TalkSilence
from bot.conversation.transaction import Conversation
from bot.delivery.export_client import ExportClient
from bot.delivery.export_worker import ExportParts, ExportWorker
from bot.delivery.worker import DeliveryWorker
from bot.metrics.port import Metrics
from bot.opening import open_vault, require_current, require_keys
from bot.reminders.blocked_reminders import BlockedReminders
from bot.reminders.pass_notices import PassNoticeQueue, PassNotices
from bot.reminders.scheduler import DailyReminders, ReminderPlan, ReminderScheduler
from bot.server.metrics import metrics_of
from bot.settings.settings import Settings
from bot.wechat.api.client import WeChatClient
from bot.wechat.api.transport import Transport
from bot.wechat.operator_alarms import OperatorAlarms
from dialogs.ports import Registry
from dialogs.reading.faq import faq_of
from dialogs.reading.intents import prepare_rules
from dialogs.values import SHANGHAI
from storage.audit import subject_of
from storage.database import Engine, open_engine, transaction
from storage.errors import StorageUnavailable
from storage.messaging.access_tokens import SharedTokenStore
from storage.messaging.alarms import AlarmStore
from storage.messaging.outbox import Outbox
from storage.messaging.sessions import Sessions
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments
from storage.registry.http import HttpRegistry
from storage.registry.table import TableRegistry
from storage.reminders.subscriptions import Subscriptions
from storage.retention.purging import with_consents
from storage.sealing.key_uses import note_keys
from storage.sealing.vault import Vault
from storage.store import Stores


@dataclass(frozen=True, slots=True)
class Process:
    """The parts that the others of a process are made from."""

    settings: Settings
    engine: Engine
    vault: Vault
    http: aiohttp.ClientSession
    pack: str
    """Name of the face pack, by which templates are found."""
    clock: Callable[[], datetime]
    stores: Stores
    planner: EffectPlanner
    transport: Transport
    client: WeChatClient
    """The one client of the process, with its one token holder."""
    alarms: OperatorAlarms
    metrics: Metrics


def pack_name(face_pack: str) -> str:
    """Return the name of the pack that `FACE_PACK` gives: a known one's, or its folder's."""
    return Path(face_pack).name


@asynccontextmanager
async def delivery_only(
    settings: Settings, *, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[None]:
    """Deliver, and take over checks whose process died, for as long as the block runs."""
    async with AsyncExitStack() as stack:
        process = await open_process(stack, settings, clock)
        conversation = conversation_of(process)
        reception = Reception(conversation, eligibility_of(process).look_up, metrics=process.metrics)
        reception.start()
        stack.push_async_callback(reception.close)
        start_workers(stack, process, reception, refusals_of(process, conversation))
        watch_talks(stack, process, talk_room_of(process, conversation))
        yield


async def open_process(
    stack: AsyncExitStack, settings: Settings, clock: Callable[[], datetime] | None
) -> Process:
    """Open what every process needs, and close it with the stack; raises as the database and the keys do."""
    vault = open_vault(settings.vault())
    engine = open_engine(settings.database_url, settings.connection_limits())
    stack.push_async_callback(engine.dispose)
    await require_current(engine)
    await require_keys(engine, vault)
    await _note_keys(engine, vault)
    http = await stack.enter_async_context(aiohttp.ClientSession())
    transport = Transport(http, settings.wechat_api_base)
    shared = await stack.enter_async_context(shared_clock(engine, system_clock))
    shelf = SharedTokenStore(engine, vault, settings.wechat_app_id, shared)
    alarms = OperatorAlarms(AlarmStore(engine, system_clock))
    now = clock or (clock_from(settings.now) if settings.now else shared)
    metrics = await metrics_of(stack, settings.metrics_listen, engine, now)
    client = _client(settings, transport, shelf, alarms, metrics)
    stack.push_async_callback(client.close)  # it may hold the database
    return Process(
        settings,
        engine,
        vault,
        http,
        pack_name(settings.face_pack),
        now,
        Stores.of(vault),
        _planner(settings, vault),
        transport,
        client,
        alarms,
        metrics,
    )


async def _note_keys(engine: Engine, vault: Vault) -> None:
    """Keep since when the keys are in use; a database that takes nothing now is reported by the probe."""
    with suppress(StorageUnavailable):
        async with transaction(engine) as conn:
            await note_keys(conn, vault, system_clock())


def conversation_of(process: Process) -> Conversation:
    """Return the dialog over this process's database, with its questions and answers."""
    settings = process.settings
    return Conversation(
        process.engine,
        process.stores,
        process.planner,
        process.clock,
        measured_step(faq_of(settings.faq.entries), process.metrics, settings.human_service()),
        days=settings.retention_days,
    )


def reading_of(process: Process) -> Preparation:
    """Return what has to be made before the first free text is read, in half a second."""
    faq = faq_of(process.settings.faq.entries)

    def make() -> None:
        prepare_rules()
        faq.prepare()

    return Preparation(make)


def _planner(settings: Settings, vault: Vault) -> EffectPlanner:
    return EffectPlanner(
        settings.public_url,
        partial(subject_of, vault),
        settings.offices.spoken(),
        settings.result_template_id,
        reminds=bool(settings.reminder_template_id),
        has_clerks=settings.human_service().is_offered,
    )


def talk_room_of(process: Process, conversation: Conversation) -> TalkRoom:
    """Return the office's end of the chats with clerks."""
    notices = Notices(process.stores, process.planner)
    silence = timedelta(minutes=process.settings.human_silence)
    return TalkRoom(process.stores, conversation, notices, process.clock, silence)


def watch_talks(stack: AsyncExitStack, process: Process, room: TalkRoom) -> None:
    """Give silent chats back to the bot, also those that began before clerks stopped answering."""
    _keep_running(stack, SilenceWatch(TalkSilence(process.engine, room)))


def eligibility_of(process: Process) -> Eligibility:
    """Return the eligibility check: by the imported table, or by `REGISTRY_URL` where one is set."""
    vault, settings = process.vault, process.settings
    registry: Registry = TableRegistry(process.engine, vault)
    if settings.registry_url:
        registry = HttpRegistry(
            process.http,
            settings.registry_url,
            settings.registry_key,
            today=lambda: process.clock().astimezone(SHANGHAI).date(),
        )
    return Eligibility(
        process.engine,
        registry,
        Enrolments(vault),
        Certifications(vault),
        process.pack,
        process.metrics,
    )


def _client(
    settings: Settings,
    transport: Transport,
    shelf: SharedTokenStore,
    alarms: OperatorAlarms,
    metrics: Metrics,
) -> WeChatClient:
    app_id, secret = settings.wechat_app_id, settings.wechat_app_secret
    return WeChatClient(
        transport, app_id, secret, time.monotonic, shelf=shelf, alarms=alarms, metrics=metrics
    )


def _delivery(process: Process, reception: Reception, refusals: BlockedReminders) -> DeliveryWorker:
    outbox, refused = Outbox(process.vault), refusals.pause
    return DeliveryWorker(
        process.engine,
        outbox,
        process.client,
        reception.resume,
        process.clock,
        refused=refused,
        metrics=process.metrics,
    )


def refusals_of(process: Process, conversation: Conversation) -> BlockedReminders:
    """Return what pauses reminders that the platform refuses."""
    return BlockedReminders(process.engine, Subscriptions(process.vault), conversation, process.clock)


def start_workers(
    stack: AsyncExitStack, process: Process, reception: Reception, refusals: BlockedReminders
) -> None:
    """Deliver, forget, and remind; an installation without a template sends no reminders."""
    settings = process.settings
    _keep_running(stack, _delivery(process, reception, refusals))
    _keep_running(stack, DailyRetention(Retention(process.engine, Sessions(process.vault), process.clock)))
    _keep_running(stack, DailyHeads(HeadSigning(process.engine, process.vault, process.clock)))
    _keep_running(stack, PassNotices(_pass_notices(process)))
    purging = Purge(
        process.engine, with_consents(settings.retention_days, settings.consent_years), process.clock
    )
    _keep_running(stack, DailyPurge(purging, process.metrics))
    if settings.export_url:
        _keep_running(stack, _exports(process))
    if settings.reminder_template_id:
        plan = ReminderPlan(
            template_id=settings.reminder_template_id,
            public_url=settings.public_url,
            days=settings.reminder_days,
        )
        _keep_running(
            stack,
            DailyReminders(
                ReminderScheduler(process.engine, process.vault, plan, process.clock, process.metrics)
            ),
        )


def _exports(process: Process) -> ExportWorker:
    peer = ExportClient(process.http, process.settings.export_url, process.settings.export_secret)
    outbox = Outbox(process.vault)
    return ExportWorker(ExportParts(process.engine, outbox, peer, process.clock, process.metrics))


def _pass_notices(process: Process) -> PassNoticeQueue:
    return PassNoticeQueue(
        process.engine, process.vault, process.stores, process.planner, process.clock, process.metrics
    )


def _keep_running(stack: AsyncExitStack, worker: DeliveryWorker | ExportWorker | RepeatedTask) -> None:
    task = asyncio.create_task(worker.run())

    async def finish() -> None:
        worker.stop()
        await task

    stack.push_async_callback(finish)
