"""A registry of a million people, imported as an operator does: processor seconds and peak memory.

Run as `python -m tests.bench.million [ROWS]`. Processor seconds, unlike the time on a clock, hardly depend on
what else the machine does.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from storage.registry.row import COLUMNS
from storage.sealing.vault import Vault
from tests.bench.parts.registry import people
from tests.support.files.workbooks import write_workbook

ROWS = 1_000_000
_STEPS = (
    ("imported into an empty table", ()),
    ("imported again, unchanged", ()),
    ("counted by a dry run, with a full comparison", ("--dry-run", "--full", "440100")),
)


def main(rows: int) -> None:
    """Measure and print one line per step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS])
            csv.writer(file).writerows(people(rows))
        for line in chain(_measured(folder, rows), _workbook_measured(folder, rows)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def _settings(database: Path) -> dict[str, str]:
    """Make a database; return the settings that a command needs for it."""
    address = {"PENSION_BOT_DATABASE_URL": f"sqlite+aiosqlite:///{database}"}
    settings = os.environ | address | {"PENSION_BOT_DATA_KEYS": Vault.new_setting()}
    run_command(settings, "db", "upgrade")
    return settings


def _workbook_measured(folder: Path, rows: int) -> Iterator[str]:
    file = folder / "people.xlsx"
    apart = get_context("spawn")  # memory of this process would count in the command's peak
    for shares, where in ((False, "in the cells"), (True, "shared")):
        with ProcessPoolExecutor(1, apart) as writer:
            writer.submit(_write_workbook, file, rows, shares=shares).result()
        ran = run_command(_settings(folder / f"workbook{shares}.db"), "registry", "import", str(file))
        yield _line(rows, f"of a workbook, texts {where}", ran)


def _write_workbook(file: Path, rows: int, *, shares: bool) -> None:
    write_workbook(file, [COLUMNS, *people(rows)], shares=shares)


def _measured(folder: Path, rows: int) -> Iterator[str]:
    settings = _settings(folder / "people.db")
    for what, options in _STEPS:
        ran = run_command(settings, "registry", "import", str(folder / "people.csv"), *options)
        yield _line(rows, what, ran)
    yield f"database: {(folder / 'people.db').stat().st_size / 1e6:.0f} MB"


def _line(rows: int, what: str, ran: "MeasuredRun") -> str:
    return f"{rows:,} rows {what}: {ran.processor / rows * 1e6:.0f} µs a row; {ran}"


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """What a command took: core seconds, wall-clock seconds, and its peak memory in MB."""

    processor: float
    elapsed: float
    peak: float

    def __str__(self) -> str:
        load = os.getloadavg()[0]
        clock = f"{self.elapsed:.0f} s on the clock at a load of {load:.0f}"
        return f"{self.processor:.0f} s of a core, {clock}, {self.peak:.0f} MB"


def run_command(settings: Mapping[str, str], *words: str) -> MeasuredRun:
    """Run a command, and measure it."""
    began = perf_counter()
    command = [sys.executable, "-m", "bot.cli.main", *words]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=settings, **silent) as process:  # noqa: S603 - ours
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{words} ended with {process.returncode}"
        raise RuntimeError(message)
    return MeasuredRun(used.ru_utime + used.ru_stime, perf_counter() - began, used.ru_maxrss / 1000)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
