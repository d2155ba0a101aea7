"""The statement of a receipt (认证回执): one fixed text per pass, so that it can be signed."""

import json

from dialogs.rules.identity import masked
from dialogs.values import SHANGHAI, Certification

_VERSION = 1


def statement(certification: Certification) -> str:
    """Write a pass as the canonical JSON that is signed; people masked, times in Shanghai's zone."""
    name, number = masked(certification.identity)
    return canonical(
        {
            "version": _VERSION,
            "receipt": certification.receipt,
            "scheme": certification.scheme,
            "city": certification.city,
            "name_masked": name,
            "id_type": certification.identity.id_type,
            "id_masked": number,
            "certified_at": certification.certified_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "due_on": certification.due_on.isoformat(),
            "channel": certification.channel,
        }
    )


def canonical(fields: object) -> str:
    """Write JSON in the one way that is signed: sorted keys, no blanks, UTF-8 as it is."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
