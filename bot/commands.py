"""What each command does, once its arguments are read."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

from aiohttp import web
from tqdm import tqdm

from bot.compose import delivery_only, open_checker, open_vault, service, system_clock
from bot.demo import demo
from bot.enrolment import Enroller, EnrolmentReport
from bot.errors import BotError
from bot.settings import data_keys, database_url, environment, face_pack, from_environment
from face import Reason
from storage.database import open_engine, upgrade
from storage.errors import BadFile
from storage.registry_file import ImportReport, import_file
from storage.templates import Templates


async def run_demo(folder: Path, port: int) -> int:
    """Serve the demo until interrupted."""
    async with demo(folder, port) as app, _listening(app, "127.0.0.1", port):
        print(f"pension-bot demo: open http://127.0.0.1:{port}/sim", flush=True)
        await asyncio.Event().wait()
    return 0


async def run_serve(host: str, port: int, *, worker: bool) -> int:
    """Serve until interrupted."""
    async with service(from_environment(), worker=worker) as running, _listening(running.app, host, port):
        print(f"pension-bot: serving on {host}:{port}", flush=True)
        await asyncio.Event().wait()
    return 0


async def run_worker() -> int:
    """Deliver until interrupted."""
    async with delivery_only(from_environment()):
        print("pension-bot: delivering", flush=True)
        await asyncio.Event().wait()
    return 0


@asynccontextmanager
async def _listening(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Listen; no access log, since paths hold tickets and the platform's queries hold openids."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
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
    await upgrade(engine)
    await engine.dispose()
    print("the database is at the newest schema")
    return 0


async def run_import(file: Path) -> int:
    """Import a registry file and print its counts."""
    source = environment()
    vault, engine = open_vault(data_keys(source)), open_engine(database_url(source))
    try:
        with tqdm(unit=" rows") as bar:
            report = await import_file(engine, vault, file, system_clock(), _advance(bar))
    except (BadFile, OSError) as error:
        message = f"{file.name}: {error.strerror if isinstance(error, OSError) else error}"
        raise BotError(message) from None
    finally:
        await engine.dispose()
    _print_counts(report)
    return 0


def _advance(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    def advance(rows: int) -> None:
        bar.update(rows)

    return advance


async def run_enrol(file: Path) -> int:
    """Enrol the photos that a file names and print the counts."""
    source = environment()
    vault, engine = open_vault(data_keys(source)), open_engine(database_url(source))
    checker = open_checker(face_pack(source), None)
    try:
        with tqdm(unit=" rows") as bar:
            report = await Enroller(engine, Templates(vault), checker).enrol_file(file, _advance(bar))
    except OSError as error:
        message = f"{file.name}: {error.strerror}"
        raise BotError(message) from None
    finally:
        await engine.dispose()
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
    if enrolled.template is None:
        print(json.dumps({"outcome": "retry", "reason": enrolled.reason, "of": "reference"}))
        return 1
    verdict = checker.check_image(probe, enrolled.template)
    fields = {"outcome": verdict.outcome, "reason": verdict.reason, "score": verdict.score}
    print(json.dumps({**fields, "threshold": verdict.threshold, "pack": verdict.pack}))
    return 0 if verdict.reason is Reason.OK else 1
