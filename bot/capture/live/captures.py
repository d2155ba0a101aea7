"""Runs the guided live captures: begin, frames, forgiven mistakes, and the verdict.

Raises as storage does; the service turns that into "busy".
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.capture.answers import CaptureAnswer, answer, busy, unusable_media
from bot.capture.face_pool import Busy
from bot.capture.live.challenges import (
    Challenges,
    Interrupted,
    LiveResponse,
    LiveSession,
    Redrawn,
)
from bot.capture.media import MediaFault, Medium
from bot.capture.parts import CaptureParts
from bot.capture.tickets.open_tickets import OpenTickets
from bot.capture.tickets.ticket import ticket_hash
from bot.capture.verdicts.judgement import judged
from bot.capture.verdicts.recorder import VerdictRecorder
from dialogs.values import CaptureOutcome, CaptureReason
from face import Outcome, Reason, Verdict
from storage.records.captures import StoredCapture

PREVIOUS_CONNECTION_SECONDS = 5.0
"""Seconds that broken connections may still need: one writes a verdict, others give their starts back.

The phone reconnects before that. If the last start is used up, the new connection would fail a capture that
has just passed, or one that lost its start to a bad connection.
"""
_POLLS = 5
"""Polls within them: if a start is given back early, nobody waits for the rest."""


def always() -> bool:
    """Say that somebody waits for the answer."""
    return True


@dataclass(frozen=True, slots=True)
class LiveCaptures:
    """Leads a session from start to end; times `at` are in seconds of the caller's clock."""

    parts: CaptureParts
    tickets: OpenTickets
    challenges: Challenges
    verdicts: VerdictRecorder

    async def begin(
        self, ticket: str, at: float, is_wanted: Callable[[], bool] = always
    ) -> LiveSession | CaptureAnswer | None:
        """Begin at `at` (seconds of the caller's clock), or say why not; a ticket has a few starts.

        Once they are used up, wait for the ticket's earlier connections to finish. Return None if nobody
        waits any more: a connection that was replaced meanwhile ends nothing.
        """
        key, polls, pause = ticket_hash(ticket), 0, PREVIOUS_CONNECTION_SECONDS / _POLLS
        while True:
            found = await self.tickets.admitted(ticket)
            if isinstance(found, CaptureAnswer):
                return found
            if await self.challenges.may_start(key):
                return await self._begun(key, found, at + polls * pause)
            if polls == _POLLS:
                return await self._starts_exhausted(key, found)
            await asyncio.sleep(pause)
            polls += 1
            if not is_wanted():
                return None

    async def _starts_exhausted(self, key: bytes, capture: StoredCapture) -> CaptureAnswer:
        if capture.retries:  # poor pictures or an interruption cost a start: that is no failure
            return unusable_media(Medium.LIVE, MediaFault.USED_UP)
        checker = self.parts.pool.checker
        ended = Verdict(
            Outcome.FAILED, Reason.CHALLENGE_FAILED, None, checker.threshold, checker.pack_name, None
        )
        return await self.verdicts.settle(key, capture, judged(ended))

    async def _begun(self, key: bytes, capture: StoredCapture, at: float) -> LiveSession | CaptureAnswer:
        template = await self.parts.template_for(capture.request)
        if template is None:
            await self.challenges.give_back_start(key)
            return busy()
        check = self.parts.pool.checker.live(await self.challenges.of(key), template, at)
        return LiveSession(key, capture, check, self.challenges.channel(key))

    async def see(self, session: LiveSession, jpeg: bytes, at: float) -> LiveResponse:
        """Take one JPEG frame; None asks for more."""
        response = await self.parts.pool.guide(session.check.see, jpeg, at)
        if isinstance(response, Busy):
            return None  # the frame is lost, the next one comes at once
        if not isinstance(response, Verdict):
            return response
        if response.outcome is Outcome.RETRY:
            if response.reason is Reason.BAD_MEDIA and session.check.begun:
                return Interrupted()
            return await self.tickets.retry(session.key, response.reason, Medium.LIVE)
        return await self._ended(session, response, at)

    async def _ended(self, session: LiveSession, verdict: Verdict, at: float) -> Redrawn | CaptureAnswer:
        """Forgive a wrong movement once per ticket; a replaced draw can no longer be passed.

        A movement that stayed too small is not asked for again, and a head that looked like a photo gets a
        chance to prove that it is not.
        """
        if session.check.is_forgivable:
            redrawn = await self.challenges.again(session, at, session.check.unreached)
            if redrawn is not None:
                return redrawn
        if await self.challenges.stale(session):
            return answer(CaptureOutcome.CLOSED, CaptureReason.USED)
        return await self.verdicts.settle(session.key, session.capture, judged(verdict, session.channel))

    async def interrupt(self, session: LiveSession) -> Interrupted | CaptureAnswer:
        """Forgive a lost camera, a few times per ticket."""
        if await self.challenges.forgive(session):
            return Interrupted()
        has_left = await self.challenges.has_start_left(session.key)
        return unusable_media(Medium.LIVE, MediaFault.UNREADABLE if has_left else MediaFault.USED_UP)

    async def cannot(self, session: LiveSession, at: float) -> Redrawn | CaptureAnswer:
        """Draw movements other than the requested one; a retry names other ways if there are none."""
        asked = session.check.asked
        redrawn = asked and await self.challenges.again(session, at, asked)
        return redrawn or await self.tickets.retry(session.key, Reason.CHALLENGE_FAILED, Medium.LIVE)
