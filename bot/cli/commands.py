"""What each command does, once its arguments are read."""

import asyncio
import gc
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

from aiohttp import web
from tqdm import tqdm

from bot.cli.context import opened_engine
from bot.compose import delivery_only, open_checker, open_vault, service, system_clock
from bot.demo.demo import demo
from bot.enrolment.enroller import Enroller, EnrolmentReport
from bot.errors import BotError
from bot.settings.settings import (
    Settings,
    data_keys,
    database_url,
    environment,
    face_pack,
    from_environment,
)
from face import Reason
from storage.database import open_engine, upgrade
from storage.errors import BadFile
from storage.records.enrolments import Enrolments
from storage.registry.file import ImportReport, import_file

_LAST_REQUESTS = 4
"""Seconds that requests under way have at the end; live captures are sent away at once."""


async def _asked_to_stop() -> None:
    """Wait for Ctrl-C or a supervisor's SIGTERM: both stop in good order, finishing what is under way."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, asked.set)
    await asked.wait()


def _keep_loaded() -> None:
    """Hide from the garbage collector what is loaded and stays: a full round over it stops all for 50 ms."""
    gc.freeze()


async def run_demo(folder: Path, port: int) -> int:
    """Serve the demo until interrupted."""
    async with demo(folder, port) as app, _listening(app, "127.0.0.1", port):
        print(f"pension-bot demo: open http://127.0.0.1:{port}/sim", flush=True)
        await _asked_to_stop()
    return 0


async def run_serve(host: str, port: int, *, worker: bool) -> int:
    """Serve until interrupted."""
    settings = _settings()
    async with service(settings, worker=worker) as running, _listening(running.app, host, port):
        print(f"pension-bot: serving on {host}:{port}", flush=True)
        await _asked_to_stop()
    return 0


async def run_worker() -> int:
    """Deliver until interrupted."""
    settings = _settings()
    async with delivery_only(settings):
        _keep_loaded()
        print("pension-bot: delivering", flush=True)
        await _asked_to_stop()
    return 0


def _settings() -> Settings:
    """Read the settings of a server, and tell of names that are set in vain: misspelled ones, mostly."""
    settings = from_environment()
    logging.getLogger().setLevel(settings.log_level)
    for name in settings.unread:
        print(f"pension-bot: {name} is not read: this version has no such setting", file=sys.stderr)
    return settings


@asynccontextmanager
async def _listening(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Listen; no access log, since paths hold tickets and the platform's queries hold openids."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_REQUESTS)
    await runner.setup()
    _keep_loaded()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}"
        raise BotError(message) from None
    finally:
        await runner.cleanup()


async def run_upgrade() -> int:
    """Bring the database to the newest schema."""
    engine = open_engine(database_url(environment()))
    try:
        await upgrade(engine)
    finally:
        await engine.dispose()
    print("the database is at the newest schema")
    return 0


async def run_import(file: Path) -> int:
    """Import a registry file and print its counts."""
    source = environment()
    vault = open_vault(data_keys(source))
    async with opened_engine() as engine:
        try:
            with tqdm(unit=" rows") as bar:
                report = await import_file(engine, vault, file, system_clock(), _advance(bar))
        except (BadFile, OSError) as error:
            message = f"{file.name}: {error.strerror if isinstance(error, OSError) else error}"
            raise BotError(message) from None
    _print_counts(report)
    return 0


def _advance(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    def advance(rows: int) -> None:
        bar.update(rows)

    return advance


async def run_enrol(file: Path) -> int:
    """Enrol the photos that a file names and print the counts."""
    source = environment()
    vault = open_vault(data_keys(source))
    async with opened_engine() as engine:
        checker = open_checker(face_pack(source), None)
        try:
            with tqdm(unit=" rows") as bar:
                report = await Enroller(engine, Enrolments(vault), checker).enrol_file(file, _advance(bar))
        except OSError as error:
            message = f"{file.name}: {error.strerror}"
            raise BotError(message) from None
    _print_counts(report)
    return 0


def _print_counts(report: ImportReport | EnrolmentReport) -> None:
    print(
        f"new {report.new}, changed {report.changed}, unchanged {report.unchanged}, refused {report.refused}"
    )


async def run_verify(reference: Path, capture: Path) -> int:
    """Compare two photos and print every score; 0 passed, 1 not."""
    return await asyncio.to_thread(_verify, reference, capture)


def _verify(reference: Path, capture: Path) -> int:
    try:
        checker = open_checker(face_pack(environment()), None)
        enrolled = checker.enrol(reference.read_bytes())
        probe = capture.read_bytes()
    except OSError as error:
        message = f"{Path(error.filename).name}: {error.strerror}"
        raise BotError(message) from None
    _require_image(enrolled.reason, reference)
    if enrolled.template is None:
        print(json.dumps({"outcome": "retry", "reason": enrolled.reason, "of": "reference"}))
        return 1
    verdict = checker.check_image(probe, enrolled.template)
    _require_image(verdict.reason, capture)
    fields = {"outcome": verdict.outcome, "reason": verdict.reason, "score": verdict.score}
    print(json.dumps({**fields, "threshold": verdict.threshold, "pack": verdict.pack}))
    return 0 if verdict.reason is Reason.OK else 1


def _require_image(reason: Reason, file: Path) -> None:
    """Tell wrong usage, a file that is no image, from a face that failed."""
    if reason is Reason.BAD_MEDIA:
        message = f"{file.name} is not an image that can be read"
        raise BotError(message)
