"""The kinds of the outbox's rows that each worker claims, in its order; together they are all."""

from storage.delivery_route import DeliveryRoute
from storage.messaging.outbox import OutboxKind

EXPORTED = tuple(kind for kind in OutboxKind if kind.route is DeliveryRoute.CORE_SYSTEM)
"""Claimed by the export worker, all others by the delivery worker."""

BY_NIGHT = tuple(kind for kind in OutboxKind if kind not in EXPORTED and kind.by_night)
BY_DAY = BY_NIGHT + tuple(kind for kind in OutboxKind if kind not in EXPORTED and not kind.by_night)
"""What somebody waits for comes first."""
