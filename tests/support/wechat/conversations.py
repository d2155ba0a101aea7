"""The bot's side of the chats, on a test's database."""

from functools import partial

from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.transaction import Conversation
from storage.audit_trail.audit import subject_of
from storage.store import Stores


def conversation_of(engine, vault, clock, planner=None, **options):
    return Conversation(engine, Stores.of(vault), planner or planner_of(vault), clock, **options)


def planner_of(vault, **options):
    return EffectPlanner("https://pension.example", partial(subject_of, vault), **options)
