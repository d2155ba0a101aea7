"""`serve --processes N` in its own processes, on a database that is migrated here."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psutil

from storage.sealing.vault import Vault
from tests.bench.deliveries import AES_KEY, APP_ID, TOKEN
from tests.support.storage.migrated import migrate

_PORT_OF_ONE = "31999"
"""A group finds a free port on its own; a single process is given one."""


@contextmanager
def serving_group(settings: Mapping[str, str], processes: int) -> Iterator[tuple[psutil.Process, int]]:
    """Serve without delivery for the block; yield the program, whose children serve, and its port."""
    migrate(settings["PENSION_BOT_DATABASE_URL"])
    port = "0" if processes > 1 else _PORT_OF_ONE
    words = ("serve", "--no-worker", "--port", port, "--processes", str(processes))
    command = [sys.executable, "-m", "bot.cli.main", *words]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE) as program:  # noqa: S603
        try:
            number = int(program.stdout.readline().split()[3].rpartition(b":")[2])
            yield psutil.Process(program.pid), number
        finally:
            program.terminate()


def serve_settings(address: str) -> dict[str, str]:
    """Return the environment of a `serve` that accepts the bench's deliveries."""
    chosen = {
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": "bench",
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "PUBLIC_URL": "https://pension.example",
        "DATABASE_URL": address,
        "DATA_KEYS": Vault.new_setting(),
    }
    return {**os.environ, **{f"PENSION_BOT_{name}": value for name, value in chosen.items()}}
