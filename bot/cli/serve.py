"""`serve`, `worker` and `demo`: the programs that run until they are stopped."""

import argparse
import asyncio
import logging
import signal
import sys
import tempfile
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path

from bot.background.background_task import background_task
from bot.cli.operator.terminal import Subcommands, port, whole_number
from bot.errors import BadSetting
from bot.runtime.garbage_collection import freeze_loaded, pause_collection
from bot.runtime.logs import choose_format
from bot.server.bounded_stop import bounded_stop
from bot.server.http_server import held_port, listening
from bot.server.process_group import running
from bot.server.serving_group import MEMBER_OPTION, QUEUE_OPTION, serving_group
from bot.server.supervisor import systemd_watchdog, tell_ready
from bot.server.watchdog import MonitoredLoops, group_watchdog, watched
from bot.settings.environment import environment
from bot.settings.relaxations import doubts
from bot.settings.settings import Settings, from_environment
from storage.database import is_in_memory

ORDER = 1
"""Position of the commands in `--help`."""

_processes = whole_number(1, 64)
_of_group = whole_number(0, 2**31 - 1)
"""Reads the options that a group passes to its members: their number, and a file's descriptor."""
_IN_MEMORY = "--processes needs a database that all of them open: PostgreSQL, or SQLite in a file"


def add_to(subcommands: Subcommands) -> None:
    """Add the three commands."""
    for_demo = subcommands.add_parser(
        "demo", help="run service and simulator on this machine; nothing leaves it"
    )
    for_demo.add_argument("--port", type=port, default=8080)
    for_demo.add_argument("--data-dir", type=Path, default=Path("demo-data"))
    for_demo.set_defaults(run=lambda options: run_demo(options.data_dir.resolve(), options.port))
    serve = subcommands.add_parser("serve", help="run the service, from settings")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=port, default=8000)
    serve.add_argument("--no-worker", action="store_true", help="leave delivery to `worker`")
    serve.add_argument(
        "--processes", type=_processes, default=1, help="number of serving processes on this port"
    )
    worker = subcommands.add_parser("worker", help="run delivery only, alongside `serve --no-worker`")
    for member in (serve, worker):
        member.add_argument(MEMBER_OPTION, type=_of_group, default=0, help=argparse.SUPPRESS)
    serve.add_argument(QUEUE_OPTION, type=_of_group, dest="queue_file", help=argparse.SUPPRESS)
    serve.set_defaults(run=_run_serve)
    worker.set_defaults(run=lambda options: run_worker(options.member_of))


def _run_serve(options: argparse.Namespace) -> Coroutine[None, None, int]:
    worker = not options.no_worker
    if options.processes == 1:
        return run_serve(
            options.host,
            options.port,
            worker=worker,
            member_of=options.member_of,
            queue_file=options.queue_file,
        )
    return run_group(options.host, options.port, options.processes, worker=worker)


async def run_demo(folder: Path, port: int) -> int:
    """Serve the demo until interrupted."""
    pause_collection()
    from bot.demo.demo import demo
    from bot.wiring.compose import PREPARE

    async with demo(folder, port) as app, listening(app, "127.0.0.1", port):
        freeze_loaded()
        print(f"pension-bot demo: open http://127.0.0.1:{port}/sim", flush=True)
        async with background_task(app[PREPARE].wait()):
            await _asked_to_stop()
    return 0


async def run_serve(host: str, port: int, *, worker: bool, member_of: int, queue_file: int | None) -> int:
    """Serve until interrupted; as one of a group of `member_of` processes, or alone (0)."""
    pause_collection()
    from bot.wiring.compose import PREPARE, service

    settings, grouped = _settings(member_of), member_of > 0
    async with (
        bounded_stop() as stopping,
        service(settings, worker=worker, processes=member_of or 1, queue_file=queue_file) as running,
        listening(running.app, host, port, shared=grouped),
    ):
        freeze_loaded()
        async with background_task(running.app[PREPARE].wait()), _watched(running.loops, grouped=grouped):
            await _asked_to_stop(f"serving on {host}:{port}", grouped=grouped)
            stopping()
    return 0


async def run_group(host: str, port: int, processes: int, *, worker: bool) -> int:
    """Serve with several processes at one port, and deliver with one more, until interrupted."""
    from bot.wiring.process import require_database

    settings = _settings()
    if is_in_memory(settings.database_url):
        raise BadSetting(_IN_MEMORY)
    await require_database(settings)  # else each member would say what is wrong
    with held_port(host, port) as number, tempfile.TemporaryFile() as queue:
        members = serving_group(environment(), (host, number), processes, queue.fileno(), worker=worker)
        async with running(members), watched(systemd_watchdog()):
            await _asked_to_stop(f"serving on {host}:{number} with {processes} processes")
    return 0


async def run_worker(member_of: int) -> int:
    """Deliver until interrupted."""
    pause_collection()
    from bot.wiring.workers import delivery_only

    settings, grouped = _settings(member_of), member_of > 0
    async with (
        bounded_stop() as stopping,
        delivery_only(settings) as process,
        _watched(process.loops, grouped=grouped),
    ):
        freeze_loaded()
        await _asked_to_stop("delivering", grouped=grouped)
        stopping()
    return 0


def _watched(loops: MonitoredLoops, *, grouped: bool) -> AbstractAsyncContextManager[None]:
    """Show the group, or systemd, that the event loop and the parts of the process are alive."""
    return watched(group_watchdog() if grouped else systemd_watchdog(), loops.moved)


def _announce(what: str) -> None:
    """Say that the program is ready, to the terminal and to systemd; a group may be gone by then."""
    with suppress(BrokenPipeError):
        print(f"pension-bot: {what}", flush=True)
    tell_ready()


async def _asked_to_stop(ready: str = "", *, grouped: bool = False) -> None:
    """Say that the program is ready, and wait for Ctrl-C or a supervisor's SIGTERM.

    Both stop the program in good order, finishing what is under way. A member of a group also stops when its
    standard input closes: the process that started it is gone.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    if ready:
        _announce(ready)
    if grouped:
        loop.add_reader(sys.stdin, stop.set)
    await stop.wait()
    if grouped:
        loop.remove_reader(sys.stdin)


def _settings(member_of: int = 0) -> Settings:
    """Read the settings of a server, and print doubtful ones, above all names that no setting has.

    A group prints them once, before its members start.
    """
    settings = from_environment()
    choose_format(settings.log_format)
    logging.getLogger().setLevel(settings.log_level)
    if not member_of:
        unread = [f"{name} is not read: this version has no such setting" for name in settings.unread]
        for said in (*unread, *doubts(settings)):
            print(f"pension-bot: {said}", file=sys.stderr)
    return settings
