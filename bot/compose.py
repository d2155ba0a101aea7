"""The one place that wires everything: from settings to a running application."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from aiohttp import web

from bot.capture.face_pool import FacePool
from bot.capture.parts import CaptureParts
from bot.capture.service import CaptureService
from bot.clock import clock_from, system_clock
from bot.conversation.effects import EffectPlanner
from bot.conversation.eligibility import Eligibility
from bot.conversation.reception import Reception
from bot.conversation.retention import DailyRetention, Retention
from bot.conversation.transaction import Conversation
from bot.delivery.template_reports import TemplateReportIntake
from bot.delivery.worker import DeliveryWorker
from bot.face_pack import load_checker
from bot.h5.capture_routes import add_pages
from bot.h5.jssdk_routes import jssdk_routes
from bot.h5.live_socket import LiveSocket
from bot.h5.platform_routes import PlatformPages
from bot.h5.reminder_routes import start_app
from bot.h5.voice.recordings import add_recordings
from bot.opening import open_vault, require_current, require_keys
from bot.reminders.links import ReminderLinks
from bot.reminders.refusals import RefusedReminders
from bot.reminders.scheduler import DailyReminders, ReminderPlan, ReminderScheduler
from bot.server.health import health_routes
from bot.settings.settings import Settings
from bot.wechat.client import WeChatClient
from bot.wechat.face_verification import WeChatFace
from bot.wechat.jssdk import JsTickets
from bot.wechat.oauth import PageLogin
from bot.wechat.operator_alarms import OperatorAlarms
from bot.wechat.transport import Transport
from bot.wechat.webhook import Webhook
from dialogs.ports import Registry
from dialogs.reading.faq import Faq
from dialogs.values import SHANGHAI
from messages.phrases import BUSY_TEXT
from storage.audit import Audit
from storage.database import Engine, open_engine
from storage.messaging.access_tokens import SharedTokenStore
from storage.messaging.alarms import AlarmStore
from storage.messaging.outbox import Outbox
from storage.messaging.sessions import Sessions
from storage.records.captures import Captures
from storage.records.certifications import Certifications
from storage.records.consents import Consents
from storage.records.enrolments import Enrolments
from storage.records.subscriptions import Subscriptions
from storage.registry.http import HttpRegistry
from storage.registry.table import TableRegistry
from storage.sealing.vault import Vault
from storage.store import Stores

_WAITING_CHECKS = 40
"""Face checks that may wait: at 50 ms each on two cores, a second; past it "busy" is the honest answer."""


@dataclass(frozen=True, slots=True)
class Service:
    """A started service: its application, and the parts that the demo needs beside it."""

    app: web.Application
    engine: Engine
    vault: Vault
    pool: FacePool
    captures: CaptureService


@asynccontextmanager
async def service(
    settings: Settings, *, worker: bool = True, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Service]:
    """Run everything but the listening socket; the block's end stops it in good order."""
    async with AsyncExitStack() as stack:
        base = await _open_base(stack, settings, clock)
        base.pool.checker.warm_up()
        yield await _wire(stack, base, worker=worker)


@asynccontextmanager
async def delivery_only(
    settings: Settings, *, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[None]:
    """Deliver, and take over checks whose process died, for as long as the block runs."""
    async with AsyncExitStack() as stack:
        base = await _open_base(stack, settings, clock)
        conversation = _conversation(base)
        reception = Reception(conversation, _eligibility(base).look_up)
        reception.start()
        stack.push_async_callback(reception.close)
        _start_workers(stack, base, reception, _refusals(base, conversation))
        yield


async def _open_base(
    stack: AsyncExitStack, settings: Settings, clock: Callable[[], datetime] | None
) -> "_Base":
    vault = open_vault(settings.data_keys)
    engine = open_engine(settings.database_url)
    stack.push_async_callback(engine.dispose)
    await require_current(engine)
    await require_keys(engine, vault)
    http = await stack.enter_async_context(aiohttp.ClientSession())
    checker = load_checker(settings.face_pack, settings.face_threshold, settings.face_liveness_pack)
    pool = FacePool(checker, queue=_WAITING_CHECKS)
    stack.push_async_callback(pool.close)
    transport = Transport(http, settings.wechat_api_base)
    shelf = SharedTokenStore(engine, vault, settings.wechat_app_id, system_clock)
    alarms = OperatorAlarms(AlarmStore(engine, system_clock))
    client = _client(settings, transport, shelf, alarms)
    now = clock or clock_from(settings.now)
    return _Base(settings, engine, vault, http, pool, now, transport, client, alarms)


@dataclass(frozen=True, slots=True)
class _Base:
    settings: Settings
    engine: Engine
    vault: Vault
    http: aiohttp.ClientSession
    pool: FacePool
    clock: Callable[[], datetime]
    transport: Transport
    client: WeChatClient
    """The one client of the process, with its one token holder."""
    alarms: OperatorAlarms


async def _wire(stack: AsyncExitStack, base: _Base, *, worker: bool) -> Service:
    conversation = _conversation(base)
    refusals = _refusals(base, conversation)
    templates = TemplateReportIntake(base.engine, base.clock, refusals.pause)
    reception = Reception(conversation, _eligibility(base).look_up, templates=templates)
    reception.start()
    stack.push_async_callback(reception.close)
    if worker:
        _start_workers(stack, base, reception, refusals)
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app.add_routes(_webhook(base, reception).routes())
    captures = _captures(base, conversation)
    live = LiveSocket(captures)
    app.on_shutdown.append(live.stop)
    add_recordings(app, base.settings.voice_dir)
    login, public_url = _page_login(base), base.settings.public_url
    tickets = JsTickets(base.client.js_ticket, time.monotonic)
    platform = _platform_pages(base, tickets)
    add_pages(app, captures, login, public_url, live=live, platform=platform)
    app.add_subapp("/h5/start", start_app(_starts(base, conversation), login, public_url))
    app.add_routes(jssdk_routes(tickets, base.settings.wechat_app_id, public_url))
    app.add_routes(health_routes(base.engine, base.settings.relaxations(), base.settings.absent()))
    return Service(app, base.engine, base.vault, base.pool, captures)


def _conversation(base: _Base) -> Conversation:
    vault = base.vault
    clerk = EffectPlanner(
        base.settings.public_url,
        lambda text: vault.blind(text, "audit.subject").hex(),
        base.settings.offices.spoken(),
        base.settings.result_template_id,
        reminds=bool(base.settings.reminder_template_id),
    )
    return Conversation(base.engine, Stores.of(vault), clerk, base.clock, Faq(base.settings.faq.entries))


def _eligibility(base: _Base) -> Eligibility:
    vault, settings = base.vault, base.settings
    registry: Registry = TableRegistry(base.engine, vault)
    if settings.registry_url:
        registry = HttpRegistry(
            base.http,
            settings.registry_url,
            settings.registry_key,
            today=lambda: base.clock().astimezone(SHANGHAI).date(),
        )
    pack = base.pool.checker.pack_name
    return Eligibility(base.engine, registry, Enrolments(vault), Certifications(vault), pack)


def _client(
    settings: Settings, transport: Transport, shelf: SharedTokenStore, alarms: OperatorAlarms
) -> WeChatClient:
    app_id, secret = settings.wechat_app_id, settings.wechat_app_secret
    return WeChatClient(transport, app_id, secret, time.monotonic, shelf=shelf, alarms=alarms)


def _delivery(base: _Base, reception: Reception, refusals: RefusedReminders) -> DeliveryWorker:
    outbox, refused = Outbox(base.vault), refusals.pause
    return DeliveryWorker(base.engine, outbox, base.client, reception.resume, base.clock, refused=refused)


def _refusals(base: _Base, conversation: Conversation) -> RefusedReminders:
    return RefusedReminders(base.engine, Subscriptions(base.vault), conversation, base.clock)


def _page_login(base: _Base) -> PageLogin | None:
    settings = base.settings
    if not settings.wechat_oauth:
        return None
    return PageLogin(
        base.transport, settings.wechat_app_id, settings.wechat_app_secret, settings.wechat_open_base
    )


def _platform_pages(base: _Base, tickets: JsTickets) -> PlatformPages | None:
    settings = base.settings
    if settings.liveness != "wechat":
        return None
    return PlatformPages(tickets, settings.wechat_app_id, settings.public_url, settings.wechat_jssdk)


def _webhook(base: _Base, reception: Reception) -> Webhook:
    settings = base.settings
    return Webhook(
        token=settings.wechat_token,
        app_id=settings.wechat_app_id,
        aes_key=settings.wechat_aes_key,
        receive=reception.receive,
        clock=time.time,
        busy_text=BUSY_TEXT,
        alarms=base.alarms,
    )


def _captures(base: _Base, conversation: Conversation) -> CaptureService:
    vault = base.vault
    parts = CaptureParts(
        engine=base.engine,
        vault=vault,
        captures=Captures(vault),
        certifications=Certifications(vault),
        consents=Consents(),
        enrolments=Enrolments(vault),
        audit=Audit("captures"),
        pool=base.pool,
        conversation=conversation,
        look_up=_eligibility(base).look_up,
        clock=base.clock,
        liveness=base.settings.liveness,
        second_look_share=base.settings.second_look_share,
        platform=WeChatFace(base.client) if base.settings.liveness == "wechat" else None,
    )
    return CaptureService(parts)


def _start_workers(
    stack: AsyncExitStack, base: _Base, reception: Reception, refusals: RefusedReminders
) -> None:
    """Deliver, forget, and remind; an installation without a template sends no reminders."""
    settings = base.settings
    _keep_running(stack, _delivery(base, reception, refusals))
    _keep_running(stack, DailyRetention(Retention(base.engine, Sessions(base.vault), base.clock)))
    if settings.reminder_template_id:
        plan = ReminderPlan(
            template_id=settings.reminder_template_id,
            public_url=settings.public_url,
            days=settings.reminder_days,
        )
        _keep_running(stack, DailyReminders(ReminderScheduler(base.engine, base.vault, plan, base.clock)))


def _keep_running(stack: AsyncExitStack, worker: DeliveryWorker | DailyRetention | DailyReminders) -> None:
    task = asyncio.create_task(worker.run())

    async def finish() -> None:
        worker.stop()
        await task

    stack.push_async_callback(finish)


def _starts(base: _Base, conversation: Conversation) -> ReminderLinks:
    return ReminderLinks(base.engine, base.vault, conversation, _eligibility(base).look_up, base.clock)
