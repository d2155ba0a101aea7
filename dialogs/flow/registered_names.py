"""Takes over the name and number that the registry has of the person at hand.

Names are compared folded and permits by their lifelong part. From then on the registered name and number are
kept, shown and certified.
"""

from dialogs.immutable_record import replace
from dialogs.ports import Found, Unavailable
from dialogs.rules.identity import is_same_person
from dialogs.session import CertifiedPerson, Draft, Session
from dialogs.values import Identity


def as_registered(session: Session, answer: Found | Unavailable) -> Session:
    """Return the session with the person of the errand as the registry names them.

    It is unchanged if the registry knows nobody, or a name other than the one entered. A person whom a face
    pass has tied to the account is identified by the document alone, since names change.
    """
    record = answer.beneficiary if isinstance(answer, Found) else None
    subject = session.errand.subject.identity()
    if record is None or subject is None or not _is_meant(session, subject, record.identity):
        return session
    return _with_registered_name(session, record.identity)


def is_renamed(before: Session, after: Session) -> bool:
    """Whether the person of the errand was tied to the account under another spelling."""
    subject = after.errand.subject.identity()
    known = before.certified_name(subject) if subject else ""
    return subject is not None and known not in {"", subject.name}


def _is_meant(session: Session, subject: Identity, registered: Identity) -> bool:
    is_tied = session.has_certified(subject) and subject.document == registered.document
    return is_same_person(registered, subject) or is_tied


def _with_registered_name(session: Session, registered: Identity) -> Session:
    person = registered if session.is_own(registered) else session.person
    people = tuple(_known_as(known, registered) for known in session.people)
    errand = replace(session.errand, subject=Draft.of(registered))
    return replace(session, person=person, people=people, errand=errand)


def _known_as(known: CertifiedPerson, registered: Identity) -> CertifiedPerson:
    is_meant = known.subject.identity.document == registered.document
    return replace(known, subject=replace(known.subject, identity=registered)) if is_meant else known
