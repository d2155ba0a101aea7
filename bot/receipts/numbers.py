"""Receipt numbers (回执号), short enough to be kept, read out on the phone and shown at a counter."""

import secrets

from dialogs.local_time import SHANGHAI
from dialogs.rules.identity import masked
from dialogs.rules.places.cities import CITIES
from dialogs.values import Certification
from messages.catalogue.formats import day, minute
from messages.catalogue.lookup import label_in
from messages.catalogue.phrases import UNKNOWN_CITY, channel_name
from messages.language.codes import Language
from messages.language.labels import Label

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which are mistaken for one another on paper and on the phone: 31^8 ≈ 8.5e11 numbers."""


def new_receipt() -> str:
    """Draw a receipt number at random, `XXXX-XXXX`: it cannot be guessed from the one before."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def normal_receipt(text: str) -> str | None:
    """Read a receipt number as people type it (lower case, spaces, no dash); None if it cannot be one."""
    plain = "".join(text.split()).replace("-", "").upper()
    if len(plain) != 8 or any(sign not in _ALPHABET for sign in plain):
        return None
    return f"{plain[:4]}-{plain[4:]}"


def receipt_fields(certification: Certification, language: Language) -> dict[str, str]:
    """Return the receipt page's placeholders: people masked, times Shanghai's."""
    name, number = masked(certification.identity)
    city = CITIES.get(certification.city)
    return {
        "receipt": certification.receipt,
        "scheme": label_in(Label[certification.scheme.name], language),
        "name": name,
        "id_type": label_in(Label[certification.identity.id_type.name], language),
        "number": number,
        "city": label_in(city, language) if city else UNKNOWN_CITY.spoken(language),
        "channel": channel_name(certification.channel).spoken(language),
        "certified": minute(certification.certified_at.astimezone(SHANGHAI), language),
        "due": day(certification.due_on, language),
    }
