"""A wrong setting stops the start; the error shows its name and never its value."""

import pytest

from bot.errors import BadSetting
from bot.runtime.logs import LogFormat
from bot.settings.liveness import Liveness, LivenessProfile
from bot.settings.relaxations import absent, doubts, relaxations
from bot.settings.settings import from_environment, read
from face import RiskProfile
from tests.support.tables import over

KEY = "k" * 43
ENOUGH = {
    "PENSION_BOT_WECHAT_APP_ID": "wx1",
    "PENSION_BOT_WECHAT_APP_SECRET": "top-secret",
    "PENSION_BOT_WECHAT_TOKEN": "token-secret",
    "PENSION_BOT_WECHAT_AES_KEY": KEY,
    "PENSION_BOT_PUBLIC_URL": "https://pension.example/",
    "PENSION_BOT_DATA_KEYS": "k1:data-secret",
}


def with_setting(name, value):
    return ENOUGH | {f"PENSION_BOT_{name}": value}


def test_unset_settings_have_their_documented_defaults():
    settings = read(ENOUGH)
    assert settings.wechat_api_base == "https://api.weixin.qq.com"
    assert settings.database_url == "sqlite+aiosqlite:///pension-bot.db"
    assert (settings.face_pack, settings.face_threshold) == ("opencv-zoo", None)
    assert settings.liveness == "required"
    assert (settings.wechat_oauth, settings.wechat_open_base) == (True, "https://open.weixin.qq.com")
    assert settings.reminder_days == (60, 30, 7, -1)
    assert settings.public_url == "https://pension.example"
    assert relaxations(settings) == []


def test_export_url_requires_an_export_secret():
    outside = with_setting("EXPORT_URL", "https://core.example/passes?of=1")
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_EXPORT_SECRET is not set$"):
        read(outside)
    settings = read(outside | {"PENSION_BOT_EXPORT_SECRET": "a secret of sixteen"})
    assert settings.export_url == "https://core.example/passes?of=1"
    assert "sixteen" not in repr(settings)


@over(ENOUGH, [None, "", "  "])
def test_missing_setting_is_reported_by_name(name, value):
    source = {key: text for key, text in ENOUGH.items() if key != name}
    with pytest.raises(BadSetting, match=f"^{name} "):
        read(source if value is None else source | {name: value})


@over(
    [
        ("WECHAT_AES_KEY", "k" * 42),
        ("WECHAT_AES_KEY", "k" * 42 + "?"),
        ("WECHAT_TOKEN", "hunter2 # from 基本配置"),
        ("WECHAT_APP_SECRET", "hunter2 # from 基本配置"),
        ("WECHAT_APP_ID", "wx1\t# hunter2"),
        ("PUBLIC_URL", "pension.example"),
        ("PUBLIC_URL", "ftp://pension.example"),
        ("PUBLIC_URL", "https://[pension.example"),
        ("EXPORT_URL", "http://core.example/passes"),
        ("EXPORT_URL", "https://user:word@core.example/passes"),
        ("EXPORT_SECRET", "fifteen letters"),
        ("PUBLIC_URL", "https://me:hunter2@pension.example"),
        ("PUBLIC_URL", "https://pension.example/?a=hunter2"),
        ("WECHAT_API_BASE", "hunter2"),
        ("WECHAT_API_BASE", "http://:80"),
        ("WECHAT_API_BASE", "http://wechat:123456"),
        ("DATABASE_URL", "postgres://u:hunter2@h/d"),
        ("DATABASE_URL", "postgresql+asyncpg://u@h:hunter2/d"),
        ("FACE_THRESHOLD", "high"),
        ("FACE_THRESHOLD", "1.5"),
        ("FACE_THRESHOLD", "nan"),
        ("LIVENESS", "none"),
        ("WECHAT_OAUTH", "yes"),
        ("WECHAT_OPEN_BASE", "hunter2"),
        ("REGISTRY_URL", "hunter2"),
        ("LOG_LEVEL", "LOUD"),
        ("REMINDER_DAYS", "hunter2"),
        ("REMINDER_DAYS", "60,60"),
        ("REMINDER_DAYS", "3650"),
        ("REHEARSAL", "yes"),
        ("TRUSTED_PROXIES", "nginx"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "127.0.0.1,0.0.0.0/0"),
        ("CIPHER", "rot13"),
        ("WECHAT_TOKEN", "hunter2\udcff"),
        ("WECHAT_TOKEN", "hunter2\0"),
        ("OFFICES", "offices.csv\0"),
        ("FAQ", "faq.csv\0"),
        ("DATABASE_POOL_SIZE", "9" * 5000),
        ("HUMAN_SILENCE", "9" * 5000),
        ("REMINDER_DAYS", "9" * 5000),
        ("DATABASE_STATEMENT_TIMEOUT", "9" * 5000),
        ("RETENTION_DAYS", "inbox:" + "9" * 5000),
        ("AUDIT_YEARS", "9" * 5000),
        ("CONSENT_YEARS", "9" * 5000),
        ("METRICS_LISTEN", "127.0.0.1:" + "9" * 5000),
        ("HUMAN_HOURS", "mon 08:30+08:00-12:00"),
        ("HUMAN_HOURS", "mon 08:30+08:00-12:00+08:00"),
        ("HUMAN_HOLIDAYS", "9" * 5000),
        ("VOICE_DIR", "x" * 300),
        ("VERIFY_FILES", "x" * 300),
    ]
)
def test_malformed_setting_is_named_in_one_line_without_its_value(name, value):
    with pytest.raises(BadSetting, match=f"^PENSION_BOT_{name} must be ") as caught:
        read(with_setting(name, value))
    assert value not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_enum_setting_is_read_as_its_member():
    assert read(with_setting("LIVENESS", "basic")).liveness is Liveness.BASIC
    assert read(with_setting("LOG_FORMAT", "json")).log_format is LogFormat.JSON
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_LIVENESS must be required, basic or wechat$"):
        read(with_setting("LIVENESS", "BASIC"))


def test_every_risk_profile_has_a_liveness_setting():
    assert {*LivenessProfile} - {LivenessProfile.OFF} == {*RiskProfile}


def test_missing_aes_key_is_allowed_only_in_a_rehearsal_and_reported():
    settings = read(with_setting("WECHAT_AES_KEY", "") | {"PENSION_BOT_REHEARSAL": "1"})
    assert settings.wechat_aes_key is None
    assert relaxations(settings) == ["REHEARSAL", "plaintext webhook"]
    assert relaxations(read(with_setting("LIVENESS", "basic"))) == ["LIVENESS=basic"]
    assert relaxations(read(with_setting("WECHAT_OAUTH", "off"))) == ["WECHAT_OAUTH=off"]


def test_external_registry_without_a_key_is_reported():
    outside = with_setting("REGISTRY_URL", "https://registry.example/pension")
    assert doubts(read(outside)) == ["REGISTRY_URL without REGISTRY_KEY: the registry cannot tell who asks"]
    assert doubts(read(outside | {"PENSION_BOT_REGISTRY_KEY": "key"})) == doubts(read(ENOUGH)) == []


def test_missing_liveness_pack_is_reported():
    assert absent(read(ENOUGH)) == ["passive liveness score: FACE_LIVENESS_PACK is not set"]
    assert absent(read(with_setting("FACE_LIVENESS_PACK", "/models/alive.onnx"))) == []


@pytest.mark.parametrize("value", ["hunter2", "9999-12-31T23:59:59", "0001-01-01T00:00:00+09:00"])
def test_invalid_rehearsal_time_is_refused_without_its_value(value):
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_NOW must be ") as caught:
        read(with_setting("REHEARSAL", "1") | {"PENSION_BOT_NOW": value})
    assert value not in str(caught.value)


def test_unread_setting_names_are_listed():
    source = with_setting("WECHAT_OAUHT", "off") | {"PENSION_BOT_OF_ANOTHER_VERSION": "x", "PATH": "/bin"}
    assert read(source).unread == ("PENSION_BOT_OF_ANOTHER_VERSION", "PENSION_BOT_WECHAT_OAUHT")
    assert read(ENOUGH).unread == ()


def test_secrets_are_not_in_the_repr():
    shown = repr(read(ENOUGH))
    assert not any(secret in shown for secret in ("top-secret", "token-secret", KEY, "data-secret"))


def test_environment_overrides_the_dotenv_file(tmp_path, monkeypatch):
    lines = [f'{name}="{value}"' for name, value in ENOUGH.items()]
    text = "\n".join(["# ours", "", *lines, "PENSION_BOT_FACE_PACK=from-file"])
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert from_environment().face_pack == "from-file"
    assert from_environment().wechat_app_id == "wx1"
    monkeypatch.setenv("PENSION_BOT_FACE_PACK", "from-environment")
    assert from_environment().face_pack == "from-environment"


def test_dotenv_file_with_export_lines_is_read(tmp_path, monkeypatch):
    lines = [f"export {name}={value}" for name, value in ENOUGH.items()]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8-sig")
    monkeypatch.chdir(tmp_path)
    assert from_environment().wechat_app_id == "wx1"


def test_dotenv_file_in_another_encoding_is_refused(tmp_path, monkeypatch):
    (tmp_path / ".env").write_bytes("PENSION_BOT_WECHAT_TOKEN=密".encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadSetting, match=r"^\.env "):
        from_environment()


def test_unreadable_dotenv_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / ".env").symlink_to("/proc/self/mem")  # its first byte is unreadable even for the superuser
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadSetting, match=r"^\.env "):
        from_environment()


def in_file(tmp_path, content, name="WECHAT_APP_SECRET"):
    """Provide the secret only as a file."""
    (tmp_path / "secret").write_bytes(content)
    source = {key: value for key, value in ENOUGH.items() if key != f"PENSION_BOT_{name}"}
    return source | {f"PENSION_BOT_{name}_FILE": str(tmp_path / "secret")}


@pytest.mark.parametrize("content", [b"from a file", b"from a file\n", "\ufefffrom a file\r\n".encode()])
def test_secret_can_be_read_from_a_file(tmp_path, content):
    settings = read(in_file(tmp_path, content))
    assert (settings.wechat_app_secret, settings.unread) == ("from a file", ())


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\xfd"])
def test_empty_or_binary_secret_file_is_refused(tmp_path, content):
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_WECHAT_APP_SECRET"):
        read(in_file(tmp_path, content))


def test_missing_secret_file_is_refused(tmp_path):
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_DATA_KEYS_FILE must be a text file"):
        read(ENOUGH | {"PENSION_BOT_DATA_KEYS": "", "PENSION_BOT_DATA_KEYS_FILE": str(tmp_path / "none")})


def test_secret_given_twice_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="given once"):
        read(in_file(tmp_path, b"one") | {"PENSION_BOT_WECHAT_APP_SECRET": "another"})


def test_setting_that_is_not_a_secret_is_not_read_from_a_file():
    assert read(with_setting("PUBLIC_URL_FILE", "x")).unread == ("PENSION_BOT_PUBLIC_URL_FILE",)
