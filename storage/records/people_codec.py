"""People and requests as JSON text, ready to be sealed in one field."""

import json

from dialogs.values import CaptureRequest, Identity, IdType, Manner, Purpose, Scheme


def write_identity(identity: Identity) -> str:
    """Write one person."""
    return json.dumps(_plain(identity), ensure_ascii=False)


def read_identity(text: str) -> Identity:
    """Read what `write_identity` wrote."""
    return _identity(json.loads(text))


def write_people(subject: Identity, agent: Identity | None) -> str:
    """Write a subject and who acted for them."""
    return json.dumps([_plain(subject), agent and _plain(agent)], ensure_ascii=False)


def read_people(text: str) -> tuple[Identity, Identity | None]:
    """Read what `write_people` wrote."""
    subject, agent = json.loads(text)
    return _identity(subject), agent and _identity(agent)


def write_request(request: CaptureRequest) -> str:
    """Write a face check's request."""
    people = write_people(request.subject, request.agent)
    return json.dumps(
        [request.scheme, request.purpose, request.manner, request.city, people], ensure_ascii=False
    )


def read_request(text: str) -> CaptureRequest:
    """Read what `write_request` wrote."""
    scheme, purpose, manner, city, people = json.loads(text)
    subject, agent = read_people(people)
    return CaptureRequest(Scheme(scheme), Purpose(purpose), Manner(manner), subject, city, agent)


def _plain(identity: Identity) -> list[str]:
    return [identity.name, identity.id_type, identity.number]


def _identity(plain: list[str]) -> Identity:
    name, id_type, number = plain
    return Identity(name, IdType(id_type), number)
