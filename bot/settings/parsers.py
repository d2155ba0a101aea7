"""Parsers of settings: a text and its name in, the value out.

Each raises BadSetting, which names the setting and says what it must be, and
never shows the text: it may be a password in the wrong place.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import SplitResult, urlsplit

from bot.errors import BadSetting
from bot.runtime.logs import LogFormat
from bot.settings.liveness import Liveness, LivenessProfile
from dialogs.local_time import SHANGHAI
from storage.database import driver_of
from storage.sealing.ciphers import Cipher

_Kind = TypeVar("_Kind", bound=StrEnum)

PREFIX = "PENSION_BOT_"
Network = IPv4Network | IPv6Network
LEAST_SECRET = 16
"""Characters of a secret that another program shares with this one."""

_LONGEST_NUMBER = 10
_COMMENT = re.compile(r"\s#")
_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_YEARS = range(2000, 2100)
"""Far enough from both ends of Python's calendar for any zone and any due date."""


def refuse(name: str, needed: str) -> NoReturn:
    """Raise the one sentence about a setting that is present but wrong."""
    message = f"{PREFIX}{name} must be {needed}"
    raise BadSetting(message)


def _member(kind: type[_Kind], value: str, name: str) -> _Kind:
    """Read a member of a closed set by its value."""
    *others, last = kind
    if value not in {*others, last}:
        refuse(name, f"{', '.join(others)} or {last}")
    return kind(value)


def text(value: str, _name: str) -> str:
    """Accept any text."""
    return value


def wechat_word(value: str, name: str) -> str:
    """Read a value that 基本配置 shows: a comment after it would become part of a secret."""
    if _COMMENT.search(value):
        refuse(name, "without a comment behind it: give the comment a line of its own")
    return value


def aes_key(value: str, name: str) -> str:
    """Read an EncodingAESKey: 43 characters of base64."""
    if not _AES_KEY.fullmatch(value):
        refuse(name, "43 characters of base64")
    return value


def time(value: str, name: str) -> datetime:
    """Read an ISO time, Shanghai's if it names no zone."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        refuse(name, f"an ISO date and time of the years {_YEARS[0]} to {_YEARS[-1]}")
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def folder(value: str, name: str) -> Path:
    """Read a path to a folder that exists."""
    path = Path(value)
    try:
        is_there = path.is_dir()
    except OSError:  # such as a name that is too long
        is_there = False
    if not is_there:
        refuse(name, "an existing folder")
    return path


def path(value: str, _name: str) -> Path:
    """Read a path, whether it exists or not."""
    return Path(value)


def url(value: str, name: str) -> str:
    """Read a web address, without its closing slash."""
    if _address(value) is None:
        refuse(name, "an http or https address")
    return value.rstrip("/")


def public_url(value: str, name: str) -> str:
    """Read the address from which links are made: people see it, and paths are appended to it."""
    parts = _address(value)
    if parts is None or parts.username is not None or parts.query or parts.fragment:
        refuse(name, "an http or https address without password, ? and #")
    return value.rstrip("/")


def export_url(value: str, name: str) -> str:
    """Read the address to which people's data go: encrypted, or on this very machine."""
    parts = _address(value)
    if parts is None or parts.username is not None or parts.fragment or not _is_encrypted(parts):
        refuse(name, "an https address without password and #")
    return value


def _is_encrypted(parts: SplitResult) -> bool:
    return parts.scheme == "https" or parts.hostname in {"127.0.0.1", "::1", "localhost"}


def secret(value: str, name: str) -> str:
    """Read a secret that is shared with another program."""
    if len(value) < LEAST_SECRET:
        refuse(name, f"at least {LEAST_SECRET} characters long")
    return value


def _address(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # no IPv6 address in its brackets, or a port past 65535
        return None
    return parts if known else None


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where a listener of its own takes connections."""

    host: str
    port: int


def listen_address(value: str, name: str) -> ListenAddress:
    """Read `host:port`; an IPv6 host stands in brackets."""
    try:
        parts = urlsplit(f"//{value}")
        host, number = parts.hostname, parts.port
    except ValueError:
        host, number = None, None
    if not host or not number or parts.netloc != value or parts.username is not None:
        refuse(name, "host:port, such as 127.0.0.1:9100")
    return ListenAddress(host, number)


def networks(value: str, name: str) -> tuple[Network, ...]:
    """Read addresses and networks; a network of all addresses is refused as a proxy."""
    try:
        read = tuple(ip_network(one.strip()) for one in value.split(","))
    except ValueError:
        read = ()
    if not read or any(one.prefixlen == 0 for one in read):
        refuse(name, "addresses or networks, such as 127.0.0.1,10.0.0.0/8")
    return read


def database(value: str, name: str) -> str:
    """Read a database address of one of the two supported drivers."""
    if driver_of(value) not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
        refuse(name, "a sqlite+aiosqlite:// or postgresql+asyncpg:// address")
    return value


def positive(value: str, name: str) -> int:
    """Read a whole number from 1 on."""
    number = whole(value)
    if not 1 <= number <= 10_000:
        refuse(name, "a whole number from 1 to 10000")
    return number


def whole(value: str) -> int:
    """Read a whole number; -1 for anything else, or for one longer than any setting may have."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER else -1


def seconds(value: str, name: str) -> float:
    """Read a number of seconds, at most an hour."""
    number = _number(value)
    if not 0 <= number <= 3600:
        refuse(name, "a number of seconds from 0 to 3600")
    return number


def fraction(value: str, name: str) -> float:
    """Read a number between 0 and 1, both excluded."""
    number = _number(value)
    if not 0 < number < 1:
        refuse(name, "a number between 0 and 1")
    return number


def share(value: str, name: str) -> float:
    """Read a share from 0 to 1, both included."""
    number = _number(value)
    if not 0 <= number <= 1:
        refuse(name, "a number from 0 to 1")
    return number


def days(value: str, name: str) -> tuple[int, ...]:
    """Read the days before a due date, negative ones after it."""
    try:
        read = tuple(int(day) for day in value.split(","))
    except ValueError:
        read = ()
    if not read or len(set(read)) < len(read) or not all(-365 <= day <= 365 for day in read):
        refuse(name, "different whole numbers from -365 to 365, such as 60,30,7,-1")
    return read


def liveness(value: str, name: str) -> Liveness:
    """Read the liveness policy."""
    return _member(Liveness, value, name)


def liveness_profile(value: str, name: str) -> LivenessProfile:
    """Read how much evidence for a head a live capture needs."""
    return _member(LivenessProfile, value, name)


def cipher(value: str, name: str) -> Cipher:
    """Read the cipher of what is sealed from now on."""
    return _member(Cipher, value, name)


def flag(value: str, name: str) -> bool:
    """Read `1` or `0`."""
    if value not in {"0", "1"}:
        refuse(name, "1, or not set")
    return value == "1"


def switch(value: str, name: str) -> bool:
    """Read `on` or `off`."""
    if value not in {"on", "off"}:
        refuse(name, "on or off")
    return value == "on"


def log_level(value: str, name: str) -> str:
    """Read a level of the logging module, in any case."""
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        refuse(name, "DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def log_format(value: str, name: str) -> LogFormat:
    """Read the form of log lines."""
    return _member(LogFormat, value, name)


def _number(value: str) -> float:
    """Read a number; anything else is out of every range (NaN compares false)."""
    try:
        return float(value)
    except ValueError:
        return math.nan
