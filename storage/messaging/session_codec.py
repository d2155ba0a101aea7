"""Sessions as JSON, readable by the next release and by the one before.

Unknown fields are ignored and missing ones take their defaults. Reading never fails. If a part cannot be read
(an unknown state, a scheme of another program, a broken body), the conversation goes back to its start and
keeps what can be read.
"""

import logging
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from dialogs.immutable_record import replace
from dialogs.session import NO_ERRAND, Errand, Session, State

Fields = dict[str, Any]
_T = TypeVar("_T")
_HINTS: Fields = get_type_hints(Session)
_ERRAND = frozenset(Errand.__struct_fields__)
_PLACE = frozenset({"state", "errand"})
"""Parts that only make sense together: if one is damaged, neither is kept."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC).isoformat()
"""Stands for a relative's missing `since`, so that an agency ended at any time counts."""

_PERSON = ("name", "id_type", "number")
_BLANK = '{"state":"home"}'
"""An empty session; `{}` stands for one that did not open (`storage.messaging.sessions`)."""

_decoder = msgspec.json.Decoder()
_whole_decoder = msgspec.json.Decoder(Session)
_encoder = msgspec.json.Encoder(enc_hook=str)
_log = logging.getLogger(__name__)


def encode(session: Session) -> str:
    """Return the session as JSON text, without default values; relatives are stored flat."""
    if not session.people:
        text = _encoder.encode(session).decode()
        return _BLANK if text == "{}" else text
    stored = msgspec.to_builtins(session, enc_hook=str)
    stored["people"] = [_flat(known) for known in stored["people"]]
    return _encoder.encode(stored).decode()


def decode(text: str) -> Session:
    """Return the session that `encode` wrote, or as much of a damaged one as can be read."""
    whole = _decode_at_once(text)
    return _decode_by_parts(text) if whole is None else whole


def _decode_at_once(text: str) -> Session | None:
    """Read a session without relatives, as `encode` writes it; None if it is not the record's JSON.

    Nearly all sessions are like this, and are read in a quarter of the time.
    """
    try:
        return _whole_decoder.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def _decode_by_parts(text: str) -> Session:
    stored = _fields(text)
    if stored is None:
        _log.warning("a stored session cannot be read and begins anew")
        return Session()
    try:
        return _convert(stored, Session)
    except msgspec.ValidationError:
        return _salvaged(stored)


def _fields(text: str) -> Fields | None:
    try:
        stored = _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(stored, dict):
        return None
    people = stored.get("people")
    stored["people"] = [_nested(known) for known in people] if isinstance(people, list) else []
    if not stored.get("errand"):  # the first release wrote its fields next to the others
        stored["errand"] = {name: stored[name] for name in _ERRAND & stored.keys()}
    return {name: stored[name] for name in _HINTS.keys() & stored.keys()}


def _flat(known: Fields) -> Fields:
    subject = known["subject"]
    times = {"due_on": known["due_on"], "since": known["since"]}
    return {"scheme": subject["scheme"], "city": subject["city"], **times, **subject["identity"]}


def _nested(known: object) -> object:
    if not isinstance(known, dict):
        return known
    identity = {name: known.get(name) for name in _PERSON}
    subject = {"scheme": known.get("scheme"), "identity": identity, "city": known.get("city") or ""}
    return {"subject": subject, "due_on": known.get("due_on"), "since": known.get("since") or _LONG_AGO}


def _convert(stored: object, kind: type[_T]) -> _T:
    return msgspec.convert(stored, kind, dec_hook=lambda wanted, value: wanted(value))


def _salvaged(stored: Fields) -> Session:
    """Read each part separately; a damaged place leads back to the start."""
    present = {name: hint for name, hint in _HINTS.items() if name in stored}
    damaged = {name for name, hint in present.items() if not _is_readable(stored[name], hint)}
    _log.warning("a stored session is damaged in: %s", ", ".join(sorted(damaged)))
    kept: Fields = {
        name: _convert(stored[name], hint) for name, hint in present.items() if name not in damaged
    }
    for name in damaged:
        if get_origin(present[name]) is tuple:
            kept[name] = _readable_items(stored[name], present[name])
    session = Session(**kept)
    return replace(session, state=State.HOME, errand=NO_ERRAND) if damaged & _PLACE else session


def _is_readable(stored: object, hint: Any) -> bool:  # noqa: ANN401 - any type's hint
    try:
        _convert(stored, hint)
    except msgspec.ValidationError:
        return False
    return True


def _readable_items(stored: object, hint: Any) -> tuple[object, ...]:  # noqa: ANN401 - as above
    kind = get_args(hint)[0]
    items = stored if isinstance(stored, list) else []
    return tuple(_convert(item, kind) for item in items if _is_readable(item, kind))
