"""State of a ticket's live capture: the challenges drawn for it and its number of starts."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from bot.capture.answers import CaptureAnswer
from dialogs.values import PassChannel
from face import (
    Action,
    Challenge,
    Hint,
    LiveCheck,
    Progress,
    Prompt,
    Reason,
    draw,
    draw_for_recording,
    orders,
)
from face.liveness.challenge import with_actions
from storage.database import Engine, connect, transaction
from storage.records.captures import Captures, StoredCapture
from storage.sealing.vault import Vault

MOST_STARTS = 3
"""Starts of one ticket: enough for a bad connection, too few to try out answers to a known challenge."""
MOST_REDRAWS = 1
"""Second draws of one ticket: a person may turn the wrong way once."""

MOST_INTERRUPTIONS = 1
"""Interruptions of one ticket whose start is given back: meant for a call or a locked screen, not for
practice.

The challenge stays the same, so after the first start it is known: `MOST_STARTS` known looks are left.
See docs/decisions/0020.
"""

MOST_REHEARSALS = 10


@dataclass(slots=True)
class LiveSession:
    """One connection's check of one ticket."""

    key: bytes = field(repr=False)
    capture: StoredCapture
    check: LiveCheck
    channel: PassChannel = PassChannel.FACE
    """Channel of a recorded pass; the demo's rehearsal has its own."""
    is_given_back: bool = False
    """Whether its start no longer counts. Two reasons may coincide: a lost camera, and a stop."""
    giving_back: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    """Held while its start is given back, until that is noted."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """Another challenge replaced the first: say so kindly, then prompt its first step."""

    hint: Hint
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The camera gave no new picture during the check: the connection ends, the ticket stays usable."""


LiveResponse = Prompt | Hint | Progress | Redrawn | Interrupted | CaptureAnswer | None
"""Result of a frame: a prompt, a correction, the end, or nothing."""


def has_start(capture: StoredCapture) -> bool:
    """Whether a live capture of this ticket may begin once more."""
    return capture.starts < MOST_STARTS


@dataclass(frozen=True, slots=True)
class RecordedChallenge:
    """What a recorded video must show, and whether the ticket has a start of the live capture left."""

    challenge: Challenge
    may_go_live: bool


@dataclass(frozen=True, slots=True)
class Challenges:
    """Draws challenges, once or twice per ticket, and counts what was started with them."""

    engine: Engine
    captures: Captures
    random: Random
    rehearsing: set[bytes] = field(default_factory=set, repr=False)
    """Links on which the demo lets a photo act."""

    async def of(self, key: bytes) -> Challenge:
        """Return the ticket's newest challenge; if two ask at once, the first draws for both."""
        async with transaction(self.engine) as conn:
            kept = await self.captures.challenge(conn, key)
            if kept is None:
                await self.captures.set_challenge(conn, key, draw(self.random).to_json())
                kept = await self.captures.challenge(conn, key)
        return Challenge.from_json(kept or "[]")

    async def again(self, session: LiveSession, at: float, cannot: Action | None = None) -> Redrawn | None:
        """Start again with a second draw, without what the person cannot do; None if none is left."""
        without = frozenset[Action]() if cannot is None else frozenset({cannot})
        if not orders(without):
            return None
        challenge = draw(self.random, without)
        async with transaction(self.engine) as conn:
            if not await self.captures.redraw(conn, session.key, challenge.to_json(), MOST_REDRAWS):
                return None
        session.check.restart(challenge, at)
        return Redrawn(Hint(Reason.CHALLENGE_FAILED), session.check.prompt)

    async def rehearse(self, key: bytes, actions: tuple[Action, ...]) -> bool:
        """Ask for these movements only, and record a pass as a rehearsal; False for a link that is closed."""
        self.rehearsing.add(key)
        challenge = with_actions(actions, self.random)
        async with transaction(self.engine) as conn:
            return await self.captures.redraw(conn, key, challenge.to_json(), MOST_REHEARSALS)

    def channel(self, key: bytes) -> PassChannel:
        """Say how a pass of this link is recorded."""
        return PassChannel.REHEARSAL if key in self.rehearsing else PassChannel.FACE

    async def stale(self, session: LiveSession) -> bool:
        """Say whether another connection of the ticket has drawn again: an older draw cannot be passed."""
        return await self.of(session.key) != session.check.drawn

    async def may_start(self, key: bytes) -> bool:
        """Count a start; False if they are used up, in which case nothing is counted."""
        async with transaction(self.engine) as conn:
            return await self.captures.count_start(conn, key, MOST_STARTS)

    async def has_start_left(self, key: bytes) -> bool:
        """Say whether a live capture of the ticket may begin again."""
        async with connect(self.engine) as conn:
            found = await self.captures.find(conn, key)
        return found is not None and has_start(found)

    async def forgive(self, session: LiveSession) -> bool:
        """Give back the start that an interruption cost; False if the ticket had too many interruptions.

        It counts as a retry, whose ceiling therefore bounds interruptions too. An interruption before the
        first movement has cost no start.
        """
        # A cancel must not come between the commit and the note that it was made.
        return await asyncio.shield(self._forgive(session))

    async def _forgive(self, session: LiveSession) -> bool:
        async with session.giving_back:
            async with transaction(self.engine) as conn:
                if await self.captures.count_retry(conn, session.key) > MOST_INTERRUPTIONS:
                    return False
                is_owed = session.check.begun and not session.is_given_back
                if is_owed:
                    await self.captures.give_back_start(conn, session.key)
            session.is_given_back |= is_owed
            return True

    async def give_back(self, session: LiveSession) -> None:
        """Take back, once, the count of a start that the service broke off, or that showed no movement."""
        # A cancel must not come between the commit and the note that it was made.
        await asyncio.shield(self._give_back(session))

    async def _give_back(self, session: LiveSession) -> None:
        async with session.giving_back:
            if not session.is_given_back:
                await self.give_back_start(session.key)
                session.is_given_back = True

    async def give_back_start(self, key: bytes) -> None:
        """Take back the count of a start that led to nothing."""
        async with transaction(self.engine) as conn:
            await self.captures.give_back_start(conn, key)


def recorded_challenge(vault: Vault, key: bytes) -> Challenge:
    """Draw the recorded video's challenge, never the live one: anyone who knew that could stage a clip.

    It follows from the ticket under our key: it is the same for each call, and a call changes nothing.
    """
    seed = vault.blind(key.hex(), "captures.recorded")
    return draw_for_recording(Random(seed))  # noqa: S311 - as secret as the key that the seed is made with
