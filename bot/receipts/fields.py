"""Fields of a pass in the exports and in what is sent to the core system."""

from datetime import datetime

from dialogs.local_time import SHANGHAI
from dialogs.rules.identity import mask_name, masked
from dialogs.values import Certification

Fields = dict[str, str | None]


def certification_fields(certification: Certification) -> Fields:
    """Return the contract's keys: people masked, times in Shanghai's zone."""
    name, number = masked(certification.identity)
    agent = certification.agent
    return {
        "receipt": certification.receipt,
        "scheme": certification.scheme,
        "city": certification.city,
        "name_masked": name,
        "id_masked": number,
        "certified_at": moment_text(certification.certified_at),
        "due_on": certification.due_on.isoformat(),
        "channel": certification.channel,
        "agent": mask_name(agent.name) if agent else None,
    }


def identity_fields(certification: Certification) -> Fields:
    """Return the person in full."""
    person = certification.identity
    return {"id_type": person.id_type, "id_number": person.number, "name": person.name}


def moment_text(at: datetime) -> str:
    """Write a moment to the second, in Shanghai's zone."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")
