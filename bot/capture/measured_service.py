"""A capture service that counts its answers in the metrics."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from bot.capture.answers import CaptureAnswer
from bot.capture.live.captures import always
from bot.capture.live.challenges import Interrupted, LiveResponse, LiveSession, Redrawn
from bot.capture.parts import CaptureParts
from bot.capture.service import CaptureService
from bot.capture.verdicts.recorder import DialogFeed
from bot.metrics.port import Metrics
from bot.metrics.series import Count
from dialogs.events import CaptureFinished, DialogEvent
from dialogs.values import CaptureOutcome, PassChannel, Purpose
from storage.database import Connection

G = TypeVar("G")


class CaptureWay(StrEnum):
    """How a face was shown."""

    SELFIE = "selfie"
    VIDEO = "video"
    LIVE = "live"
    WECHAT = "wechat"


class MeasuredCaptures(CaptureService):
    """Counts what ends or repeats a capture; the work is done by the service."""

    def __init__(self, parts: CaptureParts, metrics: Metrics) -> None:
        super().__init__(parts)
        self._metrics = metrics

    async def selfie(self, ticket: str, image: bytes) -> CaptureAnswer:
        """Check one still photo, and count the answer."""
        return self._counted(CaptureWay.SELFIE, await super().selfie(ticket, image))

    async def video(self, ticket: str, video: bytes) -> CaptureAnswer:
        """Check one recorded video, and count the answer."""
        return self._counted(CaptureWay.VIDEO, await super().video(ticket, video))

    async def begin_live(
        self, ticket: str, at: float, is_wanted: Callable[[], bool] = always
    ) -> LiveSession | CaptureAnswer | None:
        """Begin a live capture, and count the answer if it does not begin."""
        return self._counted(CaptureWay.LIVE, await super().begin_live(ticket, at, is_wanted))

    async def see(self, session: LiveSession, jpeg: bytes, at: float) -> LiveResponse:
        """Take one frame, and count the answer that ends the capture."""
        return self._counted(CaptureWay.LIVE, await super().see(session, jpeg, at))

    async def cannot(self, session: LiveSession, at: float) -> Redrawn | CaptureAnswer:
        """Ask for other movements, and count the answer if there are none."""
        return self._counted(CaptureWay.LIVE, await super().cannot(session, at))

    async def interrupt(self, session: LiveSession) -> Interrupted | CaptureAnswer:
        """Forgive a lost camera, and count the answer if it is lost too often."""
        return self._counted(CaptureWay.LIVE, await super().interrupt(session))

    async def finish_platform(self, ticket: str, verify_result: str) -> CaptureAnswer:
        """End a capture by the platform's check, and count the answer."""
        return self._counted(CaptureWay.WECHAT, await super().finish_platform(ticket, verify_result))

    def _counted(self, way: CaptureWay, given: G) -> G:
        """Count an answer, and return whatever was given."""
        if isinstance(given, CaptureAnswer):
            self._metrics.count(Count.CAPTURES, way, given.outcome, given.reason)
        return given


class MeasuredFeed:
    """Counts the passes that the recorder reports to the dialog, by channel and mark."""

    def __init__(self, feed: DialogFeed, metrics: Metrics) -> None:
        self._feed = feed
        self._metrics = metrics

    async def feed(self, conn: Connection, account: str, event: DialogEvent) -> None:
        """Hand the event on; a pass whose transaction fails after this is counted anyway."""
        await self._feed.feed(conn, account, event)
        if isinstance(event, CaptureFinished):
            self._count(event)

    def _count(self, event: CaptureFinished) -> None:
        is_new = event.outcome is CaptureOutcome.PASSED and event.request.purpose is Purpose.CERTIFY
        if is_new and event.certification:
            made = event.certification
            self._metrics.count(Count.PASSES, PassChannel(made.channel), made.mark)
