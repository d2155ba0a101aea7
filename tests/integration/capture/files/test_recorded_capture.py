"""A recorded video where movements are asked for: shown what to do first, then judged by it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from dialogs.values import CaptureOutcome
from face import Action
from tests.support.captures.capture_service import house_of, parts_in
from tests.support.faces.portrait_model import turned
from tests.support.faces.recorded_actor import acted, clip


@pytest.fixture
async def house(tmp_path):
    async with parts_in(tmp_path) as parts, house_of(replace(parts, liveness="required")) as made:
        yield made


async def told(house, ticket):
    """Read what the page shows before the recording."""
    async with house.client.get(f"/h5/capture/{ticket}/challenge") as response:
        steps = (await response.json())["actions"]
    assert all(step["text"] and step["seconds"] > 0 for step in steps)
    return [Action(step["action"]) for step in steps if step["action"] != "centre"]


async def opened(house):
    """Open a link; gives it, and what it asks for."""
    ticket = await house.agreed()
    return ticket, await told(house, ticket)


async def test_a_video_of_what_was_asked_certifies_and_is_recorded_as_a_video(house):
    ticket, actions = await opened(house)
    status, answer = await house.send(ticket, clip(acted(actions)), "video")
    assert (status, answer["outcome"], answer["reason"]) == (200, "passed", "ok")
    [(_, event)] = house.ears.heard
    assert (event.outcome, event.certification.channel) == (CaptureOutcome.PASSED, "video")


async def test_a_video_of_something_else_fails_with_the_guides_words(house):
    ticket, actions = await opened(house)
    status, answer = await house.send(ticket, clip(acted(actions[::-1])), "video")
    assert (status, answer["outcome"], answer["reason"]) == (200, "failed", "challenge_failed")
    assert "原因说明：人脸模型信息不匹配" in answer["message"]
    assert house.ears.heard[0][1].certification is None


async def test_what_is_no_video_costs_nothing(house):
    ticket = await house.agreed()
    status, answer = await house.send(ticket, json.dumps({}).encode(), "video")
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert (await house.stored(ticket)).finished_at is None


STOPPED = {
    "black": lambda picture: clip([np.zeros_like(picture)] * 60),
    "black without noise": lambda picture: clip([np.zeros_like(picture)] * 60, noise=1),
    "frozen": lambda picture: clip([picture] * 60, noise=1),
    "frozen on the way": lambda picture: clip(
        [picture, *acted((Action.TURN_LEFT,))[:14]] + [picture] * 40, noise=1
    ),
}


@pytest.mark.parametrize("film", STOPPED.values(), ids=STOPPED.keys())
async def test_a_video_without_a_picture_costs_nothing_and_is_told_so(house, film):
    ticket = await house.agreed()
    status, answer = await house.send(ticket, film(turned(0.0, 0.0)), "video")
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert "画面没有动" in answer["message"]
    assert (await house.stored(ticket)).finished_at is None
