"""Marks of passes, and the passes chosen for a clerk's second look."""

from dataclasses import replace
from random import Random

import pytest

from dialogs.values import PassMark, Purpose
from face import Certainty
from storage.database import transaction
from storage.records.certifications import Certifications
from storage.records.tasks import TaskKind, Tasks
from tests.support.captures.capture_service import PORTRAIT, REQUEST, capture_server
from tests.support.storage.recorded_actions import recorded_actions


class FixedRandom(Random):
    """Draws one number, always the same."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def random(self):
        return self.number


class UncertainChecker:
    """Answers like the real checker, but always uncertain."""

    def __init__(self, checker):
        self._checker = checker
        self.pack_name, self.threshold = checker.pack_name, checker.threshold

    def check_image(self, image, template):
        return replace(self._checker.check_image(image, template), certainty=Certainty.UNCERTAIN)


def with_uncertain_checker(parts):
    parts.pool.checker = UncertainChecker(parts.pool.checker)
    return parts


async def certify(parts, request=REQUEST):
    async with capture_server(parts) as server:
        status, answer = await server.send(await server.agreed_ticket(request), PORTRAIT)
    assert (status, answer["outcome"]) == (200, "passed")
    async with transaction(parts.engine) as conn:
        made = await Certifications(parts.vault).latest(conn, "employee", *request.subject.document)
        looked_at = await Tasks(parts.vault).waiting(conn, 9, TaskKind.SECOND_LOOK)
    return made, [task.person for task in looked_at], await recorded_actions(parts.engine)


@pytest.mark.parametrize("share", [0.1, 1.0])
async def test_uncertain_pass_is_marked_and_opens_a_task_ten_times_as_often(parts, share):
    made, looked_at, audited = await certify(replace(with_uncertain_checker(parts), second_look_share=share))
    assert made.mark is PassMark.UNCERTAIN
    assert looked_at == [REQUEST.subject]
    assert audited.count("second_look.wanted") == 1


async def test_sure_pass_opens_a_task_if_drawn(parts):
    made, looked_at, _ = await certify(replace(parts, second_look_share=0.5, random=FixedRandom(0.49)))
    assert made.mark is PassMark.SURE
    assert looked_at == [REQUEST.subject]


async def test_sure_pass_opens_no_task_if_not_drawn(parts):
    _, looked_at, audited = await certify(replace(parts, second_look_share=0.5, random=FixedRandom(0.5)))
    assert looked_at == []
    assert "second_look.wanted" not in audited


async def test_uncertain_pass_of_a_query_opens_a_task(parts):
    query = replace(REQUEST, purpose=Purpose.QUERY)
    made, looked_at, _ = await certify(replace(with_uncertain_checker(parts), second_look_share=0.1), query)
    assert (made, looked_at) == (None, [REQUEST.subject])
