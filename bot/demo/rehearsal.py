"""The demo's rehearsal for a visitor without a camera: a photo moves instead of the person.

It is registered by the demo alone, and its pass is recorded as a rehearsal (演练), never as a face check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom

from bot.capture.face_pool import Busy, FacePool
from bot.capture.service import CaptureService
from bot.simulator.moving_photo import film
from face import Action, Reason
from face.liveness.movements import TURNS
from messages.catalogue.phrases import BUSY_TEXT, REHEARSAL_CLOSED, REHEARSAL_STILL, capture_message
from messages.language.codes import DEFAULT

Film = Mapping[str, Sequence[str]]
"""Pictures of each movement from still to complete, base64 JPEG."""


@dataclass(frozen=True, slots=True)
class Rehearsals:
    """Makes a photo move, and a link's live capture ask only for what the photo can do."""

    captures: CaptureService
    pool: FacePool

    async def rehearse(self, ticket: str, image: bytes) -> Film | str:
        """Prepare a link for a rehearsal with a photo; a sentence says why that is not possible."""
        made = await self._film(image)
        if isinstance(made, str):
            return made
        turn = SystemRandom().choice([action for action in TURNS if action.value in made])
        order = [turn, Action.CLOSER]
        SystemRandom().shuffle(order)
        return made if await self.captures.rehearse(ticket, tuple(order)) else REHEARSAL_CLOSED

    async def _film(self, image: bytes) -> Film | str:
        picture = await self.pool.run(self.pool.checker.picture, image)
        if isinstance(picture, Busy):
            return BUSY_TEXT
        if isinstance(picture, Reason):
            return capture_message("retry", picture).spoken(DEFAULT)
        made = await self.pool.run(film, picture, self.pool.checker.shape)
        if isinstance(made, Busy):
            return BUSY_TEXT
        if made.keys().isdisjoint(TURNS):
            return REHEARSAL_STILL
        return {action.value: pictures for action, pictures in made.items()}
