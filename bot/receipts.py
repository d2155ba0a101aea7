"""Receipt numbers (回执号): what a pensioner can keep, read out on the phone and show at a counter."""

import secrets

from dialogs.cities import CITIES
from dialogs.identity import masked
from dialogs.values import SHANGHAI, Certification
from messages.labels import Label
from messages.names import OFFICE_UNKNOWN, channel_name

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which are mistaken for one another on paper and on the phone: 31^8 ≈ 8.5e11 numbers."""


def new_receipt() -> str:
    """Draw a receipt number at random, `XXXX-XXXX`: not to be guessed from the one before."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def normal_receipt(text: str) -> str | None:
    """Read a receipt number as people type it (lower case, blanks, no dash); None if it cannot be one."""
    plain = "".join(text.split()).replace("-", "").upper()
    if len(plain) != 8 or any(sign not in _ALPHABET for sign in plain):
        return None
    return f"{plain[:4]}-{plain[4:]}"


def receipt_fields(certification: Certification) -> dict[str, str]:
    """Give the receipt page's placeholders: masked, and dates as numbers in Shanghai's time."""
    at = certification.certified_at.astimezone(SHANGHAI)
    due = certification.due_on
    name, number = masked(certification.identity)
    return {
        "receipt": certification.receipt,
        "scheme": Label[certification.scheme.name],
        "name": name,
        "id_type": Label[certification.identity.id_type.name],
        "number": number,
        "city": CITIES.get(certification.city, OFFICE_UNKNOWN),
        "channel": channel_name(certification.channel).chinese,
        "year": str(at.year),
        "month": str(at.month),
        "day": str(at.day),
        "time": f"{at:%H:%M}",
        "due_year": str(due.year),
        "due_month": str(due.month),
        "due_day": str(due.day),
    }
