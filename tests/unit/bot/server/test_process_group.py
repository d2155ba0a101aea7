"""A group of processes: an exited member restarts; a member that does not start stops the group."""

import asyncio
import sys

import pytest

from bot.background import backoff
from bot.server import process_group
from bot.server.process_group import GroupMember, NotStarted, running

SERVES = "import sys, time; open(sys.argv[1], 'a').write('.'); print('ready', flush=True); sys.stdin.read()"
DIES = "import sys, time; open(sys.argv[1], 'a').write('.'); print('ready', flush=True)"
FAILS = "raise SystemExit(3)"
KILLED = "import os; os.kill(os.getpid(), 9)"


def member(name, script, file=""):
    return GroupMember(name, ["-c", script, str(file)], {})


async def until(condition):
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - looks at another process's file
            await asyncio.sleep(0.01)


async def test_members_are_ready_in_the_block_and_stopped_after_it(tmp_path):
    files = [tmp_path / "one", tmp_path / "two"]
    async with running([member(file.name, SERVES, file) for file in files]):
        assert [file.read_text() for file in files] == [".", "."]
    assert [file.read_text() for file in files] == [".", "."]


async def test_exited_member_restarts_with_growing_delay(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(backoff, "LONGEST_PAUSE", 0.03)
    file = tmp_path / "starts"
    async with running([member("serve 0", DIES, file)]):
        await until(lambda: len(file.read_text()) > 3)
    assert "serve 0 ended with 0 and starts again in 0 s" in caplog.messages


@pytest.mark.parametrize(("script", "code"), [(FAILS, 3), (KILLED, 2)])
async def test_member_that_fails_to_start_stops_the_group_with_its_exit_code(tmp_path, script, code):
    with pytest.raises(NotStarted, match="serve 1 did not start") as raised:
        async with running([member("serve 0", SERVES, tmp_path / "x"), member("serve 1", script)]):
            pytest.fail("not all are ready")
    assert raised.value.exit_code == code


SIGNS = SERVES.replace(
    "sys.stdin.read()", "[(print('moving', flush=True), time.sleep(0.5)) for _ in range(12)]"
)
HANGS = SERVES.replace("sys.stdin.read()", "time.sleep(600)")


async def test_member_without_heartbeat_is_killed_and_restarted(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(process_group, "HEARTBEAT_TIMEOUT", 0.3)
    file = tmp_path / "starts"
    async with running([member("serve 0", HANGS, file)]):
        await until(lambda: len(file.read_text()) > 1)
    assert "serve 0 gives no sign and is killed" in caplog.messages
    assert "serve 0 ended with -6 and starts again in 0 s" in caplog.messages


async def test_member_that_ignores_the_abort_is_killed(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(process_group, "HEARTBEAT_TIMEOUT", 0.3)
    monkeypatch.setattr(process_group, "ABORT_TIMEOUT", 0.1)
    file = tmp_path / "starts"
    once = "import os; open(sys.argv[1]).read() == '.' and os.kill(os.getpid(), 19); sys.stdin.read()"
    async with running([member("serve 0", HANGS.replace("time.sleep(600)", once), file)]):
        await until(lambda: len(file.read_text()) > 1)
    assert "serve 0 ended with -9 and starts again in 0 s" in caplog.messages


HANGS_AT_ITS_SECOND_START = SERVES.replace(
    "print('ready', flush=True); sys.stdin.read()",
    "starts = len(open(sys.argv[1]).read()); starts == 2 and time.sleep(600); print('ready', flush=True)",
)


async def test_member_that_hangs_at_a_restart_is_killed_and_restarted(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.01)
    file = tmp_path / "starts"
    async with running([member("serve 0", HANGS_AT_ITS_SECOND_START, file)]):
        monkeypatch.setattr(process_group, "START_TIMEOUT", 0.5)
        await until(lambda: len(file.read_text()) > 2)
    assert "serve 0 is not ready in time and is killed" in caplog.messages
    assert "serve 0 ended with -6 and starts again in 0 s" in caplog.messages


async def test_member_that_hangs_at_the_first_start_stops_the_group(monkeypatch, caplog):
    monkeypatch.setattr(process_group, "START_TIMEOUT", 0.1)
    with pytest.raises(NotStarted, match="serve 0 did not start"):
        async with running([member("serve 0", "import time; time.sleep(600)")]):
            pytest.fail("it never said that it is ready")
    assert caplog.messages == ["serve 0 is not ready in time and is killed"]


async def test_member_that_cannot_be_spawned_is_retried(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(backoff, "LONGEST_PAUSE", 0.01)
    file, python = tmp_path / "starts", sys.executable
    async with running([member("serve 0", DIES, file)]):
        monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
        await until(lambda: "serve 0 cannot be started: FileNotFoundError" in caplog.messages)
        monkeypatch.setattr(sys, "executable", python)
        starts = len(file.read_text())
        await until(lambda: len(file.read_text()) > starts)
    assert "serve 0 did not start and starts again in 0 s" in caplog.messages


async def test_member_with_heartbeat_is_not_killed(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 60)
    monkeypatch.setattr(process_group, "HEARTBEAT_TIMEOUT", 5)
    async with running([member("serve 0", SIGNS, tmp_path / "starts")]):
        await until(lambda: caplog.messages)
    assert caplog.messages == ["serve 0 ended with 0 and starts again in 60 s"]


async def test_no_member_outlives_a_killed_group(tmp_path):
    leaves = f"import sys; open({str(tmp_path / 'x')!r}, 'a'); print('ready', flush=True); sys.stdin.read();"
    leaves += f"open({str(tmp_path / 'left')!r}, 'w')"
    group = (
        "import asyncio, os\nfrom bot.server.process_group import *\n"
        "async def main():\n"
        f"    async with running([GroupMember('serve 0', ['-c', {leaves!r}], {{}})]):\n"
        "        os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", group)
    assert await process.wait() == -9
    await until((tmp_path / "left").exists)


async def test_member_that_does_not_stop_is_killed(monkeypatch, caplog):
    monkeypatch.setattr(process_group, "STOP_TIMEOUT", 0.1)
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
    )
    async with running([member("serve 0", deaf)]):
        pass
    assert caplog.messages == ["serve 0 does not stop and is killed"]
