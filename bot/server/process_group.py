"""Runs several programs as one: a dead or hung one is started again, and all of them stop together.

Python computes in one thread of a process at a time, so a machine of several cores needs several processes.
"""

import asyncio
import logging
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.background.background_task import background_task
from bot.errors import BotError
from bot.server.watchdog import SIGN_EVERY

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds before a dead program is started again; each wait is twice the one before."""
STEADY = 60.0
"""Seconds that a program has to run for its waits to begin anew."""
LONGEST_SILENCE = 3 * SIGN_EVERY
"""Seconds without a sign after which a program counts as hung."""
ABORT_WITHIN = 5.0
"""Seconds that it then has to write where it stands, before it is killed."""
LAST_MOMENT = 30.0
"""Seconds that a program has to stop: it bounds itself, and is killed only where that fails."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One program: its name for the log, its command after `python`, and its environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    files: tuple[int, ...] = ()
    """Open files that it inherits under the same numbers."""


class NotStarted(BotError):
    """A program of the group did not start. It has said why; the exit code is its own."""

    def __init__(self, name: str, exit_code: int) -> None:
        super().__init__(f"{name} did not start")
        self.exit_code = exit_code if exit_code > 0 else BotError.exit_code


@asynccontextmanager
async def running(members: Sequence[GroupMember]) -> AsyncIterator[None]:
    """Run programs for the block, which begins when all are ready; raises NotStarted.

    A program's first line says that it is ready, each later one that it moves. Its standard input is a pipe
    that closes when this process ends, however that comes: it then stops by itself.
    """
    children = [_Child(one) for one in members]
    try:
        await asyncio.gather(*(child.start() for child in children))
        async with AsyncExitStack() as stack:
            for child in children:
                await stack.enter_async_context(background_task(child.keep()))
            yield
    finally:
        await asyncio.gather(*(child.end() for child in children))


class _Child:
    def __init__(self, member: GroupMember) -> None:
        self._member = member
        self._process: Process | None = None

    async def start(self) -> None:
        """Start the program and wait for its first line; raises NotStarted where it ends before."""
        command, environment = self._member.command, self._member.environment
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            env=environment,
            stdin=PIPE,
            stdout=PIPE,
            pass_fds=self._member.files,
        )
        self._process = process
        if process.stdout and not await process.stdout.readline():
            raise NotStarted(self._member.name, await process.wait())

    async def keep(self) -> None:
        """Start it again whenever it ends."""
        clock, wait = asyncio.get_running_loop().time, FIRST_WAIT
        while self._process:
            began = clock()
            code = await self._end_of(self._process)
            wait = FIRST_WAIT if clock() - began >= STEADY else wait
            _log.error("%s ended with %d and starts again in %.0f s", self._member.name, code, wait)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
            with suppress(NotStarted):
                await self.start()

    async def _end_of(self, process: Process) -> int:
        """Wait until the program has ended, and end one that gives no sign; return its exit code."""
        try:
            while True:
                async with asyncio.timeout(LONGEST_SILENCE):
                    if not (process.stdout and await process.stdout.readline()):
                        return await process.wait()
        except TimeoutError:
            _log.error("%s gives no sign and is killed", self._member.name)
        with suppress(ProcessLookupError, TimeoutError):
            process.send_signal(signal.SIGABRT)
            async with asyncio.timeout(ABORT_WITHIN):
                return await process.wait()
        with suppress(ProcessLookupError):
            process.kill()
        return await process.wait()

    async def end(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(LAST_MOMENT):
                await self._process.wait()
        except TimeoutError:
            _log.error("%s does not stop and is killed", self._member.name)
            self._process.kill()
            await self._process.wait()
