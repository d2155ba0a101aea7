"""Checks of the machine: room on its disk, and the instructions that make face checks fast."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.capture.cores import usable_cores
from bot.cli.doctor.findings import Finding, fail, ok, warn

_FULL, _SCARCE = 100 * 2**20, 2**30
"""Bytes: less stops a database soon; less than the second is gone in a busy week."""
_CPUINFO = Path("/proc/cpuinfo")
_FAST = frozenset({"avx2", "asimd"})
"""Flags of x86 and of ARM without which a face check takes several times as long."""


def machine(cpuinfo: Path = _CPUINFO) -> list[Finding]:
    """Check the disk of the working folder, and the processor."""
    return [_disk(), *_processor(cpuinfo)]


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    said = f"{free / 2**30:.1f} GiB free in the working folder"
    advice = "free some, or give database and backups a larger disk"
    if free < _FULL:
        return fail("disk", said, advice)
    return warn("disk", said, advice) if free < _SCARCE else ok("disk", said)


def _processor(cpuinfo: Path) -> Iterator[Finding]:
    """Yield nothing where the system does not tell."""
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
