"""Every table, once. The migrations create them; a test keeps the two equal.

Only what the service itself must select by is stored in clear: account ids, times,
kinds, cities. Names, ID numbers, message texts, conversations and templates
are `sealed`, and found by keyed hashes (`…_blind`).

The subjects are imported here, so that `columns.metadata` holds every table for its readers: the migrations
and the rotation of data keys.
"""

from storage.schema import captures, console, keys, loading, messaging, office, people, talks, window

__all__ = ["captures", "console", "keys", "loading", "messaging", "office", "people", "talks", "window"]
