"""The port behind which the platform's face verification stands."""

from typing import Protocol

from bot.wechat.api.face_verification import FaceFault, FaceResult
from dialogs.values import Identity


class PlatformFace(Protocol):
    """A face verification by the platform: `bot.wechat.api.face_verification`, or a test's."""

    async def new_key(self, person: Identity) -> str | None:
        """Give name and number to the platform; None if it gives no key."""

    async def result(self, verify_result: str) -> FaceResult | FaceFault:
        """Ask what the page's `verify_result` stands for."""
