"""People and requests as JSON arrays, ready to be sealed in one field; the person of a clerk's act.

Raises UnreadableRecord for content of another program that this one does not know.
"""

from typing import TypeVar

import msgspec

from dialogs.values import CaptureRequest, Identity, IdType, Manner, Purpose, Scheme
from storage.errors import UnreadableRecord

_Person = tuple[str, IdType, str]
_People = tuple[_Person, _Person | None]
_Request = tuple[Scheme, Purpose, Manner, str, str]
_T = TypeVar("_T")
_encode = msgspec.json.Encoder().encode
_person, _people, _request = (msgspec.json.Decoder(kind) for kind in (_Person, _People, _Request))


def write_identity(identity: Identity) -> str:
    """Write one person: name, ID type, number."""
    return _encode(_array(identity)).decode()


def read_identity(text: str) -> Identity:
    """Read what `write_identity` wrote."""
    return Identity(*_read(_person, text))


def write_people(subject: Identity, agent: Identity | None) -> str:
    """Write a subject and the agent who acted, or null."""
    return _encode((_array(subject), agent and _array(agent))).decode()


def read_people(text: str) -> tuple[Identity, Identity | None]:
    """Read what `write_people` wrote."""
    subject, agent = _read(_people, text)
    return Identity(*subject), agent and Identity(*agent)


def write_request(request: CaptureRequest) -> str:
    """Write the request of a face check; its people are one text inside, as `write_people` returns it."""
    people = write_people(request.subject, request.agent)
    return _encode((request.scheme, request.purpose, request.manner, request.city, people)).decode()


def read_request(text: str) -> CaptureRequest:
    """Read what `write_request` wrote."""
    scheme, purpose, manner, city, people = _read(_request, text)
    subject, agent = read_people(people)
    return CaptureRequest(scheme, purpose, manner, subject, city, agent)


class _Act(msgspec.Struct):
    person: Identity


def read_acted_on(act: str) -> Identity | None:
    """Return the person of a clerk's act, in the console's JSON; None if this program finds none."""
    try:
        return msgspec.json.decode(act, type=_Act).person
    except msgspec.DecodeError:
        return None


def _array(identity: Identity) -> _Person:
    return identity.name, identity.id_type, identity.number


def _read(decoder: "msgspec.json.Decoder[_T]", text: str) -> _T:
    try:
        return decoder.decode(text)
    except msgspec.DecodeError:
        message = "a stored record is not of a form that this program knows"
        raise UnreadableRecord(message) from None
