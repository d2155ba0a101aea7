"""Runs two `serve`, two `worker`, PostgreSQL and the simulator under faults; prints what was lost.

Run as `make chaos` (`make chaos CHAOS="--seconds 60"`), which mounts the small disk that is filled. Exit 1
where anything was lost, a program did not stop when it was asked to, or the run itself hung.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot.clock import system_clock
from bot.delivery.template_message import TemplateMessage
from bot.face_pack import load_checker
from bot.simulator.platform_crypto import PlatformCrypto
from dialogs.values import IdType
from face import RiskProfile
from storage.database import Engine, open_engine, transaction, upgrade
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.records.beneficiaries import Beneficiaries
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.schema.messaging import outbox
from storage.sealing.vault import Vault
from tests.acceptance.world import SELFIE
from tests.chaos.disk_postgres import DiskPostgres
from tests.chaos.fault_injection import PATIENCE, FaultInjection
from tests.chaos.faults import FAULTS, Installation
from tests.chaos.programs import Program
from tests.chaos.results import count_results
from tests.chaos.run import Run
from tests.chaos.run_watchdog import RunWatchdog
from tests.chaos.traffic import Traffic
from tests.support.captures.capture_service import PORTRAIT
from tests.support.programs.walker import Walker
from tests.support.storage.factories import beneficiary

PACK = "opencv-zoo"
APP_ID, SECRET, TOKEN = "wxchaos000000000", "chaos-secret", "chaos-token"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PEOPLE, READERS = 800, 300
_THINKING = 0.3
_LONGEST_START, _LONGEST_COUNT, _LONGEST_END = 600, 300, 200
"""Seconds after which a phase of the run is taken for hung."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The running installation, its database, and the people who use it."""

    installation: Installation
    engine: Engine
    vault: Vault
    walkers: list[Walker]
    readers: list[str]


async def main(disk: Path, seconds: float, seed: int, names: list[str]) -> int:
    """Inject faults under load and print what was lost; whatever hangs is named."""
    run = Run(f"{seconds:.0f} s, seed {seed}", Path(tempfile.mkdtemp(prefix="chaos")) / "log.txt")
    watchdog = RunWatchdog(run.show, run.kill)
    watchdog.phase("the start", _LONGEST_START)
    async with AsyncExitStack() as stack:
        ready = await _prepare(stack, run, disk, seed)
        engine, vault, traffic = ready.engine, ready.vault, ready.installation.traffic
        await _queue(engine, vault, traffic, ready.readers, seconds)
        await FaultInjection(ready.installation, run.events, watchdog, names).run(ready.walkers, seconds)
        watchdog.phase("what is still to be sent", PATIENCE + 60)
        await run.attempt("the outbox did not empty", _until_outbox_is_empty(engine))
        watchdog.phase("counting the results", _LONGEST_COUNT)
        counted = count_results(engine, vault, traffic, ready.walkers, ready.readers)
        run.result = await run.attempt("counting the results", counted)
        watchdog.phase("the end", _LONGEST_END)
    return run.show()


async def _prepare(stack: AsyncExitStack, run: Run, disk: Path, seed: int) -> _Prepared:
    """Start the installation with everybody enrolled; `stack` ends it."""
    log = stack.enter_context(run.log.open("wb"))
    postgres = await asyncio.to_thread(DiskPostgres, disk)
    run.kills.append(postgres.kill)
    stack.callback(postgres.server.cleanup)
    engine, vault = open_engine(postgres.url), Vault.from_setting(keys := Vault.new_setting())
    stack.push_async_callback(engine.dispose)
    ports = _ports()
    traffic = _traffic(await stack.enter_async_context(aiohttp.ClientSession()), ports)
    walkers = [Walker(n, traffic, traffic.open_page, SELFIE, _THINKING) for n in range(PEOPLE)]
    await upgrade(engine)
    await _enrol(engine, vault, walkers)
    settings = _settings(postgres.url, keys, await _platform(stack, traffic))
    serves = [Program(("serve", "--no-worker", "--port", str(port)), settings, log) for port in ports]
    workers = [Program(("worker",), settings, log) for _ in range(2)]
    await _start(stack, run, [*serves, *workers])
    installation = Installation(postgres, serves, workers, traffic, random.Random(seed), run.stops)  # noqa: S311
    return _Prepared(installation, engine, vault, walkers, [f"reader-{n}" for n in range(READERS)])


def _ports() -> list[int]:
    """Draw two ports away from those of tests: a server that is down for a while does not hold its own."""
    return random.sample(range(31_000, 32_000), 2)


def _traffic(session: aiohttp.ClientSession, ports: list[int]) -> Traffic:
    crypto = PlatformCrypto(TOKEN, AES_KEY, APP_ID)
    return Traffic(session, crypto, APP_ID, SECRET, [f"http://127.0.0.1:{port}" for port in ports])


async def _platform(stack: AsyncExitStack, traffic: Traffic) -> str:
    """Serve the platform's side of the traffic; returns the address of its API."""
    api = web.Application()
    api.add_routes(traffic.api.routes())
    server = await stack.enter_async_context(TestServer(api))
    stack.push_async_callback(traffic.api.close)
    return str(server.make_url("/wechat"))


async def _start(stack: AsyncExitStack, run: Run, programs: list[Program]) -> None:
    """Start all programs; each is killed at the end, and where the run hangs."""
    for program in programs:
        run.kills.append(program.kill_at_once)
        stack.push_async_callback(program.kill)
    await asyncio.gather(*(program.start() for program in programs))


def _settings(database: str, keys: str, api_base: str) -> dict[str, str]:
    chosen = {
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": SECRET,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "WECHAT_API_BASE": api_base,
        "WECHAT_OAUTH": "off",
        "PUBLIC_URL": "http://127.0.0.1",
        "DATABASE_URL": database,
        "DATA_KEYS": keys,
        "LIVENESS": "basic",
        "SECOND_LOOK_SHARE": "0",
    }
    return {f"PENSION_BOT_{name}": value for name, value in chosen.items()}


async def _enrol(engine, vault, walkers):
    """Register and enrol everybody with one portrait."""
    checker, now = load_checker(PACK, None, "", RiskProfile("standard")), system_clock()
    template = checker.enrol(PORTRAIT).template
    async with transaction(engine) as conn:
        rows = [beneficiary(one.person.number, identity=one.person) for one in walkers]
        await Beneficiaries(vault).put(conn, rows, now)
        for one in walkers:
            identity = (IdType.RESIDENT_ID, one.person.number)
            await Enrolments(vault).put(
                conn, EnrolmentTemplate(*identity, checker.pack_name, template, "file"), now
            )


async def _queue(engine, vault, traffic, readers, seconds):
    """Queue a template message for each reader over the time of the faults."""
    now, hello = system_clock(), TemplateMessage("tpl", "", {"thing1": "您好"}).to_json()
    items = []
    for place, reader in enumerate(readers):
        traffic.rules.followed(reader)
        due = now + timedelta(seconds=seconds * place / len(readers))
        items.append(OutboxItem(reader, OutboxKind.TEMPLATE, hello, due))
    async with transaction(engine) as conn:
        await Outbox(vault).put(conn, items, now)


async def _until_outbox_is_empty(engine):
    undone = select(func.count()).select_from(outbox).where(outbox.c.ended_at.is_(None))
    async with asyncio.timeout(PATIENCE):
        while True:
            async with engine.connect() as conn:
                if not (await conn.execute(undone)).scalar_one():
                    return
            await asyncio.sleep(0.5)


if __name__ == "__main__":
    words = argparse.ArgumentParser(prog="make chaos")
    words.add_argument("--seconds", type=float, default=300.0)
    words.add_argument("--seed", type=int, default=random.randrange(1000))  # noqa: S311
    words.add_argument("--fault", choices=FAULTS, action="append", help="only this one; may be repeated")
    words.add_argument("disk", type=Path)
    given = words.parse_args()
    sys.exit(asyncio.run(main(given.disk, given.seconds, given.seed, given.fault or list(FAULTS))))
