"""Notes in a conversation a link that the office has sent outside it."""

from datetime import datetime

from dialogs.immutable_record import replace
from dialogs.rules.link_life import ticket_life
from dialogs.session import Session
from dialogs.values import CaptureRequest


def with_office_link(session: Session, request: CaptureRequest, ends_at: datetime) -> Session:
    """Return the conversation that knows of the link, if it is about the same; any other stays as it is.

    The link may live longer than one of the conversation's own, so it counts as given when one of those with
    the same end would have been given.
    """
    own = session.capture_request()
    if own is None or own.matter != request.matter:
        return session
    return replace(session, linked_at=ends_at - ticket_life(handed_over=session.handing_over))
