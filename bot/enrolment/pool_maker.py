"""Makes templates in the face threads of a serving process, one at a time, so that captures go first."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.capture.face_pool import Busy, FacePool
from storage.sheets.faults import FaultKind

_PAUSE = 0.5
"""Seconds to wait if the queue before the threads is full: people at their phones are served first."""


@dataclass(frozen=True, slots=True)
class PoolMaker:
    """The pool of a service as a maker of templates."""

    pool: FacePool
    workers: int = 1

    @property
    def pack_name(self) -> str:
        """The face pack of the service."""
        return self.pool.checker.pack_name

    async def templates(self, photos: Sequence[bytes]) -> list[bytes | FaultKind]:
        """Make a template of each photo, or say why it gives none."""
        return [await self._template(photo) for photo in photos]

    async def _template(self, photo: bytes) -> bytes | FaultKind:
        while True:
            enrolled = await self.pool.run(self.pool.checker.enrol, photo)
            if not isinstance(enrolled, Busy):
                return enrolled.template or FaultKind(enrolled.reason)
            await asyncio.sleep(_PAUSE)
