"""`serve`, `worker` and `demo`: the programs that run until they are stopped."""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from pathlib import Path
from typing import TypeVar

from bot.cli.operator.console import Words
from bot.logs import choose_format
from bot.server.listening import listening
from bot.server.supervisor import tell_ready
from bot.settings.parsers import port
from bot.settings.settings import Settings, from_environment

_P = TypeVar("_P", bound=argparse.ArgumentParser)

ORDER = 1
"""Position of the commands in `--help`."""


def add_to(words: "Words[_P]") -> None:
    """Add the three commands."""
    for_demo = words.add_parser("demo", help="service and simulator on this machine, nothing leaves it")
    for_demo.add_argument("--port", type=port, default=8080)
    for_demo.add_argument("--data-dir", type=Path, default=Path("demo-data"))
    for_demo.set_defaults(run=lambda options: run_demo(options.data_dir.resolve(), options.port))
    serve = words.add_parser("serve", help="the service, from settings")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=port, default=8000)
    serve.add_argument("--no-worker", action="store_true", help="leave delivery to `worker`")
    serve.set_defaults(
        run=lambda options: run_serve(options.host, options.port, worker=not options.no_worker)
    )
    words.add_parser("worker", help="delivery alone, beside `serve --no-worker`").set_defaults(
        run=lambda _: run_worker()
    )


async def run_demo(folder: Path, port: int) -> int:
    """Serve the demo until interrupted."""
    from bot.demo.demo import demo

    async with demo(folder, port) as app, listening(app, "127.0.0.1", port):
        _keep_loaded()
        print(f"pension-bot demo: open http://127.0.0.1:{port}/sim", flush=True)
        await _asked_to_stop()
    return 0


async def run_serve(host: str, port: int, *, worker: bool) -> int:
    """Serve until interrupted."""
    from bot.compose import service

    settings = _settings()
    async with service(settings, worker=worker) as running, listening(running.app, host, port):
        _keep_loaded()
        print(f"pension-bot: serving on {host}:{port}", flush=True)
        tell_ready()
        await _asked_to_stop()
    return 0


async def run_worker() -> int:
    """Deliver until interrupted."""
    from bot.process import delivery_only

    settings = _settings()
    async with delivery_only(settings):
        _keep_loaded()
        print("pension-bot: delivering", flush=True)
        tell_ready()
        await _asked_to_stop()
    return 0


async def _asked_to_stop() -> None:
    """Wait for Ctrl-C or a supervisor's SIGTERM: both stop in good order, finishing what is under way."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    await stop.wait()


def _keep_loaded() -> None:
    """Hide from the garbage collector what is loaded and stays: a full round over it stops all for 50 ms."""
    gc.freeze()


def _settings() -> Settings:
    """Read the settings of a server, and tell of names that are set in vain: misspelled ones, mostly."""
    settings = from_environment()
    choose_format(settings.log_format)
    logging.getLogger().setLevel(settings.log_level)
    for name in settings.unread:
        print(f"pension-bot: {name} is not read: this version has no such setting", file=sys.stderr)
    return settings
