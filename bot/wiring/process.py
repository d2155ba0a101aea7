"""Opens what every process of the service has: database, keys, clock, WeChat client, dialog.

Nothing here loads a face model: a process that only delivers needs none of their 300 MB.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp

from bot.background.database_clock import seconds_since_start, shared_clock
from bot.background.preparation import Preparation
from bot.clock import clock_from, system_clock
from bot.conversation.effects.notices import Notices
from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.eligibility import Eligibility
from bot.conversation.measured_step import measured_step
from bot.conversation.talk_service import TalkService
from bot.conversation.transaction import Conversation
from bot.conversation.watched_registry import WatchedRegistry
from bot.database_keys import open_vault, require_current, require_keys
from bot.metrics.port import Metrics
from bot.reminders.blocked_reminders import BlockedReminders
from bot.server.metrics import metrics_of
from bot.server.watchdog import MonitoredLoops
from bot.settings.settings import Settings
from bot.wechat.api.access_token import TokenHolder, token_source
from bot.wechat.api.client import WeChatClient
from bot.wechat.api.transport import Transport
from bot.wechat.operator_alarms import OperatorAlarms
from bot.wiring.credentials import credentials_of
from dialogs.local_time import local_date
from dialogs.ports import Registry
from dialogs.reading.faq import faq_of
from dialogs.reading.intents import prepare_rules
from storage.audit_trail.audit import subject_of
from storage.database import Engine, open_engine, transaction
from storage.engine.probe import writer_moves
from storage.errors import StorageUnavailable
from storage.messaging.access_tokens import SharedTokenStore
from storage.messaging.alarms import AlarmStore
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments
from storage.registry.http import HttpRegistry
from storage.registry.table import TableRegistry
from storage.sealing.key_uses import note_keys
from storage.sealing.vault import Vault
from storage.store import Stores

_MOST_OF_ONE_PEER = 50
"""Connections: half of all that aiohttp opens (100), and more than deliveries are under way at once."""


@dataclass(frozen=True, slots=True)
class Process:
    """The parts from which the other parts of a process are made."""

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
    loops: MonitoredLoops
    """What the watchdog asks, in addition to the event loop."""


def pack_name(face_pack: str) -> str:
    """Return the name of the pack that `FACE_PACK` gives: a known one's, or its folder's."""
    return Path(face_pack).name


def http_session() -> aiohttp.ClientSession:
    """Return the session for all HTTP calls: a peer that hangs leaves connections for the others."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit_per_host=_MOST_OF_ONE_PEER))


async def open_process(
    stack: AsyncExitStack, settings: Settings, clock: Callable[[], datetime] | None = None
) -> Process:
    """Open what every process needs, and close it with the stack; raises as the database and the keys do."""
    vault = open_vault(settings.vault())
    engine = await _database(stack, settings, vault)
    http = await stack.enter_async_context(http_session())
    transport = Transport(http, settings.wechat_api_base)
    shared = await stack.enter_async_context(shared_clock(engine, system_clock))
    token_store = SharedTokenStore(engine, vault, settings.wechat_app_id, shared)
    alarms = OperatorAlarms(AlarmStore(engine, system_clock))
    now = clock or (clock_from(settings.now) if settings.now else shared)
    metrics = await metrics_of(stack, settings.metrics_listen, engine, now)
    client = _client(settings, transport, token_store, alarms, metrics)
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
        MonitoredLoops(partial(writer_moves, engine)),
    )


async def require_database(settings: Settings) -> None:
    """Open the database and close it again; raises as `open_process` does."""
    async with AsyncExitStack() as stack:
        await _database(stack, settings, open_vault(settings.vault()))


async def _database(stack: AsyncExitStack, settings: Settings, vault: Vault) -> Engine:
    """Open the database; raises if its schema or its keys are different from this program's."""
    engine = open_engine(settings.database_url, settings.connection_limits())
    stack.push_async_callback(engine.dispose)
    await require_current(engine)
    await require_keys(engine, vault)
    await _note_keys(engine, vault)
    return engine


async def _note_keys(engine: Engine, vault: Vault) -> None:
    """Record since when the keys are in use; the probe reports a database that takes no write now."""
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
    """Return the preparation needed before the first free text is read, which takes half a second."""
    faq = faq_of(process.settings.faq.entries)

    def make() -> None:
        """Build the rules that read intents, and the index of questions."""
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


def talk_service_of(process: Process, conversation: Conversation) -> TalkService:
    """Return the office's side of the chats with clerks."""
    notices = Notices(process.stores, process.planner)
    silence = timedelta(minutes=process.settings.human_silence)
    return TalkService(process.stores, conversation, notices, process.clock, silence)


def eligibility_of(process: Process) -> Eligibility:
    """Return the eligibility check: by the imported table, or by `REGISTRY_URL` if one is set."""
    vault, settings = process.vault, process.settings
    registry: Registry = TableRegistry(process.engine, vault)
    if settings.registry_url:
        outside = HttpRegistry(
            process.http,
            settings.registry_url,
            settings.registry_key,
            today=lambda: local_date(process.clock()),
        )
        registry = WatchedRegistry(outside, process.alarms)
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
    token_store: SharedTokenStore,
    alarms: OperatorAlarms,
    metrics: Metrics,
) -> WeChatClient:
    fetch = token_source(transport, credentials_of(settings), metrics)
    return WeChatClient(transport, TokenHolder(fetch, seconds_since_start, token_store), alarms)


def refusals_of(process: Process, conversation: Conversation) -> BlockedReminders:
    """Return what pauses reminders that the platform refuses."""
    return BlockedReminders(process.engine, process.stores.subscriptions, conversation, process.clock)
