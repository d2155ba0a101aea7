"""Settings that a command reads by themselves, so that it runs where the service's other ones are missing.

Each function raises BadSetting that names the setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from bot.opening import VaultSettings
from bot.settings.faq_file import FaqFile
from bot.settings.parsers import Liveness
from bot.settings.settings import Settings, require_rehearsal
from bot.settings.table import settings_of, value_of
from dialogs.rules.human_service import HumanService
from storage.engine.connection_limits import ConnectionLimits
from storage.retention.purging import RetentionClass, with_consents


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """Settings of `remind` beside the database and its keys."""

    template_id: str
    public_url: str
    days: tuple[int, ...]
    now: datetime | None


class _OneByOne:
    """Stands for `Settings` and reads each setting when it is asked for: others may be missing or wrong."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the type of the field or method of `Settings`
        row = next((one for one in settings_of(Settings) if one.name == name.upper()), None)
        return value_of(self._source, row) if row else getattr(Settings, name).__get__(self)


def _settings(source: Mapping[str, str]) -> Settings:
    return cast("Settings", _OneByOne(source))


def reminder_settings(source: Mapping[str, str]) -> ReminderSettings:
    """Return the settings of the reminders alone; raises BadSetting."""
    one = _settings(source)
    found = ReminderSettings(one.reminder_template_id, one.public_url, one.reminder_days, one.now)
    require_rehearsal(found.now, rehearsal=one.rehearsal)
    return found


def database_url(source: Mapping[str, str]) -> str:
    """Return DATABASE_URL."""
    return _settings(source).database_url


def command_limits(source: Mapping[str, str]) -> ConnectionLimits:
    """Return the limits of a command, which may take its time."""
    return ConnectionLimits(behind_pgbouncer=_settings(source).database_pgbouncer)


def days_of_each_class(source: Mapping[str, str]) -> dict[RetentionClass, int]:
    """Return for how many days RETENTION_DAYS and CONSENT_YEARS keep each class that is deleted from."""
    one = _settings(source)
    return with_consents(one.retention_days, one.consent_years)


def vault_settings(source: Mapping[str, str]) -> VaultSettings:
    """Return what the vault is made of."""
    return _settings(source).vault()


def export_url(source: Mapping[str, str]) -> str:
    """Return EXPORT_URL."""
    return _settings(source).export_url


def face_pack(source: Mapping[str, str]) -> str:
    """Return FACE_PACK."""
    return _settings(source).face_pack


def face_threshold(source: Mapping[str, str]) -> float | None:
    """Return FACE_THRESHOLD; None for the pack's own."""
    return _settings(source).face_threshold


def faq(source: Mapping[str, str]) -> FaqFile:
    """Return FAQ."""
    return _settings(source).faq


def human_service(source: Mapping[str, str]) -> HumanService:
    """Return when clerks answer chats."""
    return _settings(source).human_service()


def liveness(source: Mapping[str, str]) -> Liveness:
    """Return LIVENESS."""
    return _settings(source).liveness


def upload_dir(source: Mapping[str, str]) -> Path:
    """Return ADMIN_UPLOAD_DIR."""
    return _settings(source).admin_upload_dir


def four_eyes(source: Mapping[str, str]) -> bool:
    """Return ADMIN_FOUR_EYES."""
    return _settings(source).admin_four_eyes


def voice_dir(source: Mapping[str, str]) -> Path | None:
    """Return VOICE_DIR."""
    return _settings(source).voice_dir
