"""A recorded video with movements: the page first shows what to do, and the video is judged by it."""

import json

import numpy as np
import pytest

from dialogs.values import CaptureOutcome
from face import Action
from tests.support.faces.portrait_model import turned_portrait
from tests.support.faces.recorded_actor import perform_movements, record_clip


@pytest.fixture
def server(live_server):
    return live_server


async def told(server, ticket):
    """Read what the page shows before the recording."""
    async with server.client.get(f"/h5/capture/{ticket}/challenge") as response:
        steps = (await response.json())["actions"]
    assert all(step["text"] and step["seconds"] > 0 for step in steps)
    return [Action(step["action"]) for step in steps if step["action"] != "centre"]


async def opened(server):
    """Open a link; gives it, and what it asks for."""
    ticket = await server.agreed_ticket()
    return ticket, await told(server, ticket)


async def test_video_of_requested_movements_passes_with_channel_video(server):
    ticket, actions = await opened(server)
    status, answer = await server.send(ticket, record_clip(perform_movements(actions)), "video")
    assert (status, answer["outcome"], answer["reason"]) == (200, "passed", "ok")
    [(_, event)] = server.conversation.events
    assert (event.outcome, event.certification.channel) == (CaptureOutcome.PASSED, "video")


async def test_video_of_other_movements_fails_with_the_official_wording(server):
    ticket, actions = await opened(server)
    status, answer = await server.send(ticket, record_clip(perform_movements(actions[::-1])), "video")
    assert (status, answer["outcome"], answer["reason"]) == (200, "failed", "challenge_failed")
    assert "原因说明：人脸模型信息不匹配" in answer["message"]
    assert server.conversation.events[0][1].certification is None


async def test_body_that_is_not_a_video_costs_no_attempt(server):
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, json.dumps({}).encode(), "video")
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert (await server.stored_capture(ticket)).finished_at is None


STOPPED = {
    "black": lambda picture: record_clip([np.zeros_like(picture)] * 60),
    "black without noise": lambda picture: record_clip([np.zeros_like(picture)] * 60, noise=1),
    "frozen": lambda picture: record_clip([picture] * 60, noise=1),
    "frozen midway": lambda picture: record_clip(
        [picture, *perform_movements((Action.TURN_LEFT,))[:14]] + [picture] * 40, noise=1
    ),
    "stopped at once": lambda picture: record_clip([picture] * 8),
}


@pytest.mark.parametrize("film", STOPPED.values(), ids=STOPPED.keys())
async def test_black_frozen_or_short_video_costs_no_attempt_and_says_why(server, film):
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, film(turned_portrait(0.0, 0.0)), "video")
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert "太短，或者画面没有动" in answer["message"]
    assert (await server.stored_capture(ticket)).finished_at is None
