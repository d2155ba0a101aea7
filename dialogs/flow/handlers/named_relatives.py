"""Recognises a person whom the account knows by the name in a wish: 给陈小国认证."""

import re

from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.intents.errands import AFTER_NAME_OF_KNOWN, FOR
from dialogs.reading.reader import Reading, Utterance
from dialogs.rules.identity import is_same_name
from dialogs.session import CertifiedPerson, Relation, Session


def naming_known(session: Session, utterance: Utterance, reading: Reading) -> Reading:
    """Return the reading with the name of the one relative who is named without 给, or by the given name.

    陈小国要认证, 给小国认证. Only the names that the account knows are looked for: 高龄认证 names nobody.
    """
    if reading.intent is not Intent.CERTIFY or reading.name or reading.relation is Relation.SELF:
        return reading
    names = {known.subject.identity.name for known in session.others()}
    said = utterance.plain.joined
    named = [name for name in names if re.search(_named(name) + AFTER_NAME_OF_KNOWN, said)]
    return replace(reading, name=named[0]) if len(named) == 1 else reading


def _named(name: str) -> str:
    given = name[1:] if len(name) == 3 else name[2:]
    in_full = re.escape(name)
    return f"(?:{in_full}|(?<=[{FOR}]){re.escape(given)})" if len(given) > 1 else in_full


def as_known(session: Session, reading: Reading) -> Reading:
    """Return the reading with the number and the pension of the one relative whose name it gives.

    The writer's own name means the writers themselves, the name of the errand's person that errand. The
    reading stays as it is if it gives a number, and if nobody known or several people have the name.
    """
    name = reading.name
    if not name or reading.number or reading.introduced:
        return reading
    if is_same_name(name, session.errand.subject.name):
        return replace(reading, name=None, relation=None)
    if session.person and is_same_name(name, session.person.name):
        return replace(reading, name=None, relation=Relation.SELF)
    named = [known for known in session.others() if is_same_name(name, known.subject.identity.name)]
    if len({known.subject.identity.document for known in named}) != 1:
        return reading
    return _with_details(reading, named)


def _with_details(reading: Reading, known: list[CertifiedPerson]) -> Reading:
    identity, schemes = known[0].subject.identity, {one.subject.scheme for one in known}
    return replace(
        reading,
        name=identity.name,
        id_type=identity.id_type,
        number=identity.number,
        relation=reading.relation or Relation.OTHER,
        scheme=reading.scheme or (known[0].subject.scheme if len(schemes) == 1 else None),
    )
