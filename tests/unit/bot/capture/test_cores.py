"""The cores that a container or an affinity leaves to the service."""

import subprocess
import sys

import pytest

from bot.capture.cores import usable_cores
from bot.capture.face_pool import FacePool
from bot.capture.live_queue import INSIDE_PER_CORE, LiveQueue

V2, V1 = "0::/", "5:memory:/\n4:cpu,cpuacct:/docker/abc"
QUOTAS = {
    "no control group": ("", {}, 64),
    "v2 without a quota": (V2, {"cpu.max": "max 100000"}, 64),
    "v2, two cores": (V2, {"cpu.max": "200000 100000"}, 2),
    "v2, one core and a half": (V2, {"cpu.max": "150000 100000"}, 2),
    "v2, a tenth of a core": (V2, {"cpu.max": "10000 100000"}, 1),
    "v2, a quota of the parent group": (
        "0::/a/b",
        {"a/cpu.max": "300000 100000", "a/b/cpu.max": "max 100000"},
        3,
    ),
    "v2, the path is the host's": ("0::/kubepods/x", {"cpu.max": "200000 100000"}, 2),
    "v2, more than the affinity": (V2, {"cpu.max": "9900000 100000"}, 64),
    "v1, two cores": (
        V1,
        {
            "cpu,cpuacct/docker/abc/cpu.cfs_quota_us": "200000",
            "cpu,cpuacct/docker/abc/cpu.cfs_period_us": "100000",
        },
        2,
    ),
    "v1, mounted at the group": (V1, {"cpu/cpu.cfs_quota_us": "100000", "cpu/cpu.cfs_period_us": "50000"}, 2),
    "v1 without a quota": (V1, {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, 64),
    "nonsense": (V2, {"cpu.max": "many 0"}, 64),
    "a period of zero": (V2, {"cpu.max": "100 0"}, 64),
}


@pytest.fixture
def host(monkeypatch):
    """Make this a machine of 64 cores."""
    monkeypatch.setattr("bot.capture.cores.os.sched_getaffinity", lambda _: set(range(64)))


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize(("group", "files", "cores"), QUOTAS.values(), ids=QUOTAS.keys())
def test_control_group_quota_limits_usable_cores(tmp_path, group, files, cores):
    texts = {"proc/self/cgroup": group} | {f"sys/fs/cgroup/{name}": text for name, text in files.items()}
    for name, text in texts.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n" if text else "")
    assert usable_cores(tmp_path) == cores


def test_cpu_affinity_limits_usable_cores(monkeypatch, tmp_path):
    monkeypatch.setattr("bot.capture.cores.os.sched_getaffinity", lambda _: {3, 5})
    assert usable_cores(tmp_path) == 2


def test_cpu_affinity_of_a_real_process_limits_usable_cores():
    script = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "from bot.capture.cores import usable_cores; print(usable_cores())"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout == "1\n"


async def test_pool_and_queue_sizes_follow_usable_cores(monkeypatch):
    for module in ("face_pool", "live_queue"):
        monkeypatch.setattr(f"bot.capture.{module}.usable_cores", lambda: 3)
    queue = LiveQueue()
    turns = [queue.join(bytes([key])) for key in range(3 * INSIDE_PER_CORE + 1)]
    assert [turn.place for turn in turns[-2:]] == [0, 1]
    pool = FacePool(checker=None)
    assert (pool._executor._max_workers, pool._guides._max_workers) == (3, 3)
    await pool.close()
