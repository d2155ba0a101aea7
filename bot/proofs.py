"""What a capture must prove: what `LIVENESS` asks of everybody, or less where the office granted it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.media import SELFIE, MediaKind
from dialogs.values import SHANGHAI, CaptureRequest
from storage.grants import GrantKind, Grants

Liveness = Literal["required", "basic"]
Proof = Literal["required", "basic", "assisted"]
"""`assisted`: life is required of everybody else, and the live capture stays possible."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """Asks for the grant at each look, so that its end or its revocation holds from the next one on."""

    engine: AsyncEngine
    grants: Grants
    liveness: Liveness
    clock: Callable[[], datetime]

    async def of(self, request: CaptureRequest) -> Proof:
        """Say what a capture of this request's person must prove now; of nobody else's is less asked."""
        if self.liveness == "basic":
            return "basic"
        today = self.clock().astimezone(SHANGHAI).date()
        async with self.engine.connect() as conn:
            is_granted = await self.grants.is_in_force(conn, GrantKind.PASSIVE, request.subject, today)
        return "assisted" if is_granted else "required"


def channel(kind: MediaKind, proof: Proof) -> str:
    """Say how a pass by what was sent is recorded."""
    if proof == "assisted":
        return "assisted"
    return "face" if kind is SELFIE else "video"
