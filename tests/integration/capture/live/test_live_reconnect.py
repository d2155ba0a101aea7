"""The second draw of a live capture, and people who cannot make a movement: real service, simulated time."""

import asyncio
import itertools
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from sqlalchemy import select

from bot.capture.live import captures as live_captures
from bot.capture.live.challenges import MOST_STARTS, Redrawn
from bot.capture.service import CaptureService
from bot.capture.tickets.ticket import ticket_hash
from face import Action, Challenge, Prompt
from messages.language.codes import DEFAULT
from storage.records.captures import Captures
from storage.schema.captures import captures, certifications
from tests.integration.capture.live.test_live_capture import POSES, guided
from tests.support.captures.capture_service import STRANGER as STRANGER_JPEG
from tests.support.captures.capture_service import look_up_anyone
from tests.support.captures.live_socket import receive_message
from tests.support.faces.portrait_model import noisy_frame

_NEAR = cv2.resize(cv2.imdecode(np.frombuffer(STRANGER_JPEG, np.uint8), cv2.IMREAD_COLOR), (340, 385))
STRANGER = cv2.copyMakeBorder(_NEAR, 79, 79, 70, 70, cv2.BORDER_REPLICATE)
"""As large as on a phone held at arm's length."""
WRONG = {"turn_left": "turn_right", "look_down": "turn_right"}


@pytest.fixture
async def server(parts, monkeypatch):
    monkeypatch.setattr(live_captures, "PREVIOUS_CONNECTION_SECONDS", 0.5)
    async with guided(parts) as server:
        yield server


class Person:
    """Stands before the camera of one connection; `act(said, movement)` says what to do when asked."""

    def __init__(self, server, ticket, act=lambda _said, movement: movement):
        self.service = CaptureService(server.parts)
        self._ticket, self._act = ticket, act
        self.said, self.at = [], 0.0
        self._numbers = itertools.count()

    async def stands(self):
        """Go through to the answer."""
        session = await self.service.begin_live(self._ticket, self.at)
        self.said.append(session.check.prompt)
        asked_at = self.at
        while self.at < 150:
            self.at += 0.2
            done = self.said[-1] if self.at > asked_at + 0.4 or len(self.said) < 2 else self.said[-2]
            told = await self.service.see(session, self._picture(done), self.at)
            if isinstance(told, Redrawn):
                self.said.append(told)
                told = told.prompt
            if isinstance(told, Prompt):
                self.said.append(told)
                asked_at = self.at
            elif hasattr(told, "outcome"):
                return told
        return None

    def _picture(self, said):
        movement = said.step.action if isinstance(said, Prompt) else "centre"
        poses = POSES | {"turn_right": (-47.0, 0.0), "look_up": (0.0, 27.0)}
        return noisy_frame(next(self._numbers), *poses[self._act(self.said, movement)])

    @property
    def redrawn(self):
        return [said for said in self.said if isinstance(said, Redrawn)]


def always_wrong(_said, movement):
    return WRONG.get(movement, movement)


def wrong_at_first(said, movement):
    return movement if any(isinstance(one, Redrawn) for one in said) else WRONG.get(movement, movement)


async def test_person_cannot_pass_after_a_stranger_used_the_first_draw(server):
    """Nor the other way round: both draws need the same person."""

    class Stranger(Person):
        def _picture(self, said):
            if self.redrawn:
                return super()._picture(said)
            noise = np.random.default_rng(next(self._numbers)).integers(0, 8, STRANGER.shape, np.uint8)
            return cv2.imencode(".jpg", cv2.add(STRANGER, noise))[1].tobytes()

    person = Stranger(server, await server.agreed_ticket())
    answer = await person.stands()
    assert len(person.redrawn) == 1
    assert answer.outcome in {"failed", "retry"}


async def row(server, ticket):
    async with server.parts.engine.connect() as conn:
        return (
            await conn.execute(select(captures).where(captures.c.ticket_hash == ticket_hash(ticket)))
        ).one()


async def test_one_wrong_turn_gets_a_second_draw_that_can_pass(server):
    ticket = await server.agreed_ticket()
    person = Person(server, ticket, wrong_at_first)
    answer = await person.stands()
    assert (answer.outcome, answer.reason) == ("passed", "ok")
    [again] = person.redrawn
    assert (again.hint.reason, again.prompt.index, again.prompt.step.action) == (
        "challenge_failed",
        0,
        "centre",
    )


async def test_reconnect_while_the_pass_is_written_does_not_fail_the_ticket(server):
    """At another process, with all starts used up: the answer to the third one got lost."""
    judged, registry_answers = asyncio.Event(), asyncio.Event()

    async def slow(check):
        judged.set()
        await registry_answers.wait()
        return await look_up_anyone(check)

    ticket, here = await server.agreed_ticket(), CaptureService(server.parts)
    for _ in range(MOST_STARTS - 1):
        assert (await here.begin_live(ticket, 0.0)).check
    person = Person(server, ticket)
    person.service = CaptureService(replace(server.parts, look_up=slow))
    stands = asyncio.create_task(person.stands())
    await judged.wait()
    comes_back = asyncio.create_task(here.begin_live(ticket, 0.0))
    await asyncio.sleep(0.05)
    registry_answers.set()
    assert (await stands).outcome == "passed"
    assert ((await comes_back).outcome, (await comes_back).reason) == ("closed", "used")


async def test_second_wrong_movement_fails_the_ticket(server):
    person = Person(server, await server.agreed_ticket(), always_wrong)
    answer = await person.stands()
    assert (answer.outcome, answer.reason) == ("failed", "challenge_failed")
    assert len(person.redrawn) == 1


async def test_second_draw_still_applies_after_a_reconnect(server):
    ticket = await server.agreed_ticket()
    first = await Person(server, ticket).service.begin_live(ticket, 0.0)
    person = Person(server, ticket)
    assert isinstance(await person.service.cannot(await _asked(server, ticket), 30.0), Redrawn)
    again = await Person(server, ticket).service.begin_live(ticket, 60.0)
    assert again.check.challenge != first.check.challenge
    assert again.check.challenge == Challenge.from_json((await row(server, ticket)).challenge)


async def test_replaced_draw_can_no_longer_be_passed(server):
    """Two connections are two attempts at once; the second draw of one ends the first draw of the other."""
    ticket = await server.agreed_ticket()
    follower = Person(server, ticket)
    first = await follower.service.begin_live(ticket, 0.0)
    follower.service.begin_live = lambda *_: asyncio.sleep(0, first)
    assert isinstance(await follower.service.cannot(await _asked(server, ticket), 30.0), Redrawn)
    answer = await follower.stands()
    assert (answer.outcome, answer.reason) == ("closed", "used")
    assert (await server.stored_capture(ticket)).finished_at is None


async def _asked(server, ticket):
    """Open a connection and follow it up to the first movement asked for."""
    service = CaptureService(server.parts)
    session = await service.begin_live(ticket, 0.0)
    for step in range(1, 30):
        if isinstance(await service.see(session, noisy_frame(step), step / 5), Prompt):
            return session
    return None


async def test_movement_reported_impossible_is_not_asked_for_again(server):
    ticket = await server.agreed_ticket()
    session = await _asked(server, ticket)
    cannot = session.check.asked
    assert isinstance(await CaptureService(server.parts).cannot(session, 9.0), Redrawn)
    drawn = {step.action for step in session.check.challenge.steps}
    assert cannot not in drawn
    assert drawn & {Action.TURN_LEFT, Action.TURN_RIGHT}


async def test_second_impossible_movement_gets_other_ways_instead_of_a_failure(server):
    ticket = await server.agreed_ticket()
    session, service = await _asked(server, ticket), CaptureService(server.parts)
    await service.cannot(session, 9.0)
    answer = await service.cannot(session, 10.0)
    assert (answer.outcome, answer.reason) == ("retry", "challenge_failed")
    assert all(way in answer.message.spoken(DEFAULT) for way in ("经办机构", "上门", "12333"))
    assert (await server.stored_capture(ticket)).finished_at is None


async def test_phone_reports_impossible_movement_and_nonsense_is_ignored(server):
    ticket = await server.agreed_ticket()
    async with server.client.ws_connect(f"/h5/capture/{ticket}/live") as ws:
        await ws.receive_json()
        for word in ("cannot", "[]", '{"type": "can"}', "[" * 2000, json.dumps({"type": "cannot"})):
            await ws.send_str(word)
        await ws.send_bytes(noisy_frame(1))
        said = await receive_message(ws)
    assert (said["type"], said["outcome"], said["reason"]) == ("result", "retry", "challenge_failed")


async def test_pass_keeps_its_scores_and_no_picture(server):
    ticket = await server.agreed_ticket()
    assert (await Person(server, ticket).stands()).outcome == "passed"
    kept = (await row(server, ticket)).scores
    assert kept["score"] >= kept["threshold"]
    assert kept["alike"] >= kept["threshold"]
    assert kept["moved"] > 0
    assert {type(value) for value in kept.values()} <= {int, float}
    async with server.parts.engine.connect() as conn:
        assert await conn.scalar(select(certifications.c.scores)) == kept


async def test_failed_check_keeps_its_scores(server):
    ticket = await server.agreed_ticket()
    await Person(server, ticket, always_wrong).stands()
    kept = (await row(server, ticket)).scores
    assert kept["pictures"] > 0
    assert "score" not in kept


async def test_concurrent_redraws_give_a_ticket_one_second_draw(server):
    ticket = await server.agreed_ticket()
    key, store = ticket_hash(ticket), Captures(server.parts.vault)

    async def ask():
        async with server.parts.engine.begin() as conn:
            return await store.redraw(conn, key, "[]", 1)

    assert sorted(await asyncio.gather(*(ask() for _ in range(4)))) == [False, False, False, True]
