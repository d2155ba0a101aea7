"""The kinds of the outbox's rows that each worker claims, in its order; together they are all."""

from storage.messaging.outbox import OutboxKind
from storage.way_out import WayOut

EXPORTED = tuple(kind for kind in OutboxKind if kind.way is WayOut.CORE_SYSTEM)
"""Claimed by the export worker, all others by the delivery worker."""

BY_NIGHT = tuple(kind for kind in OutboxKind if kind not in EXPORTED and kind.by_night)
BY_DAY = BY_NIGHT + tuple(kind for kind in OutboxKind if kind not in EXPORTED and not kind.by_night)
"""What somebody waits for comes first."""
