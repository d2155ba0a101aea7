"""What the dialog's table asks of a session before a row holds."""

from collections.abc import Callable

from dialogs.session import Session, State
from dialogs.values import Manner, Purpose

Condition = Callable[[Session], bool]


def is_known(session: Session) -> bool:
    return session.person is not None


def is_agent_known(session: Session) -> bool:
    return session.agent_identity() is not None


def has_relatives(session: Session) -> bool:
    return bool(session.relatives())


def has_others(session: Session) -> bool:
    return bool(session.others())


def is_declared_agent(session: Session) -> bool:
    errand = session.errand
    return session.person is None and errand.manner is Manner.AGENT and errand.purpose is Purpose.CERTIFY


def has_known_relatives(session: Session) -> bool:
    return is_agent_known(session) and has_relatives(session)


def is_query(session: Session) -> bool:
    return session.errand.purpose is Purpose.QUERY


def is_report(session: Session) -> bool:
    return session.errand.purpose is Purpose.REPORT


def is_agent(session: Session) -> bool:
    return session.errand.manner is Manner.AGENT


def shows_records(session: Session) -> bool:
    return session.errand.scheme is not None and session.errand.scheme.shows_records


def may_query_other(session: Session) -> bool:
    return is_query(session) and shows_records(session)


def may_query_relative(session: Session) -> bool:
    return may_query_other(session) and has_relatives(session)


def may_see_own_record(session: Session) -> bool:
    return is_known(session) and shows_records(session)


def is_query_of_known(session: Session) -> bool:
    return is_query(session) and is_read_back_of_known(session)


def is_read_back_of_known(session: Session) -> bool:
    return session.person is not None and session.errand.subject.identity() == session.person


def is_read_back_of_relative(session: Session) -> bool:
    subject = session.errand.subject.identity()
    return any(known.subject.identity == subject for known in session.relatives())


def is_complete(session: Session) -> bool:
    return session.errand.subject.identity() is not None


def may_be_told(session: Session) -> bool:
    """Nothing of a record is told to an account before a face pass has tied the person to it."""
    subject = session.errand.subject.identity()
    return subject is not None and (
        subject == session.person or any(known.subject.identity == subject for known in session.people)
    )


def is_told(session: Session) -> bool:
    return session.errand.early.of_self().identity() is not None


def is_named(session: Session) -> bool:
    return bool(session.errand.early.of_self().name)


def has_agent(session: Session) -> bool:
    return is_agent_known(session) or session.errand.early.own.identity() is not None


def is_agent_named(session: Session) -> bool:
    return bool(session.errand.early.own.name)


def is_relative_told(session: Session) -> bool:
    return has_agent(session) and session.errand.early.given.identity() is not None


def is_relative_named(session: Session) -> bool:
    return has_agent(session) and bool(session.errand.early.given.name)


def is_ready_for_read_back(session: Session) -> bool:
    return is_agent_known(session) and is_complete(session)


def is_ready_for_paper(session: Session) -> bool:
    return is_agent_known(session) and bool(session.errand.subject.name)


MOST_REPORTS = 3
"""Death reports of one account in a day: more than a family needs, too few to silence a village."""


def has_reported_enough(session: Session) -> bool:
    return len(session.reports) >= MOST_REPORTS


def is_at(state: State) -> Condition:
    def paused_there(session: Session) -> bool:
        return session.paused is not None and session.paused.state is state

    return paused_there
