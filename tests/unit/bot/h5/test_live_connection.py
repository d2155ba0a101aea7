"""A phone's messages at the live capture, and when its connection counts as slow."""

import asyncio
import json
from dataclasses import dataclass, field

import pytest
from aiohttp import WSMessage, WSMsgType

from bot.capture.live_queue import LiveQueue
from bot.h5.live.connection import LiveConnection
from bot.h5.live.protocol import CannotMove, LiveProtocol, PromptShown, read_text
from messages.language.codes import Language

STEPS = {
    '{"type": "shown", "step": 1}': PromptShown(0),
    '{"type": "shown", "step": 4, "more": []}': PromptShown(3),
    '{"type": "cannot"}': CannotMove(),
    '{"type": "shown"}': None,
    '{"type": "shown", "step": "1"}': None,
    '{"type": "shown", "step": 1.5}': None,
    '{"type": "shown", "step": true}': None,
    '{"type": "shown", "step": null}': None,
    '{"type": ["shown"], "step": 1}': None,
    '{"type": "later"}': None,
    "[" * 5_000: None,
    "shown": None,
    "": None,
}


@pytest.mark.parametrize("text", STEPS)
def test_phone_messages_are_parsed_and_nonsense_is_ignored(text):
    assert read_text(text) == STEPS[text]


@dataclass
class Wire:
    """A phone's frames and messages in order, and what was sent to it; `unread` bytes wait to be sent."""

    messages: list
    unread: int = 0
    told: list = field(default_factory=list)

    async def __aiter__(self):
        for message in self.messages:
            yield message

    async def send_json(self, said):
        self.told.append(said)

    def get_write_buffer_size(self):
        return self.unread


class FakeClock:
    now = 100.0

    def __call__(self):
        return self.now


def connection(wire, timer):
    turn = LiveQueue().join(b"key")
    return LiveConnection(wire, turn, LiveProtocol(Language.CHINESE), timer, wire)


def binary(count):
    return [WSMessage(WSMsgType.BINARY, b"%d" % number, None) for number in range(count)]


def test_every_frame_is_acknowledged_even_if_a_newer_one_replaces_it():
    wire = Wire(binary(4))
    phone = connection(wire, FakeClock())
    phone.begin()
    asyncio.run(phone.read())
    assert wire.told == [{"type": "ack", "frame": number} for number in (1, 2, 3, 4)]


def test_acknowledgements_stop_while_the_phone_reads_nothing():
    wire = Wire(binary(4), unread=10_000)
    asyncio.run(connection(wire, FakeClock()).read())
    assert wire.told == []


def test_shown_message_before_the_first_prompt_is_ignored():
    wire = Wire([WSMessage(WSMsgType.TEXT, json.dumps({"type": "shown", "step": 1}), None)])
    phone = connection(wire, FakeClock())
    asyncio.run(phone.read())
    assert phone.shown is None


@pytest.mark.parametrize(("gap", "slow"), [(0.3, False), (1.0, False), (2.0, True), (30.0, True)])
def test_connection_with_less_than_one_frame_per_second_is_slow(gap, slow):
    timer = FakeClock()
    wire = Wire([])
    phone = connection(wire, timer)
    phone.begin()
    told = 0
    for number in range(round(30 / gap)):
        timer.now += gap
        wire.messages = binary(number + 1)[-1:]
        asyncio.run(phone.read())
        told += phone.slow()
    assert bool(told) is slow
    assert told <= 3
