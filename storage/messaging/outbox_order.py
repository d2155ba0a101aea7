"""Order of an account's messages in the outbox: which earlier row must be sent before a later one."""

from sqlalchemy import Exists, literal, or_, select

from storage.schema.messaging import outbox


def held_back() -> Exists:
    """Return the condition on a row that an earlier message of its account and kind must go first.

    The offset keeps PostgreSQL from turning the lookup of one account into a join of all of them.
    """
    earlier = outbox.alias("earlier")
    first = select(literal(1)).where(
        earlier.c.account == outbox.c.account,
        earlier.c.kind == outbox.c.kind,
        earlier.c.id < outbox.c.id,
        earlier.c.ended_at.is_(None),
        earlier.c.report.is_(None),  # one that was accepted once already blocks nothing
        earlier.c.waits_since.is_(None),  # nor does one that waits for its person's next words
        or_(earlier.c.due_at <= outbox.c.due_at, earlier.c.attempts > 0),
    )
    return first.offset(0).correlate(outbox).exists()
