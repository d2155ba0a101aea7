"""All settings, read once from the environment (or `.env`); nothing else reads it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

from bot.errors import BadSetting
from bot.settings import parsers as values
from bot.settings.offices_file import read_offices
from bot.settings.parsers import PREFIX, Liveness
from dialogs.rules.offices import SHIPPED, Offices
from dialogs.rules.reminder_days import REMINDER_DAYS

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
    unread: tuple[str, ...] = ()
    """Names of ours that are set and that nothing reads: misspelled, or of a version to come."""

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
    rehearsal = _rehearsal(reader)
    reader.optional("CIPHER", "", values.cipher)
    settings = replace(
        _account(reader, rehearsal=rehearsal),
        face_pack=reader.optional("FACE_PACK", "opencv-zoo", str),
        face_threshold=reader.optional("FACE_THRESHOLD", None, values.fraction),
        face_liveness_pack=reader.optional("FACE_LIVENESS_PACK", "", str),
        liveness=reader.optional("LIVENESS", "required", values.liveness),
        registry_url=reader.optional("REGISTRY_URL", "", values.url),
        registry_key=reader.optional("REGISTRY_KEY", "", str),
        reminder_template_id=reader.optional("REMINDER_TEMPLATE_ID", "", str),
        result_template_id=reader.optional("RESULT_TEMPLATE_ID", "", str),
        offices=reader.optional("OFFICES", SHIPPED, read_offices),
        rehearsal=rehearsal,
        now=_now(reader, rehearsal=rehearsal),
        log_level=reader.optional("LOG_LEVEL", "INFO", values.log_level),
        reminder_days=reader.optional("REMINDER_DAYS", REMINDER_DAYS, values.days),
    )
    return replace(settings, unread=reader.unread())


def _account(reader: "_Reader", *, rehearsal: bool) -> Settings:
    """Read what no installation is without: its WeChat account, its address, its memory and keys."""
    return Settings(
        wechat_app_id=reader.required("WECHAT_APP_ID"),
        wechat_app_secret=reader.required("WECHAT_APP_SECRET"),
        wechat_token=reader.required("WECHAT_TOKEN"),
        wechat_aes_key=_aes_key(reader, rehearsal=rehearsal),
        wechat_api_base=reader.optional("WECHAT_API_BASE", "https://api.weixin.qq.com", values.url),
        wechat_oauth=reader.optional("WECHAT_OAUTH", True, values.switch),  # noqa: FBT003 - the default
        wechat_open_base=reader.optional("WECHAT_OPEN_BASE", "https://open.weixin.qq.com", values.url),
        public_url=_public_url(reader),
        database_url=_database_url(reader),
        data_keys=reader.required("DATA_KEYS"),
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
        public_url=_public_url(reader),
        days=reader.optional("REMINDER_DAYS", REMINDER_DAYS, values.days),
        now=_now(reader, rehearsal=_rehearsal(reader)),
    )


def database_url(source: Mapping[str, str]) -> str:
    """Return DATABASE_URL alone, for commands that need no more."""
    return _database_url(_Reader(source))


def data_keys(source: Mapping[str, str]) -> str:
    """Return DATA_KEYS alone, for commands that need no more."""
    return _Reader(source).required("DATA_KEYS")


def environment() -> Mapping[str, str]:
    """Return the environment over `.env`, for commands that need only some settings."""
    return {**_dotenv(Path(".env")), **os.environ}


class _Reader:
    """Reads settings of a source by name, and knows afterwards which names nobody asked for."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source
        self._asked: set[str] = set()

    def required(self, name: str) -> str:
        value = self._text(name)
        if not value:
            message = f"{PREFIX}{name} is not set"
            raise BadSetting(message)
        return value

    def optional(self, name: str, default: _T, parse: Callable[[str, str], _T] | type[str]) -> _T:
        value = self._text(name)
        if not value:
            return default
        return cast("_T", value) if parse is str else cast("Callable[[str, str], _T]", parse)(value, name)

    def unread(self) -> tuple[str, ...]:
        return tuple(
            sorted(name for name in self._source if name.startswith(PREFIX) and name not in self._asked)
        )

    def _text(self, name: str) -> str:
        self._asked.add(PREFIX + name)
        value = self._source.get(PREFIX + name, "").strip()
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            values.refuse(name, "text in UTF-8")
        return value


def _rehearsal(reader: _Reader) -> bool:
    return reader.optional("REHEARSAL", False, values.flag)  # noqa: FBT003 - the default


def _public_url(reader: _Reader) -> str:
    return values.public_url(reader.required("PUBLIC_URL"), "PUBLIC_URL")


def _database_url(reader: _Reader) -> str:
    return reader.optional("DATABASE_URL", "sqlite+aiosqlite:///pension-bot.db", values.database)


def _aes_key(reader: _Reader, *, rehearsal: bool) -> str | None:
    if rehearsal:
        return reader.optional("WECHAT_AES_KEY", None, values.aes_key)
    return values.aes_key(reader.required("WECHAT_AES_KEY"), "WECHAT_AES_KEY")


def _now(reader: _Reader, *, rehearsal: bool) -> datetime | None:
    now = reader.optional("NOW", None, values.time)
    if now and not rehearsal:
        values.refuse("NOW", f"used only with {PREFIX}REHEARSAL=1")
    return now


def _dotenv(path: Path) -> dict[str, str]:
    """Read `.env`: NAME=VALUE a line, an `export` before it allowed."""
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        message = f"{path} is not UTF-8"
        raise BadSetting(message) from None
    stripped = (line.strip().removeprefix("export ") for line in lines)
    pairs = (line.partition("=") for line in stripped if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def face_pack(source: Mapping[str, str]) -> str:
    """Return FACE_PACK alone, for commands that need no more."""
    return _Reader(source).optional("FACE_PACK", "opencv-zoo", str)


def liveness(source: Mapping[str, str]) -> Liveness:
    """Return LIVENESS alone, as above."""
    return _Reader(source).optional("LIVENESS", "required", values.liveness)


def face_threshold(source: Mapping[str, str]) -> float | None:
    """Return FACE_THRESHOLD alone, as above; None for the pack's own."""
    return _Reader(source).optional("FACE_THRESHOLD", None, values.fraction)
