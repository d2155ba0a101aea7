"""Chinese sentences of the chat; each key is in one of the modules."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key
from messages.zh.chat import bindings, clerk_talk, errand, mid_errand, questions, records, subscriptions

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        **bindings.TEXTS,
        **clerk_talk.TEXTS,
        **errand.TEXTS,
        **mid_errand.TEXTS,
        **questions.TEXTS,
        **records.TEXTS,
        **subscriptions.TEXTS,
    }
)
