"""Settings that a command reads alone, so that it also runs if other settings of the service are missing.

Each function takes the names and values of the environment, and raises BadSetting that names the setting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.database_keys import VaultSettings
from bot.settings.faq_file import FaqFile
from bot.settings.liveness import Liveness
from bot.settings.settings import Settings, require_rehearsal
from bot.settings.table import settings_of, value_of
from dialogs.rules.human_service import HumanService
from storage.engine.connection_limits import ConnectionLimits
from storage.retention.purging import RetentionClass, with_consents

_T = TypeVar("_T")
_Reader = Callable[[Mapping[str, str]], _T]
_ROWS = {row.name: row for row in settings_of(Settings)}


def _alone(name: str) -> _Reader[Any]:
    """Return the function that reads one row of the table `Settings`."""
    row = _ROWS[name]
    return lambda source: value_of(source, row)


audit_years: _Reader[int] = _alone("AUDIT_YEARS")
"""0 for good."""
database_url: _Reader[str] = _alone("DATABASE_URL")
export_url: _Reader[str] = _alone("EXPORT_URL")
face_pack: _Reader[str] = _alone("FACE_PACK")
face_threshold: _Reader[float | None] = _alone("FACE_THRESHOLD")
"""None for the pack's own."""
faq: _Reader[FaqFile] = _alone("FAQ")
liveness: _Reader[Liveness] = _alone("LIVENESS")
upload_dir: _Reader[Path] = _alone("ADMIN_UPLOAD_DIR")
four_eyes: _Reader[bool] = _alone("ADMIN_FOUR_EYES")
voice_dir: _Reader[Path | None] = _alone("VOICE_DIR")


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """Settings of `remind` in addition to the database and its keys."""

    template_id: str
    public_url: str
    days: tuple[int, ...]
    now: datetime | None


def reminder_settings(source: Mapping[str, str]) -> ReminderSettings:
    """Return only the settings of the reminders."""
    found = ReminderSettings(*_values(source, "REMINDER_TEMPLATE_ID", "PUBLIC_URL", "REMINDER_DAYS", "NOW"))
    require_rehearsal(found.now, rehearsal=_alone("REHEARSAL")(source))
    return found


def command_limits(source: Mapping[str, str]) -> ConnectionLimits:
    """Return the limits of a command, which may take its time."""
    return ConnectionLimits(behind_pgbouncer=_alone("DATABASE_PGBOUNCER")(source))


def days_of_each_class(source: Mapping[str, str]) -> dict[RetentionClass, int]:
    """Return for how many days RETENTION_DAYS and CONSENT_YEARS keep each class that has rows deleted."""
    return with_consents(*_values(source, "RETENTION_DAYS", "CONSENT_YEARS"))


def vault_settings(source: Mapping[str, str]) -> VaultSettings:
    """Return the settings of the vault."""
    return VaultSettings(*_values(source, "DATA_KEYS", "CIPHER", "SIGNING_KEY"))


def human_service(source: Mapping[str, str]) -> HumanService:
    """Return when clerks answer chats."""
    return HumanService(*_values(source, "HUMAN_HOURS", "HUMAN_CLOSED", "HUMAN_HOLIDAYS"))


def files_need_two(source: Mapping[str, str]) -> bool:
    """Return whether files need two people: ADMIN_FOUR_EYES without ADMIN_UNATTENDED_FILES."""
    four_eyes_on, unattended = _values(source, "ADMIN_FOUR_EYES", "ADMIN_UNATTENDED_FILES")
    return four_eyes_on and not unattended


def _values(source: Mapping[str, str], *names: str) -> list[Any]:
    return [_alone(name)(source) for name in names]
