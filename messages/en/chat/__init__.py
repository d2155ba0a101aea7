"""English sentences of the chat; each key is in one of the modules."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.en.chat import bindings, clerk_talk, errand, mid_errand, questions, records, subscriptions
from messages.language.keys import Key

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
