"""Sessions as JSON: what is stored must be readable by the next release too.

Unknown fields are ignored and missing ones take their defaults, so that a
newer or older program can pick a conversation up.
"""

import json
from datetime import date, datetime
from typing import Any

from dialogs.session import Draft, Errand, Known, Paused, Prefill, Session, State
from dialogs.values import Identity, IdType, Manner, Purpose, Scheme, Subject
from messages.words import Language

_PLAIN = (
    "state",
    "language",
    "city",
    "record_city",
    "subscribed",
    "handing_over",
    "serial",
    "failures",
    "misses",
)

Fields = dict[str, Any]


def encode(session: Session) -> str:
    """Return the session as JSON text."""
    person, paused = session.person, session.paused
    fields = {name: getattr(session, name) for name in _PLAIN} | {
        "errand": _errand(session.errand),
        "agent": _draft(session.agent),
        "person": _draft(Draft.of(person)) if person else None,
        "people": [_known(known) for known in session.people],
        "paused": _paused(paused) if paused else None,
        "settled_until": _time(session.settled_until),
        "checked_at": _time(session.checked_at),
        "touched_at": _time(session.touched_at),
        "reports": [_time(at) for at in session.reports],
    }
    return json.dumps(fields, ensure_ascii=False)


def decode(text: str) -> Session:
    """Return the session that `encode` wrote."""
    fields = json.loads(text)
    return Session(
        state=State(fields.get("state", State.HOME)),
        errand=_read_errand(fields.get("errand") or fields),
        agent=_read_draft(fields.get("agent")),
        person=_read_draft(fields.get("person")).identity(),
        people=tuple(_read_known(known) for known in fields.get("people", ())),
        paused=_read_paused(fields.get("paused")),
        language=Language(fields.get("language", Language.CHINESE)),
        city=fields.get("city", ""),
        record_city=fields.get("record_city", ""),
        settled_until=_read_date(fields.get("settled_until")),
        checked_at=_read_time(fields.get("checked_at")),
        touched_at=_read_time(fields.get("touched_at")),
        subscribed=fields.get("subscribed", False),
        handing_over=fields.get("handing_over", False),
        serial=fields.get("serial", 0),
        failures=fields.get("failures", 0),
        misses=fields.get("misses", 0),
        reports=tuple(datetime.fromisoformat(at) for at in fields.get("reports", ())),
    )


def _time(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _read_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _errand(errand: Errand) -> Fields:
    return {
        "scheme": errand.scheme,
        "purpose": errand.purpose,
        "manner": errand.manner,
        "subject": _draft(errand.subject),
        "relation": errand.relation,
        "told": errand.told,
        "early": _early(errand.early),
    }


def _read_errand(fields: Fields) -> Errand:
    return Errand(
        scheme=Scheme(fields["scheme"]) if fields.get("scheme") else None,
        purpose=Purpose(fields.get("purpose", Purpose.CERTIFY)),
        manner=Manner(fields.get("manner", Manner.SELF)),
        subject=_read_draft(fields.get("subject")),
        relation=fields.get("relation", ""),
        told=fields.get("told", False),
        early=_read_early(fields.get("early") or {}),
    )


def _early(early: Prefill) -> Fields:
    return {"own": _draft(early.own), "given": _draft(early.given), "relation": early.relation}


def _read_early(fields: Fields) -> Prefill:
    given = _read_draft(fields.get("given"))
    return Prefill(_read_draft(fields.get("own")), given, fields.get("relation", ""))


def _draft(draft: Draft) -> Fields:
    return {"name": draft.name, "id_type": draft.id_type, "number": draft.number}


def _read_draft(fields: Fields | None) -> Draft:
    if not fields:
        return Draft()
    kind = IdType(fields["id_type"]) if fields.get("id_type") else None
    return Draft(fields.get("name", ""), kind, fields.get("number", ""))


def _known(known: Known) -> Fields:
    subject = known.subject
    place = {"scheme": subject.scheme, "city": subject.city}
    times = {"due_on": _time(known.due_on), "since": _time(known.since)}
    return place | times | _draft(Draft.of(subject.identity))


def _read_known(fields: Fields) -> Known:
    identity = Identity(fields["name"], IdType(fields["id_type"]), fields["number"])
    subject = Subject(Scheme(fields["scheme"]), identity, fields["city"])
    return Known(subject, date.fromisoformat(fields["due_on"]), datetime.fromisoformat(fields["since"]))


def _paused(paused: Paused) -> Fields:
    return {"state": paused.state, "errand": _errand(paused.errand), "at": _time(paused.at)}


def _read_paused(fields: Fields | None) -> Paused | None:
    if not fields:
        return None
    return Paused(
        State(fields["state"]), _read_errand(fields["errand"]), datetime.fromisoformat(fields["at"])
    )
