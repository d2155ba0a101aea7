"""One queue before the live capture for all processes of a machine."""

import tempfile

import pytest

from bot.capture.live_queue import LiveQueue
from bot.capture.turn_serials import MachineTurnSerials
from tests.support.captures.queue_process import QueueProcess

TICKET, OTHERS = b"ticket", b"of others"


@pytest.fixture
def file():
    with tempfile.TemporaryFile() as opened:
        yield opened.fileno()


async def test_places_are_shared_by_all_processes_in_order_of_arrival(file):
    ours = LiveQueue(2, 5, MachineTurnSerials(file))
    first = ours.join(b"a")
    other = QueueProcess(file, (2, 5), 2)
    last = ours.join(b"b")
    assert (first.place, other.joined, last.place) == (0, ["0", "1"], 2)
    assert (ours.inside, ours.waiting, ours.inside_here, ours.waiting_here) == (2, 2, 1, 1)
    assert other.leave_first() == ["2", "1", "1", "0"]
    await last.moved(2)
    assert last.place == 1
    other.kill()


async def test_killed_process_frees_its_places(file):
    other = QueueProcess(file, (2, 5), 4)
    ours = LiveQueue(2, 5, MachineTurnSerials(file))
    turn = ours.join(b"a")
    assert (other.joined, turn.place) == (["0", "0", "1", "2"], 3)
    other.kill()
    await turn.moved(3)
    assert (turn.place, ours.inside, ours.waiting) == (0, 1, 0)


def test_full_queue_is_full_for_every_process(file):
    other = QueueProcess(file, (1, 1), 3)
    ours = LiveQueue(1, 1, MachineTurnSerials(file))
    assert (other.joined, ours.join(b"a")) == (["0", "1", "None"], None)
    other.leave_first()
    assert ours.join(b"a").place == 1
    other.kill()


def test_ended_turns_leave_no_serials_to_scan(file):
    queue = LiveQueue(1, 1, MachineTurnSerials(file))
    for _ in range(1000):
        queue.leave(queue.join(b"a"))
    first, following = queue._serials._range()
    assert following - first == 1


async def test_account_has_at_most_three_turns_over_all_processes(file):
    ours = LiveQueue(5, 5, MachineTurnSerials(file))
    assert ours.join(b"a", "o_helper").place == 0
    other = QueueProcess(file, (5, 5), 4, "o_helper")
    assert other.joined == ["0", "0", "None", "None"]
    assert ours.join(b"b", "o_helper") is None
    assert ours.join(b"c", "o_other").place == 0
    other.leave_first()
    assert ours.join(b"b", "o_helper").place == 0
    other.kill()


async def test_ticket_with_dead_connections_at_other_processes_keeps_its_place(file):
    """A phone that changes networks leaves connections behind that look alive for a while."""
    others = [QueueProcess(file, (1, 5), [TICKET], "o_phone") for _ in range(3)]
    later = QueueProcess(file, (1, 5), 1, "o_other")
    ours = LiveQueue(1, 5, MachineTurnSerials(file))
    back = ours.join(TICKET, "o_phone")
    assert (back.place, later.joined, ours.inside, ours.waiting) == (0, ["1"], 1, 1)
    for other in (*others, later):
        other.kill()


async def test_older_connection_ends_when_its_ticket_joins_at_another_process(file):
    ours = LiveQueue(1, 5, MachineTurnSerials(file))
    first, waiting = ours.join(TICKET), ours.join(OTHERS)
    other = QueueProcess(file, (1, 5), [TICKET, OTHERS])
    assert other.joined == ["0", "1"]
    await first.moved(0)
    await waiting.moved(1)
    assert (first.place, waiting.place, ours.inside_here, ours.waiting_here) == (None, None, 0, 0)
    assert other.leave_first() == ["1", "0", "1", "0"]
    other.kill()


async def test_ticket_can_return_to_the_process_it_left(file):
    ours = LiveQueue(1, 5, MachineTurnSerials(file))
    ours.join(TICKET)
    other = QueueProcess(file, (1, 5), [TICKET])
    back = ours.join(TICKET)
    assert (back.place, ours.inside, ours.inside_here) == (0, 1, 1)
    other.kill()
    assert (back.place, ours.inside, ours.inside_here) == (0, 1, 1)
