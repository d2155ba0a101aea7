"""Sessions as JSON: what is stored must be readable by the next release too.

Unknown fields are ignored and missing ones take their defaults, so that a
newer or older program can pick a conversation up.
"""

import json
from typing import Any

from dialogs.session import Draft, Session, State
from dialogs.values import Identity, IdType, Manner, Purpose, Scheme


def encode(session: Session) -> str:
    """Return the session as JSON text."""
    person = Draft.of(session.person) if session.person else None
    fields = {
        "state": session.state,
        "scheme": session.scheme,
        "purpose": session.purpose,
        "manner": session.manner,
        "subject": _draft(session.subject),
        "agent": _draft(session.agent),
        "person": _draft(person) if person else None,
        "city": session.city,
        "record_city": session.record_city,
        "serial": session.serial,
        "failures": session.failures,
        "misses": session.misses,
    }
    return json.dumps(fields, ensure_ascii=False)


def decode(text: str) -> Session:
    """Return the session that `encode` wrote."""
    fields = json.loads(text)
    return Session(
        state=State(fields.get("state", State.HOME)),
        scheme=Scheme(fields["scheme"]) if fields.get("scheme") else None,
        purpose=Purpose(fields.get("purpose", Purpose.CERTIFY)),
        manner=Manner(fields.get("manner", Manner.SELF)),
        subject=_read_draft(fields.get("subject")),
        agent=_read_draft(fields.get("agent")),
        person=_read_person(fields.get("person")),
        city=fields.get("city", ""),
        record_city=fields.get("record_city", ""),
        serial=fields.get("serial", 0),
        failures=fields.get("failures", 0),
        misses=fields.get("misses", 0),
    )


def _draft(draft: Draft) -> dict[str, str | None]:
    return {"name": draft.name, "id_type": draft.id_type, "number": draft.number}


def _read_draft(fields: dict[str, Any] | None) -> Draft:
    if not fields:
        return Draft()
    kind = IdType(fields["id_type"]) if fields.get("id_type") else None
    return Draft(fields.get("name", ""), kind, fields.get("number", ""))


def _read_person(fields: dict[str, Any] | None) -> Identity | None:
    return _read_draft(fields).identity()
