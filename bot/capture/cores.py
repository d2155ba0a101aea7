"""Number of cores that this process may use, by which the pools and the queue are sized.

In a container `os.cpu_count` returns the host's cores. The cores that a process really has follow from the
CPU quota of its control group and from its affinity.
"""

import math
import os
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path("/")
_V1_MOUNTS = ("cpu", "cpu,cpuacct", "cpuacct,cpu")


def share_of_cores(processes: int) -> int:
    """Return the share of one of `processes` equal processes on this machine, in cores, rounded up."""
    return math.ceil(usable_cores() / processes)


def usable_cores(root: Path = _ROOT) -> int:
    """Return the lesser of the affinity's cores and the quota, rounded up; at least 1.

    `root` holds `proc` and `sys`. Quotas are those of cgroup v2 (`cpu.max`, Linux `admin-guide/cgroup-v2`)
    and v1 (`cpu.cfs_quota_us`, `scheduler/sched-bwc`), of the process's group and of every group above it.
    """
    return max(1, math.ceil(min([float(_affinity()), *_quotas(root)])))


def _affinity() -> int:
    """Return the cores on which the process may be scheduled; all if there is no affinity."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _quotas(root: Path) -> Iterator[float]:
    """Yield each quota in cores."""
    for folder in _folders(root):
        match _words(folder / "cpu.max") or _words(folder / "cpu.cfs_quota_us", folder / "cpu.cfs_period_us"):
            case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
                yield int(quota) / int(period)


def _folders(root: Path) -> Iterator[Path]:
    """Yield the folders of the process's groups, and of those above them up to the mount.

    Inside a container the path of `/proc/self/cgroup` may be the host's and not exist; the mount remains.
    """
    for line in _lines(root / "proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        for name in _V1_MOUNTS if controllers else ("",):
            mount = root / "sys/fs/cgroup" / name
            group = mount / path.lstrip("/")
            yield from (folder for folder in (group, *group.parents) if folder.is_relative_to(mount))


def _lines(file: Path) -> list[str]:
    """Read the lines of a file; none if it does not exist."""
    try:
        return file.read_text().splitlines()
    except OSError:
        return []


def _words(*files: Path) -> list[str]:
    return [word for file in files for line in _lines(file) for word in line.split()]
