"""All settings, read once from the environment (or `.env`); nothing else reads it."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, NoReturn, TypeVar, cast
from urllib.parse import urlsplit

from bot.errors import BadSetting
from bot.offices_file import read_offices
from dialogs.offices import SHIPPED, Offices
from dialogs.reminding import REMINDER_DAYS
from dialogs.values import SHANGHAI

PREFIX = "PENSION_BOT_"
Liveness = Literal["required", "basic"]
_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation is; secrets are left out of its repr."""

    wechat_app_id: str
    wechat_app_secret: str = field(repr=False)
    wechat_token: str = field(repr=False)
    wechat_aes_key: str | None = field(default=None, repr=False)
    wechat_api_base: str = "https://api.weixin.qq.com"
    wechat_oauth: bool = True
    wechat_open_base: str = "https://open.weixin.qq.com"
    public_url: str
    database_url: str = field(default="sqlite+aiosqlite:///pension-bot.db", repr=False)
    data_keys: str = field(repr=False)
    face_pack: str = "opencv-zoo"
    face_threshold: float | None = None
    face_liveness_pack: str = ""
    liveness: Liveness = "required"
    registry_url: str = ""
    registry_key: str = field(default="", repr=False)
    reminder_template_id: str = ""
    result_template_id: str = ""
    offices: Offices = SHIPPED
    rehearsal: bool = False
    now: datetime | None = None
    log_level: str = "INFO"
    reminder_days: tuple[int, ...] = REMINDER_DAYS

    def absent(self) -> list[str]:
        """Return what would strengthen this installation and is not there: `readyz` says so."""
        return [] if self.face_liveness_pack else ["passive liveness score: FACE_LIVENESS_PACK is not set"]

    def relaxations(self) -> list[str]:
        """Return what `readyz` must own up to."""
        return [
            name
            for name, in_force in (
                ("REHEARSAL", self.rehearsal),
                ("NOW", self.now is not None),
                ("plaintext webhook", self.wechat_aes_key is None),
                ("LIVENESS=basic", self.liveness == "basic"),
                ("WECHAT_OAUTH=off", not self.wechat_oauth),
            )
            if in_force
        ]


def from_environment() -> Settings:
    """Read the process's environment over `.env` in the working folder; raises BadSetting."""
    return read({**_dotenv(Path(".env")), **os.environ})


def read(source: Mapping[str, str]) -> Settings:
    """Read settings from a mapping of `PENSION_BOT_…` names; raises BadSetting naming the first bad one."""
    reader = _Reader(source)
    rehearsal = reader.optional("REHEARSAL", "", str) == "1"
    return replace(
        _account(reader, source, rehearsal=rehearsal),
        face_pack=reader.optional("FACE_PACK", "opencv-zoo", str),
        face_threshold=reader.optional("FACE_THRESHOLD", None, _fraction),
        face_liveness_pack=reader.optional("FACE_LIVENESS_PACK", "", str),
        liveness=reader.optional("LIVENESS", "required", _liveness),
        registry_url=reader.optional("REGISTRY_URL", "", _url),
        registry_key=reader.optional("REGISTRY_KEY", "", str),
        reminder_template_id=reader.optional("REMINDER_TEMPLATE_ID", "", str),
        result_template_id=reader.optional("RESULT_TEMPLATE_ID", "", str),
        offices=reader.optional("OFFICES", SHIPPED, read_offices),
        rehearsal=rehearsal,
        now=_now(reader, rehearsal=rehearsal),
        log_level=reader.optional("LOG_LEVEL", "INFO", _log_level),
        reminder_days=reader.optional("REMINDER_DAYS", REMINDER_DAYS, _days),
    )


def _account(reader: "_Reader", source: Mapping[str, str], *, rehearsal: bool) -> Settings:
    """Read what no installation is without: its WeChat account, its address, its memory and keys."""
    return Settings(
        wechat_app_id=reader.required("WECHAT_APP_ID"),
        wechat_app_secret=reader.required("WECHAT_APP_SECRET"),
        wechat_token=reader.required("WECHAT_TOKEN"),
        wechat_aes_key=_aes_key(reader, rehearsal=rehearsal),
        wechat_api_base=reader.optional("WECHAT_API_BASE", "https://api.weixin.qq.com", _url),
        wechat_oauth=reader.optional("WECHAT_OAUTH", True, _switch),  # noqa: FBT003 - the default
        wechat_open_base=reader.optional("WECHAT_OPEN_BASE", "https://open.weixin.qq.com", _url),
        public_url=_url(reader.required("PUBLIC_URL"), "PUBLIC_URL"),
        database_url=database_url(source),
        data_keys=data_keys(source),
    )


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """What `remind` needs beside the database and its keys."""

    template_id: str
    public_url: str
    days: tuple[int, ...]
    now: datetime | None


def reminder_settings(source: Mapping[str, str]) -> ReminderSettings:
    """Return the reminders' settings alone; raises BadSetting."""
    reader = _Reader(source)
    return ReminderSettings(
        template_id=reader.optional("REMINDER_TEMPLATE_ID", "", str),
        public_url=_url(reader.required("PUBLIC_URL"), "PUBLIC_URL"),
        days=reader.optional("REMINDER_DAYS", REMINDER_DAYS, _days),
        now=_now(reader, rehearsal=reader.optional("REHEARSAL", "", str) == "1"),
    )


def database_url(source: Mapping[str, str]) -> str:
    """Return DATABASE_URL alone, for commands that need no more."""
    return _Reader(source).optional("DATABASE_URL", "sqlite+aiosqlite:///pension-bot.db", _database)


def data_keys(source: Mapping[str, str]) -> str:
    """Return DATA_KEYS alone, for commands that need no more."""
    return _Reader(source).required("DATA_KEYS")


def environment() -> Mapping[str, str]:
    """Return the environment over `.env`, for commands that need only some settings."""
    return {**_dotenv(Path(".env")), **os.environ}


class _Reader:
    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source

    def required(self, name: str) -> str:
        value = self._source.get(PREFIX + name, "").strip()
        if not value:
            message = f"{PREFIX}{name} is not set"
            raise BadSetting(message)
        return value

    def optional(self, name: str, default: _T, parse: Callable[[str, str], _T] | type[str]) -> _T:
        value = self._source.get(PREFIX + name, "").strip()
        if not value:
            return default
        return cast("_T", value) if parse is str else cast("Callable[[str, str], _T]", parse)(value, name)


def _refuse(name: str, needed: str) -> NoReturn:
    message = f"{PREFIX}{name} must be {needed}"
    raise BadSetting(message)


def _aes_key(reader: _Reader, *, rehearsal: bool) -> str | None:
    key = reader.optional("WECHAT_AES_KEY", "", str)
    if not key and rehearsal:
        return None
    if not _AES_KEY.fullmatch(key):
        _refuse("WECHAT_AES_KEY", "43 characters of base64")
    return key


def _now(reader: _Reader, *, rehearsal: bool) -> datetime | None:
    now = reader.optional("NOW", None, _time)
    if now and not rehearsal:
        _refuse("NOW", "used only with PENSION_BOT_REHEARSAL=1")
    return now


def _time(value: str, name: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        _refuse(name, "an ISO date and time")
    return time if time.tzinfo else time.replace(tzinfo=SHANGHAI)


def _url(value: str, name: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        _refuse(name, "an http or https address")
    return value.rstrip("/")


def _database(value: str, name: str) -> str:
    if not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        _refuse(name, "a sqlite+aiosqlite:// or postgresql+asyncpg:// address")
    return value


def _fraction(value: str, name: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 < number < 1:
        _refuse(name, "a number between 0 and 1")
    return number


def _days(value: str, name: str) -> tuple[int, ...]:
    try:
        days = tuple(int(day) for day in value.split(","))
    except ValueError:
        days = ()
    if not days or len(set(days)) < len(days) or not all(-365 <= day <= 365 for day in days):
        _refuse(name, "different whole numbers from -365 to 365, such as 60,30,7,-1")
    return days


def _liveness(value: str, name: str) -> Liveness:
    if value not in {"required", "basic"}:
        _refuse(name, "required or basic")
    return cast("Liveness", value)


def _switch(value: str, name: str) -> bool:
    if value not in {"on", "off"}:
        _refuse(name, "on or off")
    return value == "on"


def _log_level(value: str, name: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        _refuse(name, "DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def face_pack(source: Mapping[str, str]) -> str:
    """Return FACE_PACK alone, for commands that need no more."""
    return _Reader(source).optional("FACE_PACK", "opencv-zoo", str)


def liveness(source: Mapping[str, str]) -> Liveness:
    """Return LIVENESS alone, as above."""
    return _Reader(source).optional("LIVENESS", "required", _liveness)


def face_threshold(source: Mapping[str, str]) -> float | None:
    """Return FACE_THRESHOLD alone, as above; None for the pack's own."""
    return _Reader(source).optional("FACE_THRESHOLD", None, _fraction)
