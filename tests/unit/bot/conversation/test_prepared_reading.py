"""The reader of free text is prepared during the start; earlier messages wait outside a transaction."""

import asyncio
import re
import threading

import pytest

from bot.background.preparation import Preparation
from bot.conversation.reception import Reception
from bot.conversation.units_of_work import WorkResult
from dialogs.flow.step import step
from dialogs.reading import faq
from dialogs.reading.intents import prepare_rules
from dialogs.session import Session
from messages.faq import SHIPPED
from messages.inbound import Click, Inbound, Text
from messages.language.keys import Key
from tests.support.dialog.dialogue import NOW


class Transactions:
    """Stands for the conversation: notes what reached a transaction."""

    def __init__(self):
        self.seen = []

    async def execute_waiting(self, cut):
        works = cut()
        self.seen += [work.account for work in works]
        return [WorkResult("好的") for _ in works]


async def test_text_waits_for_the_prepared_reader_and_taps_do_not():
    made, conversation = threading.Event(), Transactions()
    prepared = Preparation(made.wait)
    reception = Reception(conversation, None, prepared=prepared.wait)
    reception.start()
    words = [
        asyncio.create_task(reception.receive(Inbound(who, who, Text("您好")))) for who in ("anna", "boris")
    ]
    try:
        assert await reception.receive(Inbound("tapped", "tapped", Click("HOME"))) == "好的"
        assert conversation.seen == ["tapped"]
    finally:
        made.set()
    assert await asyncio.gather(*words) == ["好的", "好的"]
    assert sorted(conversation.seen) == ["anna", "boris", "tapped"]
    await reception.close()


async def test_cancelled_waiter_leaves_the_preparation_to_others():
    made, count = threading.Event(), []
    prepared = Preparation(lambda: count.append(made.wait()))
    impatient = asyncio.create_task(prepared.wait())
    await asyncio.sleep(0)
    impatient.cancel()
    made.set()
    await prepared.wait()
    await prepared.wait()
    assert count == [True]


async def test_failed_preparation_is_retried_by_the_next_waiter():
    tries = iter([MemoryError, MemoryError, None])

    def work():
        if error := next(tries):
            raise error

    prepared = Preparation(work)
    both = await asyncio.gather(prepared.wait(), prepared.wait(), return_exceptions=True)
    assert [type(one) for one in both] == [MemoryError, MemoryError]
    with pytest.raises(MemoryError):
        await prepared.wait()
    await prepared.wait()
    await prepared.wait()
    assert next(tries, "over") == "over"


def test_first_question_builds_nothing_after_preparation(monkeypatch):
    shipped = faq.Faq(SHIPPED)
    prepare_rules()
    shipped.prepare()
    monkeypatch.setattr(faq, "_Index", None)
    monkeypatch.setattr(re, "compile", None)
    (answer,) = step(Session(), Text("戴眼镜可以吗"), NOW, shipped).effects
    assert answer.key is Key.ANSWER
