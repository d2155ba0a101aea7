"""The bot's side of the chats, on a test's database."""

import itertools
from functools import partial

from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.transaction import Conversation
from bot.conversation.units_of_work import Work
from messages.inbound import Text
from storage.audit_trail.audit import subject_of
from storage.store import Stores

_keys = itertools.count(1)


def conversation_of(engine, vault, clock, planner=None, **options):
    return Conversation(engine, Stores.of(vault), planner or planner_of(vault), clock, **options)


def planner_of(vault, **options):
    return EffectPlanner("https://pension.example", partial(subject_of, vault), **options)


async def say(conversation, account, *words):
    """Deliver words, or other events, one after the other; return the last reply."""
    for said in words:
        event = Text(said) if isinstance(said, str) else said
        work = Work(account, event, f"{account}:{next(_keys)}", claims=True)
        (done,) = await conversation.execute([work])
    return done.reply
