"""All settings of a process that serves, one row each in the table `Settings`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.database_keys import VaultSettings
from bot.runtime.logs import LogFormat
from bot.settings import parsers, retention
from bot.settings.environment import environment
from bot.settings.faq_file import SHIPPED_FAQ, FaqFile, read_faq
from bot.settings.liveness import Liveness, LivenessProfile
from bot.settings.offices_file import read_offices
from bot.settings.opening_hours import opening_hours, special_days
from bot.settings.parsers import ListenAddress, Network
from bot.settings.table import missing, read_all, setting, unknown_names
from dialogs.rules.human_service import HumanService, OpeningSpan, SpecialDays
from dialogs.rules.places.offices import SHIPPED, Offices
from dialogs.rules.reminder_days import REMINDER_DAYS
from dialogs.rules.second_look import SECOND_LOOK_SHARE
from storage.engine.connection_limits import ConnectionLimits
from storage.retention.purging import RETENTION_DAYS, RetentionDays
from storage.sealing.ciphers import Cipher


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of an installation, one row each; secrets are left out of the repr."""

    rehearsal: bool = setting(
        "`1` allows `NOW` and plaintext webhooks; `readyz` reports it.", parsers.flag, default=False
    )
    cipher: Cipher = setting(
        "Cipher for stored fields: `aes-256-gcm` or `sm4-gcm`; fields sealed with the other one can still be "
        "read.",
        parsers.cipher,
        default=Cipher.AES_256_GCM,
    )
    wechat_app_id: str = setting("AppID of the official account.", parsers.wechat_word)
    wechat_app_secret: str = setting("AppSecret of the official account.", parsers.wechat_word, secret=True)
    wechat_token: str = setting(
        "Token of the server configuration (服务器配置).", parsers.wechat_word, secret=True
    )
    wechat_aes_key: str | None = setting(
        "EncodingAESKey, 43 characters. Required unless `REHEARSAL` is set.",
        parsers.aes_key,
        default=None,
        secret=True,
    )
    wechat_api_base: str = setting(
        "Base address of the platform's API.", parsers.url, default="https://api.weixin.qq.com"
    )
    wechat_oauth: bool = setting(
        "`on`: a capture page opens only in the account that asked for it; `off`: for anybody with the link.",
        parsers.switch,
        default=True,
    )
    wechat_open_base: str = setting(
        "Base address of WeChat's page login.", parsers.url, default="https://open.weixin.qq.com"
    )
    wechat_jssdk: str = setting(
        "Address of WeChat's page script (JS-SDK), which only pages of `LIVENESS=wechat` load.",
        parsers.url,
        default="https://res.wx.qq.com/open/js/jweixin-1.6.0.js",
    )
    public_url: str = setting(
        "Address at which phones reach this service; the base of all links.", parsers.public_url
    )
    database_url: str = setting(
        "`sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://…`.",
        parsers.database,
        default="sqlite+aiosqlite:///pension-bot.db",
        secret=True,
    )
    database_pool_size: int = setting("PostgreSQL connections of one process.", parsers.positive, default=10)
    database_pool_timeout: float = setting(
        "Seconds to wait for a free connection.", parsers.seconds, default=3.0
    )
    database_statement_timeout: float = setting(
        "Seconds that a statement of `serve` or `worker` may take on PostgreSQL, and that a transaction may "
        "stay idle between two statements; `0`: no limit.",
        parsers.seconds,
        default=10.0,
    )
    database_lock_timeout: float = setting(
        "Seconds that `serve` and `worker` wait for a lock, including SQLite's write lock.",
        parsers.seconds,
        default=3.0,
    )
    database_pgbouncer: bool = setting(
        "`on` behind PgBouncer in transaction mode: no prepared statements are kept, and each transaction "
        "sets its limits.",
        parsers.switch,
        default=False,
    )
    data_keys: str = setting(
        "Data keys, `id:base64-of-32-bytes,…`. The first one encrypts; all of them decrypt.", secret=True
    )
    signing_key: str = setting(
        "Key that signs receipts and the audit trail's daily heads, `id:base64-of-32-bytes`; if not set, it "
        "is derived from the first data key.",
        default="",
        secret=True,
    )
    face_pack: str = setting(
        "Face pack: `opencv-zoo`, the name of an insightface pack, or a folder with one.",
        default="opencv-zoo",
    )
    face_threshold: float | None = setting(
        "Cosine similarity from which two faces match; if not set, the pack's own threshold.",
        parsers.fraction,
        default=None,
    )
    face_liveness_pack: str = setting("A passive liveness model (ONNX) as a second opinion.", default="")
    liveness: Liveness = setting(
        "`required`: a capture has to pass a live challenge, which alone is no proof of life; `wechat`: "
        "the platform's own face verification ([what it needs](wechat-face.md)); `basic`: a photo is enough; "
        "no proof of life.",
        parsers.liveness,
        default=Liveness.REQUIRED,
    )
    liveness_profile: LivenessProfile = setting(
        "How closely a live capture must move like a real head and not like a warped photo: `standard`, "
        "`strict`, or `off` for rehearsals with rendered faces.",
        parsers.liveness_profile,
        default=LivenessProfile.STANDARD,
    )
    second_look_share: float = setting(
        "Share of all face passes, `0` to `1`, drawn at random for a clerk's second look.",
        parsers.share,
        default=SECOND_LOOK_SHARE,
    )
    registry_url: str = setting(
        "URL of an external registry over HTTP, used instead of the imported table.", parsers.url, default=""
    )
    registry_key: str = setting("Bearer token for the external registry.", default="", secret=True)
    reminder_template_id: str = setting(
        "Template of the yearly reminder; without it nobody is reminded.", default=""
    )
    result_template_id: str = setting("Template for results outside the message window.", default="")
    metrics_listen: ListenAddress | None = setting(
        "`host:port` of a separate listener for `/metrics` (Prometheus); off unless set.",
        parsers.listen_address,
        default=None,
    )
    admin_listen: ListenAddress | None = setting(
        "`host:port` of a separate listener for the office console (`/admin`); off unless set. Browsers "
        "reach it over HTTPS, through a proxy that keeps `Host`, or on this machine itself.",
        parsers.listen_address,
        default=None,
    )
    admin_upload_dir: Path = setting(
        "Folder in which the console keeps an uploaded file until it is applied; created if it is missing.",
        parsers.path,
        default=Path("pension-bot-uploads"),
    )
    admin_four_eyes: bool = setting(
        "`on`: in the console a second person approves certifications by a clerk or a visitor, exemptions "
        "and their end, revocations, deaths, photos, deleted templates and files that somebody else "
        "uploaded; requests made by commands wait for approval too.",
        parsers.switch,
        default=False,
    )
    admin_unattended_files: bool = setting(
        "`on`: `registry import` and `faces enroll` need no second person.", parsers.switch, default=False
    )
    human_hours: tuple[OpeningSpan, ...] = setting(
        "Hours in which clerks answer chats in the console (人工服务): `always`, or for example "
        "`mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00`. If not set, people are referred to 12333.",
        opening_hours,
        default=(),
    )
    human_holidays: tuple[SpecialDays, ...] = setting(
        "Days without clerks, and make-up working days (调休) with the hours of a given weekday, for example "
        "`2026-10-01..2026-10-07, 2026-10-10=fri`. Past days may stay in the list.",
        special_days,
        default=(),
    )
    human_closed: str = setting(
        "Your own reply to somebody who asks for a person outside `HUMAN_HOURS`; the default says when they "
        "begin.",
        default="",
    )
    human_silence: int = setting(
        "Minutes without a message after which a chat goes back from the clerk, or from the queue, to the "
        "bot.",
        parsers.positive,
        default=30,
    )
    export_url: str = setting(
        "Address of the core system, to which every pass and revocation is posted ([how](export.md)).",
        parsers.export_url,
        default="",
    )
    export_secret: str = setting(
        "Secret that signs what is posted to `EXPORT_URL`, at least 16 characters.",
        parsers.secret,
        default="",
        secret=True,
    )
    trusted_proxies: tuple[Network, ...] = setting(
        "Addresses or networks of the proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted.",
        parsers.networks,
        default=(),
    )
    voice_dir: Path | None = setting(
        "Folder of the office's recordings, preferred to the built-in sounds; see `pension-bot voice check`.",
        parsers.folder,
        default=None,
    )
    verify_files: Path | None = setting(
        "Folder of the platform's `MP_verify_….txt` files, which are served.", parsers.folder, default=None
    )
    offices: Offices = setting(
        "CSV file of offices: `city,name,address,phone,home_visit`.", read_offices, default=SHIPPED
    )
    faq: FaqFile = setting(
        "CSV file of your own questions and answers: `question,more_ways,answer,choices`.",
        read_faq,
        default=SHIPPED_FAQ,
    )
    now: datetime | None = setting(
        "ISO time at which the clock starts; only with `REHEARSAL`.", parsers.time, default=None
    )
    log_level: str = setting("`DEBUG`, `INFO`, `WARNING` or `ERROR`.", parsers.log_level, default="INFO")
    log_format: LogFormat = setting(
        "`text`, or `json` (one object per line); both name the request that a line belongs to.",
        parsers.log_format,
        default=LogFormat.TEXT,
    )
    reminder_days: tuple[int, ...] = setting(
        "Days before the due date on which reminders begin; a negative number means after it.",
        parsers.days,
        default=REMINDER_DAYS,
    )
    retention_days: RetentionDays = setting(
        "Days for which data that is no longer needed is kept, by class, at least 3 (`finished` and "
        "`exemptions`: 400); a class that is left out keeps its default.",
        retention.days,
        default=RETENTION_DAYS,
    )
    consent_years: int = setting(
        "Years for which a consent that is no longer in force is kept, at least 3; `0`: forever.",
        retention.consent_years,
        default=0,
    )
    audit_years: int = setting(
        "Years for which an entry of the audit trail is kept, at least 10; `0`: forever. Entries that prove "
        "passes, exemptions and accounts are kept forever.",
        retention.audit_years,
        default=0,
    )
    unread: tuple[str, ...] = ()
    """Names with our prefix that are set but not read: misspelled, or of another version."""

    def human_service(self) -> HumanService:
        """Return when clerks answer chats."""
        return HumanService(self.human_hours, self.human_closed, self.human_holidays)

    def connection_limits(self) -> ConnectionLimits:
        """Return the limits of a process that serves or delivers."""
        return ConnectionLimits(
            self.database_pool_size,
            self.database_pool_timeout,
            self.database_statement_timeout,
            self.database_lock_timeout,
            self.database_pgbouncer,
            idle_timeout=self.database_statement_timeout,
        )

    def vault(self) -> VaultSettings:
        """Return the settings of the vault."""
        return VaultSettings(self.data_keys, self.cipher, self.signing_key)


def from_environment() -> Settings:
    """Read the process's environment over `.env` in the working folder; raises BadSetting."""
    return read(environment())


def read(source: Mapping[str, str]) -> Settings:
    """Read settings from a mapping of `PENSION_BOT_…` names; raises BadSetting naming the first bad one."""
    settings = read_all(source, Settings)
    if settings.wechat_aes_key is None and not settings.rehearsal:
        missing("WECHAT_AES_KEY")
    if settings.export_url and not settings.export_secret:
        missing("EXPORT_SECRET")
    require_rehearsal(settings.now, rehearsal=settings.rehearsal)
    return replace(settings, unread=unknown_names(source, Settings))


def require_rehearsal(now: datetime | None, *, rehearsal: bool) -> None:
    """Raise BadSetting if a clock is set outside a rehearsal."""
    if now and not rehearsal:
        parsers.refuse("NOW", f"used only with {parsers.PREFIX}REHEARSAL=1")
