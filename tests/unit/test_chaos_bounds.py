"""`make chaos` always ends with a report, which names what hung."""

import asyncio
import os
import subprocess
import sys
from random import Random
from types import SimpleNamespace

import pytest

from tests.chaos import fault_injection
from tests.chaos.fault_injection import Events, FaultInjection
from tests.chaos.run_watchdog import RunWatchdog
from tests.support.storage.stoppable_postgres import StoppablePostgres

_HANGS = """
import asyncio, sys, time
from tests.chaos.run_watchdog import RunWatchdog

async def wait_in_vain():
    await asyncio.Event().wait()

async def main():
    watchdog = RunWatchdog(lambda: print("the report"), lambda: print("all is killed", flush=True))
    watchdog.phase("the start", 60)
    watchdog.phase("disk full", 0.3)
    {how}

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("how", "stands"),
    [
        ("await wait_in_vain()", "task main > wait_in_vain > wait\n"),
        ("time.sleep(600)", "main"),
        ("asyncio.get_running_loop().run_in_executor(None, time.sleep, 600)", "shutdown_default_executor"),
    ],
    ids=["task", "blocked loop", "thread at the end"],
)
def test_hanging_run_is_ended_and_its_place_is_named(how, stands):
    script = [sys.executable, "-c", _HANGS.format(how=how)]
    ended = subprocess.run(script, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert ended.returncode == 1
    assert ended.stdout.startswith("\nhung: disk full, for 0 s\n")
    assert "the report\nall is killed\n" in ended.stdout
    assert stands in ended.stdout


@pytest.fixture
def installation(monkeypatch):
    async def fail(_installation):
        raise RuntimeError

    monkeypatch.setattr(fault_injection, "FAULTS", {"fails": fail})
    monkeypatch.setattr(fault_injection, "PATIENCE", 0.01)
    monkeypatch.setattr(fault_injection, "_CALM", (0, 0))
    return SimpleNamespace(dice=Random(1))  # noqa: S311


class Walker:
    async def walk(self, over, _most):
        await over.wait()
        await asyncio.Event().wait()


async def test_failing_fault_and_endless_walks_are_reported(installation):
    watchdog = RunWatchdog(print, print)
    injection = FaultInjection(installation, Events(), watchdog, ["fails"])
    await injection.run([Walker()] * fault_injection.AT_ONCE, 60)
    watchdog.stop()
    assert injection.events.troubles == [
        "fails: RuntimeError",
        *["a walk did not end: _walk > walk > wait"] * fault_injection.AT_ONCE,
    ]


def test_database_is_resumed_even_if_a_child_ended_while_frozen():
    parent = subprocess.Popen(["sleep", "600"])  # noqa: S607 - any program will do
    gone = SimpleNamespace(pid=2**22 + 1)  # above the largest process id
    server = SimpleNamespace(pid=parent.pid, children=lambda recursive: [gone] * recursive)
    postgres = StoppablePostgres.__new__(StoppablePostgres)
    postgres.server = SimpleNamespace(get_postmaster_info=lambda: SimpleNamespace(process=server))
    try:
        with postgres.frozen():
            assert os.WIFSTOPPED(os.waitpid(parent.pid, os.WUNTRACED)[1])
        assert os.WIFCONTINUED(os.waitpid(parent.pid, os.WCONTINUED)[1])
    finally:
        os.kill(parent.pid, 9)
        parent.wait()
