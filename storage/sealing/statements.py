"""The statement of a receipt (认证回执): one fixed text per pass, so that it can be signed."""

import json

from dialogs.local_time import SHANGHAI
from dialogs.rules.identity import mask_name, mask_number
from dialogs.values import Certification

_VERSION = 1


def statement(certification: Certification) -> str:
    """Write a pass as the canonical JSON that is signed; people masked, times in Shanghai's zone."""
    return canonical(
        {
            "version": _VERSION,
            "receipt": certification.receipt,
            "scheme": certification.scheme,
            "city": certification.city,
            "name_masked": _masked_name(certification.identity.name),
            "id_type": certification.identity.id_type,
            "id_masked": mask_number(certification.identity.number),
            "certified_at": certification.certified_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "due_on": certification.due_on.isoformat(),
            "channel": certification.channel,
        }
    )


def _masked_name(name: str) -> str:
    """Mask a name as in signed version 1, whatever `mask_name` shows today: a dot counts as a character."""
    if "·" not in name:
        return mask_name(name)
    return name[:1] + "*" * (len(name) - 2) + name[-1]


def canonical(fields: object) -> str:
    """Write JSON in the one form that is signed: sorted keys, no spaces between tokens, unescaped UTF-8."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
