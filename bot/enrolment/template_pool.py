"""Makes templates of photos in processes of their own, one per core.

The networks release the interpreter's lock, but the decoding and the Python code between them do not: threads
of one process would leave many cores idle.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import connection, get_context, parent_process

from bot.capture.cores import usable_cores
from bot.errors import CommandRefused
from bot.face_pack import load_checker
from bot.runtime.memory_protection import protect_memory
from face import Checker, ChildDecoder, DecoderUnavailable
from storage.sheets.faults import FaultKind

_NICENESS = 10
"""A service on the same machine goes first."""


class TemplatePool:
    """Processes with a face pack each, started as photos arrive."""

    def __init__(self, pack: str) -> None:
        """Raise BadSetting for a pack that cannot be loaded."""
        self.pack_name = load_checker(pack, None).pack_name
        self.workers = usable_cores()
        self._pack = pack
        spawn = get_context("spawn")  # a fork would take over the locks of the database's thread
        self._processes = ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=_prepare)

    async def templates(self, photos: Sequence[bytes]) -> list[bytes | FaultKind]:
        """Make a template of each photo, or say why it gives none; raises CommandRefused."""
        run = asyncio.get_running_loop().run_in_executor
        try:
            return await asyncio.gather(
                *(run(self._processes, _template, self._pack, photo) for photo in photos)
            )
        except (BrokenProcessPool, DecoderUnavailable):
            message = "a process that makes templates has ended (out of memory?): run it again to go on"
            raise CommandRefused(message) from None

    def close(self) -> None:
        """Wait for the photos under way and end the processes."""
        self._processes.shutdown(cancel_futures=True)


def _prepare() -> None:
    """Prepare a process: the parent handles Ctrl-C, and without the parent there is nothing to do."""
    protect_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the parent was killed, which the queue that this process waits on does not show."""
    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)


@cache
def _checker(pack: str) -> Checker:
    return load_checker(pack, None, decoder=ChildDecoder())


def _template(pack: str, photo: bytes) -> bytes | FaultKind:
    enrolled = _checker(pack).enrol(photo)
    return enrolled.template or FaultKind(enrolled.reason)
