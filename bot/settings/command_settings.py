"""Settings that a command reads by themselves, so that it runs where the service's other ones are missing.

Each function raises BadSetting that names the setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from bot.opening import VaultSettings
from bot.settings.faq_file import FaqFile
from bot.settings.parsers import Liveness
from bot.settings.settings import Settings, require_rehearsal
from bot.settings.table import read_one
from dialogs.rules.human_service import HumanService, OpeningSpan, SpecialDays
from storage.engine.connection_limits import ConnectionLimits
from storage.retention.purging import RetentionClass, RetentionDays, with_consents


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """Settings of `remind` beside the database and its keys."""

    template_id: str
    public_url: str
    days: tuple[int, ...]
    now: datetime | None


def reminder_settings(source: Mapping[str, str]) -> ReminderSettings:
    """Return the settings of the reminders alone; raises BadSetting."""
    names = ("REMINDER_TEMPLATE_ID", "PUBLIC_URL", "REMINDER_DAYS", "NOW")
    found = ReminderSettings(*(read_one(source, Settings, name) for name in names))
    require_rehearsal(found.now, rehearsal=read_one(source, Settings, "REHEARSAL"))
    return found


def database_url(source: Mapping[str, str]) -> str:
    """Return DATABASE_URL."""
    return str(read_one(source, Settings, "DATABASE_URL"))


def command_limits(source: Mapping[str, str]) -> ConnectionLimits:
    """Return the limits of a command, which may take its time."""
    return ConnectionLimits(behind_pgbouncer=read_one(source, Settings, "DATABASE_PGBOUNCER"))


def days_of_each_class(source: Mapping[str, str]) -> dict[RetentionClass, int]:
    """Return for how many days RETENTION_DAYS and CONSENT_YEARS keep each class that is deleted from."""
    days = cast("RetentionDays", read_one(source, Settings, "RETENTION_DAYS"))
    return with_consents(days, int(read_one(source, Settings, "CONSENT_YEARS")))


def vault_settings(source: Mapping[str, str]) -> VaultSettings:
    """Return what the vault is made of."""
    return VaultSettings(
        *(read_one(source, Settings, name) for name in ("DATA_KEYS", "CIPHER", "SIGNING_KEY"))
    )


def export_url(source: Mapping[str, str]) -> str:
    """Return EXPORT_URL."""
    return str(read_one(source, Settings, "EXPORT_URL"))


def face_pack(source: Mapping[str, str]) -> str:
    """Return FACE_PACK."""
    return str(read_one(source, Settings, "FACE_PACK"))


def face_threshold(source: Mapping[str, str]) -> float | None:
    """Return FACE_THRESHOLD; None for the pack's own."""
    return cast("float | None", read_one(source, Settings, "FACE_THRESHOLD"))


def faq(source: Mapping[str, str]) -> FaqFile:
    """Return FAQ."""
    return cast("FaqFile", read_one(source, Settings, "FAQ"))


def human_service(source: Mapping[str, str]) -> HumanService:
    """Return when clerks answer chats."""
    hours, closed, special = (
        read_one(source, Settings, f"HUMAN_{name}") for name in ("HOURS", "CLOSED", "HOLIDAYS")
    )
    return HumanService(
        cast("tuple[OpeningSpan, ...]", hours), str(closed), cast("tuple[SpecialDays, ...]", special)
    )


def liveness(source: Mapping[str, str]) -> Liveness:
    """Return LIVENESS."""
    return cast("Liveness", read_one(source, Settings, "LIVENESS"))


def upload_dir(source: Mapping[str, str]) -> Path:
    """Return ADMIN_UPLOAD_DIR."""
    return cast("Path", read_one(source, Settings, "ADMIN_UPLOAD_DIR"))


def four_eyes(source: Mapping[str, str]) -> bool:
    """Return ADMIN_FOUR_EYES."""
    return bool(read_one(source, Settings, "ADMIN_FOUR_EYES"))


def voice_dir(source: Mapping[str, str]) -> Path | None:
    """Return VOICE_DIR."""
    return cast("Path | None", read_one(source, Settings, "VOICE_DIR"))
