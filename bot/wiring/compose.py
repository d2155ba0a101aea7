"""Wires the pages and the face checks to a process: from settings to a running application."""

import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.background.background_task import background_task
from bot.background.database_clock import seconds_since_start
from bot.background.preparation import Preparation
from bot.capture.cores import share_of_cores, usable_cores
from bot.capture.face_pool import FacePool
from bot.capture.live_counts import SharedLiveCounts
from bot.capture.live_queue import INSIDE_PER_CORE, LiveQueue
from bot.capture.measured_service import MeasuredCaptures, MeasuredFeed
from bot.capture.parts import CaptureParts
from bot.capture.service import CaptureService
from bot.capture.turn_serials import MachineTurnSerials, TurnSerials
from bot.console.app import console_site
from bot.console.parts import ConsoleParts
from bot.conversation.reception import Reception
from bot.conversation.talk_service import TalkService
from bot.conversation.transaction import Conversation
from bot.delivery.template_reports import TemplateReportIntake
from bot.face_pack import load_checker
from bot.h5.capture_routes import add_pages
from bot.h5.jssdk_routes import jssdk_routes
from bot.h5.live.websocket import LiveSocket
from bot.h5.platform_routes import JsSdkConfig
from bot.h5.start.routes import start_app
from bot.h5.verification_files import add_verification_files
from bot.h5.voice.recordings import add_recordings
from bot.metrics.port import Metrics
from bot.metrics.series import Count, Level
from bot.reminders.blocked_reminders import BlockedReminders
from bot.reminders.links import ReminderLinks
from bot.server.direct_dispatch import DIRECT_HANDLERS
from bot.server.health import health_routes
from bot.server.http_server import listening
from bot.server.proxies import trust_proxies
from bot.server.watchdog import MonitoredLoops
from bot.settings.liveness import Liveness, LivenessProfile
from bot.settings.relaxations import absent, relaxations
from bot.settings.settings import Settings
from bot.wechat.api.face_verification import WeChatFace
from bot.wechat.api.jssdk import JsTickets
from bot.wechat.api.oauth import PageLogin
from bot.wechat.webhook import PATHS, Webhook
from bot.wiring.credentials import credentials_of
from bot.wiring.process import (
    Process,
    conversation_of,
    eligibility_of,
    open_process,
    reading_of,
    refusals_of,
    talk_service_of,
)
from bot.wiring.workers import start_workers, watch_talks
from face import ChildDecoder, DecoderEnd, RiskProfile
from messages.catalogue.phrases import BUSY_TEXT
from storage.database import Engine
from storage.sealing.vault import Vault

PREPARE = web.AppKey("PREPARE", Preparation)
"""Prepares what the first message would otherwise wait for; runs while the socket listens."""

_LARGEST_BODY = 32 * 1024 * 1024
"""Bytes of a request's body; a recorded video is the largest."""

_WAITING_CHECKS = 40
"""Face checks that may wait: at 50 ms each on two cores, a second; after that "busy" is the honest answer."""


@dataclass(frozen=True, slots=True)
class Service:
    """A started service: its application, and the other parts that the demo needs."""

    app: web.Application
    engine: Engine
    vault: Vault
    pool: FacePool
    captures: CaptureService
    queue: LiveQueue
    live_counts: SharedLiveCounts
    talks: TalkService
    clock: Callable[[], datetime]
    loops: MonitoredLoops


@asynccontextmanager
async def service(
    settings: Settings,
    *,
    worker: bool = True,
    clock: Callable[[], datetime] | None = None,
    processes: int = 1,
    queue_file: int | None = None,
) -> AsyncIterator[Service]:
    """Run everything but the listening socket; the block's end stops it in good order.

    It is one of `processes` that share the machine: its face checks take their share of the cores, and the
    processes share the queue before the live capture through the open file `queue_file`.
    """
    cores = share_of_cores(processes)
    async with AsyncExitStack() as stack:
        process = await open_process(stack, settings, clock)
        asked = settings.liveness_profile
        profile = None if asked == LivenessProfile.OFF else RiskProfile(asked)
        decoder = _decoder(process.metrics)
        stack.callback(decoder.close)
        checker = load_checker(
            settings.face_pack, settings.face_threshold, settings.face_liveness_pack, profile, decoder
        )
        waiting = math.ceil(_WAITING_CHECKS / processes)
        pool = FacePool(checker, cores, waiting, process.metrics)
        stack.push_async_callback(pool.close)
        checker.warm_up()
        yield await _wire(stack, process, pool, _watched_queue(process.metrics, queue_file), worker=worker)


def _decoder(metrics: Metrics) -> ChildDecoder:
    """Make the decoding processes, whose counters begin at 0."""
    for end in DecoderEnd:
        metrics.count(Count.DECODER_ENDS, end, by=0)
    return ChildDecoder(partial(metrics.count, Count.DECODER_ENDS))


async def _wire(
    stack: AsyncExitStack, process: Process, pool: FacePool, queue: LiveQueue, *, worker: bool
) -> Service:
    conversation, reading = conversation_of(process), reading_of(process)
    refusals, talks = refusals_of(process, conversation), talk_service_of(process, conversation)
    reception = _reception(stack, process, conversation, refusals, reading)
    if worker:
        start_workers(stack, process, reception, refusals)
        watch_talks(stack, process, talks)
    captures = _captures(process, conversation, pool)
    settings = process.settings
    app = web.Application(middlewares=trust_proxies(settings.trusted_proxies), client_max_size=_LARGEST_BODY)
    app[PREPARE] = reading
    webhook = _webhook(process, reception)
    app.add_routes(webhook.routes())
    app[DIRECT_HANDLERS] = {("POST", path): webhook.deliver for path in PATHS}
    _add_pages(app, process, captures, queue, _starts(process, conversation))
    app.add_routes(health_routes(process.engine, relaxations(settings), absent(settings)))
    counts = SharedLiveCounts(process.engine, queue, process.clock)
    await stack.enter_async_context(background_task(counts.run()))
    await _open_console(stack, process, counts, pool, talks)
    return Service(
        app, process.engine, process.vault, pool, captures, queue, counts, talks, process.clock, process.loops
    )


def _reception(
    stack: AsyncExitStack,
    process: Process,
    conversation: Conversation,
    refusals: BlockedReminders,
    reading: Preparation,
) -> Reception:
    """Start the reception of the platform's deliveries; the stack ends it."""
    reception = Reception(
        conversation,
        eligibility_of(process).look_up,
        templates=TemplateReportIntake(process.engine, process.clock, refusals.pause),
        metrics=process.metrics,
        prepared=reading.wait,
    )
    reception.start()
    stack.push_async_callback(reception.close)
    return reception


def _add_pages(
    app: web.Application, process: Process, captures: CaptureService, queue: LiveQueue, starts: ReminderLinks
) -> None:
    """Add everything that a person's browser opens: captures, receipts, legal texts, a reminder's link."""
    live = LiveSocket(captures, queue)
    app.on_shutdown.append(live.stop)
    add_recordings(app, process.settings.voice_dir)
    add_verification_files(app, process.settings.verify_files)
    login, public_url = _page_login(process), process.settings.public_url
    tickets = JsTickets(process.client.js_ticket, seconds_since_start)
    add_pages(app, captures, login, public_url, live=live, platform=_jssdk_config(process, tickets))
    app.add_subapp("/h5/start", start_app(starts, login, public_url))
    app.add_routes(jssdk_routes(tickets, process.settings.wechat_app_id, public_url))


async def _open_console(
    stack: AsyncExitStack, process: Process, counts: SharedLiveCounts, pool: FacePool, talks: TalkService
) -> None:
    """Serve the console at its own address, if one is set."""
    at = process.settings.admin_listen
    if at is None:
        return
    settings = process.settings
    parts = ConsoleParts(
        process.engine,
        process.vault,
        process.clock,
        live=counts,
        public_url=settings.public_url,
        uploads=settings.admin_upload_dir,
        pool=pool,
        by_two=settings.admin_four_eyes,
        talks=talks if settings.human_service().is_offered else None,
        exports=bool(settings.export_url),
    )
    site = console_site(parts, trust_proxies(settings.trusted_proxies))
    await stack.enter_async_context(listening(site, at.host, at.port))


def _watched_queue(metrics: Metrics, file: int | None) -> LiveQueue:
    serials = TurnSerials() if file is None else MachineTurnSerials(file)
    queue = LiveQueue(INSIDE_PER_CORE * usable_cores(), serials=serials)
    metrics.watch(Level.LIVE_INSIDE, lambda: queue.inside_here)
    metrics.watch(Level.LIVE_WAITING, lambda: queue.waiting_here)
    metrics.watch(Level.LIVE_PLACES, lambda: queue.places)
    return queue


def _page_login(process: Process) -> PageLogin | None:
    settings = process.settings
    if not settings.wechat_oauth:
        return None
    return PageLogin(process.transport, credentials_of(settings), settings.wechat_open_base)


def _jssdk_config(process: Process, tickets: JsTickets) -> JsSdkConfig | None:
    settings = process.settings
    if settings.liveness != Liveness.WECHAT:
        return None
    return JsSdkConfig(tickets, settings.wechat_app_id, settings.public_url, settings.wechat_jssdk)


def _webhook(process: Process, reception: Reception) -> Webhook:
    settings = process.settings
    return Webhook(
        token=settings.wechat_token,
        app_id=settings.wechat_app_id,
        aes_key=settings.wechat_aes_key,
        receive=reception.receive,
        clock=time.time,
        busy_text=BUSY_TEXT,
        alarms=process.alarms,
        metrics=process.metrics,
    )


def _captures(process: Process, conversation: Conversation, pool: FacePool) -> CaptureService:
    parts = CaptureParts(
        engine=process.engine,
        vault=process.vault,
        pool=pool,
        conversation=MeasuredFeed(conversation, process.metrics),
        look_up=eligibility_of(process).look_up,
        clock=process.clock,
        liveness=process.settings.liveness,
        second_look_share=process.settings.second_look_share,
        platform=WeChatFace(process.client) if process.settings.liveness == Liveness.WECHAT else None,
        exports=bool(process.settings.export_url),
    )
    return MeasuredCaptures(parts, process.metrics)


def _starts(process: Process, conversation: Conversation) -> ReminderLinks:
    return ReminderLinks(
        process.engine, process.vault, conversation, eligibility_of(process).look_up, process.clock
    )
