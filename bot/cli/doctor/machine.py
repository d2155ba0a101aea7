"""Checks of the machine: room on its disk, and the instructions that make face checks fast."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.capture.cores import usable_cores
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.errors import BotError
from bot.settings.command_settings import database_url, upload_dir
from bot.settings.environment import environment
from storage.backup import sqlite_path
from storage.errors import BackupRefused

_FULL, _SCARCE = 100 * 2**20, 2**30
"""Bytes: less than the first stops a database soon; less than the second is used up in a busy week."""
_LONG_LOG = 64 * 2**20
"""Bytes: sixteen times the length at which the log is restarted."""
_CPUINFO = Path("/proc/cpuinfo")
_FAST = frozenset({"avx2", "asimd"})
"""Flags of x86 and of ARM without which a face check takes several times as long."""


def machine(cpuinfo: Path = _CPUINFO) -> list[Finding]:
    """Check the disks that are written to, SQLite's log, and the processor."""
    return [*_disks(written_folders()), *_write_ahead_log(), *_processor(cpuinfo)]


def written_folders() -> dict[str, Path]:
    """Return the folders that the service and its commands write to, by what is in them.

    A backup goes where its command says, a server's log to the system's: the usual places are checked for
    both. A wrong setting is reported elsewhere.
    """
    folders = {"working folder": Path.cwd(), "temporary files": Path(tempfile.gettempdir())}
    try:
        folders["uploads"] = upload_dir(environment())
        folders["database"] = sqlite_path(database_url(environment())).parent
    except (BotError, BackupRefused):  # PostgreSQL's own disks are elsewhere
        pass
    return folders | {"logs": Path("/var/log"), "backups": Path("/var/backups")}


def _disks(folders: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield one finding per disk; a folder to be made is on the disk of its nearest existing parent."""
    found: dict[int, list[tuple[str, Path]]] = {}
    for what, folder in folders.items():
        there = next((one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir()), None)
        if there:
            found.setdefault(there.stat().st_dev, []).append((what, there))
    for number, on_disk in enumerate(found.values()):
        name = f"disk {number + 1}" if number else "disk"
        yield _disk(name, on_disk[0][1], ", ".join(what for what, _ in on_disk))


def _disk(name: str, folder: Path, holds: str) -> Finding:
    free = shutil.disk_usage(folder).free
    said = f"{free / 2**30:.1f} GiB free for {holds}"
    advice = "free some, or give database and backups a larger disk"
    if free < _FULL:
        return fail(name, said, advice)
    return warn(name, said, advice) if free < _SCARCE else ok(name, said)


def _write_ahead_log() -> Iterator[Finding]:
    """Yield a finding only for a write-ahead log that has grown long."""
    try:
        file = sqlite_path(database_url(environment())).resolve()  # behind a link: the log is there
        length = file.with_name(f"{file.name}-wal").stat().st_size
    except (BotError, BackupRefused, OSError):
        return
    if length > _LONG_LOG:
        advice = "a program reads without end: look for an export or a query that hangs, and end it"
        yield warn("write-ahead log", f"{length / 2**20:.0f} MiB", advice)


def _processor(cpuinfo: Path) -> Iterator[Finding]:
    """Yield a finding on the processor; nothing if the system does not name its instructions."""
    try:
        lines = cpuinfo.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        name, _, flags = line.partition(":")
        if name.strip() in {"flags", "Features"}:
            yield _flagged(set(flags.split()))
            return


def _flagged(flags: set[str]) -> Finding:
    said = f"{usable_cores()} usable cores"
    found = flags & _FAST
    if found:
        return ok("processor", f"{said}, {', '.join(sorted(found))}")
    return warn("processor", f"{said}, no AVX2", "face checks are slow here: choose another type of machine")
