"""Conditions of the dialog's transitions, over a session."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.session import Relation, Session, State
from dialogs.values import Manner, Purpose


@dataclass(frozen=True, slots=True)
class Condition:
    """A predicate on a session; `name` labels it in the diagram."""

    name: str
    holds: Callable[[Session], bool]

    def __call__(self, session: Session) -> bool:
        """Return whether it holds."""
        return self.holds(session)


def condition(name: str) -> Callable[[Callable[[Session], bool]], Condition]:
    """Give a condition its name, at its definition."""
    return lambda holds: Condition(name, holds)


@condition("person known")
def is_known(session: Session) -> bool:
    return session.person is not None


@condition("agent known")
def is_agent_known(session: Session) -> bool:
    return session.agent_identity() is not None


@condition("relatives known")
def has_relatives(session: Session) -> bool:
    return bool(session.relatives())


@condition("searched for")
def is_searching(session: Session) -> bool:
    return bool(session.errand.search)


@condition("anybody certified from here")
def has_others(session: Session) -> bool:
    return bool(session.others())


@condition("agent, self-declared")
def is_declared_agent(session: Session) -> bool:
    errand = session.errand
    return session.person is None and errand.manner is Manner.AGENT and errand.purpose is Purpose.CERTIFY


@condition("agent and relatives known")
def has_known_relatives(session: Session) -> bool:
    return is_agent_known(session) and has_relatives(session)


@condition("somebody else's account")
def is_account_of_another(session: Session) -> bool:
    """Whether 本人办理 has the details of another person than the account's own, or its declared agent."""
    errand, owner, subject = session.errand, session.agent_identity(), session.errand.subject.identity()
    is_own_way = errand.manner is Manner.SELF and errand.purpose is Purpose.CERTIFY
    return bool(is_own_way and owner and subject and owner.document != subject.document)


@condition("query")
def is_query(session: Session) -> bool:
    return session.errand.purpose is Purpose.QUERY


@condition("report")
def is_report(session: Session) -> bool:
    return session.errand.purpose is Purpose.REPORT


@condition("agent")
def is_agent(session: Session) -> bool:
    return session.errand.manner is Manner.AGENT


def shows_records(session: Session) -> bool:
    """Whether the scheme of the errand shows its records in chat."""
    return session.errand.scheme is not None and session.errand.scheme.shows_records


@condition("query, records shown")
def may_query_other(session: Session) -> bool:
    return is_query(session) and shows_records(session)


@condition("query, records shown, relatives known")
def may_query_relative(session: Session) -> bool:
    return may_query_other(session) and has_relatives(session)


@condition("query, records shown, a relative's details given before")
def may_query_given(session: Session) -> bool:
    return may_query_other(session) and session.errand.early.given.identity() is not None


@condition("records shown, person known")
def may_see_own_record(session: Session) -> bool:
    return is_known(session) and shows_records(session)


@condition("query, own details")
def is_query_of_known(session: Session) -> bool:
    return is_query(session) and is_read_back_of_known(session)


@condition("own details")
def is_read_back_of_known(session: Session) -> bool:
    return session.is_own(session.errand.subject.identity())


@condition("a relative's details")
def is_read_back_of_relative(session: Session) -> bool:
    """Whether the details read back are of somebody whom the account has certified as a relative."""
    subject = session.errand.subject.identity()
    return subject is not None and any(
        known.subject.identity.document == subject.document for known in session.relatives()
    )


_CLOSE = frozenset({Relation.MOTHER, Relation.FATHER, Relation.SPOUSE})
"""Without grandparents: children's words for them are used of one's own parents, too."""


def is_for_another_relative(session: Session, named: Relation | None) -> bool:
    """Whether the errand is for a relative other than the one who is named: 我爸 in my mother's errand."""
    meant = session.errand.relation
    return session.errand.manner is Manner.AGENT and {meant, named} <= _CLOSE and meant is not named


def is_about_writer(session: Session) -> bool:
    """Whether the details of the errand are the writer's: 本人办理, also as a query."""
    return session.errand.manner is Manner.SELF and session.errand.purpose is not Purpose.REPORT


def is_own_name_asked(session: Session) -> bool:
    """Whether the name asked for is the writer's own: 本人办理, also as a query."""
    return session.state is State.NAME and is_about_writer(session)


def is_own_document_asked(session: Session) -> bool:
    """Whether the document or its number that is asked for is the writer's own."""
    return session.state in {State.ID_TYPE, State.NUMBER} and is_about_writer(session)


@condition("all details given")
def is_complete(session: Session) -> bool:
    return session.errand.subject.identity() is not None


@condition("document chosen")
def is_document_chosen(session: Session) -> bool:
    return session.errand.subject.id_type is not None


@condition("tied to the account by a face")
def may_see_record(session: Session) -> bool:
    """Whether a face pass has bound the person to the account; without it no record is shown."""
    return session.has_certified(session.errand.subject.identity())


@condition("details given before")
def are_details_given(session: Session) -> bool:
    return session.errand.early.of_self().identity() is not None


@condition("name given before")
def is_named(session: Session) -> bool:
    return bool(session.errand.early.of_self().name)


@condition("agent known, or given before")
def has_agent(session: Session) -> bool:
    return is_agent_known(session) or session.errand.early.own.identity() is not None


@condition("agent's name given before")
def is_agent_named(session: Session) -> bool:
    return bool(session.errand.early.own.name)


@condition("agent known, details given before")
def are_relative_details_given(session: Session) -> bool:
    return has_agent(session) and session.errand.early.given.identity() is not None


@condition("agent known, name given before")
def is_relative_named(session: Session) -> bool:
    return has_agent(session) and bool(session.errand.early.given.name)


@condition("agent known, all details given")
def is_ready_for_read_back(session: Session) -> bool:
    return is_agent_known(session) and is_complete(session)


@condition("agent known, name given")
def is_ready_for_document(session: Session) -> bool:
    return is_agent_known(session) and bool(session.errand.subject.name)


MOST_REPORTS = 3
"""Death reports of one account in a day: more than a family needs, too few to silence a village."""


@condition("three reported in a day")
def has_reported_enough(session: Session) -> bool:
    return len(session.reports) >= MOST_REPORTS


def is_at(state: State) -> Condition:
    """Return a condition: the paused errand was left at `state`."""
    return Condition(
        f"left at {state}", lambda session: session.paused is not None and session.paused.state is state
    )
