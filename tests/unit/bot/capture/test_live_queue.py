"""The queue before the live capture."""

import asyncio

from bot.capture.live_queue import LiveQueue


def places(*turns):
    return [turn.place for turn in turns]


async def test_first_turns_are_inside_and_later_ones_know_their_place():
    queue = LiveQueue(places=2, waiting=5)
    turns = [queue.join(bytes([key])) for key in range(4)]
    assert places(*turns) == [0, 0, 1, 2]


async def test_leaving_turn_makes_room_at_once():
    queue = LiveQueue(places=1, waiting=5)
    first, second, third = (queue.join(bytes([key])) for key in range(3))
    waiting = asyncio.create_task(second.moved(1))
    queue.leave(first)
    await waiting
    assert places(first, second, third) == [None, 0, 1]
    queue.leave(first)
    assert places(second, third) == [0, 1]


async def test_later_turns_move_up_when_a_waiting_turn_leaves():
    queue = LiveQueue(places=1, waiting=5)
    inside, quitter, last = (queue.join(bytes([key])) for key in range(3))
    queue.leave(quitter)
    assert places(inside, quitter, last) == [0, None, 1]


async def test_full_queue_admits_nobody_until_a_turn_leaves():
    queue = LiveQueue(places=1, waiting=1)
    inside, waiting = queue.join(b"1"), queue.join(b"2")
    assert queue.join(b"3") is None
    queue.leave(inside)
    assert places(waiting, queue.join(b"3")) == [0, 1]


async def test_rejoining_ticket_keeps_its_place_and_takes_no_second_one():
    queue = LiveQueue(places=1, waiting=1)
    inside, waiting = queue.join(b"1"), queue.join(b"2")
    again = queue.join(b"2")
    assert places(inside, waiting, again) == [0, None, 1]
    queue.leave(waiting)
    assert again.place == 1


async def test_default_queue_holds_ten_on_two_cores(monkeypatch):
    monkeypatch.setattr("bot.capture.live_queue.usable_cores", lambda: 2)
    queue = LiveQueue()
    assert [queue.join(bytes([key])).place for key in range(12)] == [0] * 10 + [1, 2]


async def test_account_has_at_most_three_turns_over_all_its_links():
    queue = LiveQueue(places=2, waiting=9)
    turns = [queue.join(bytes([key]), "o_helper") for key in range(5)]
    assert [turn and turn.place for turn in turns] == [0, 0, 1, None, None]
    assert queue.join(b"x", "o_other").place == 2
    queue.leave(turns[0])
    assert queue.join(b"y", "o_helper").place == 2
