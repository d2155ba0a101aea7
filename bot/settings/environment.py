"""Reads settings from the process's environment and `.env`; they come from nowhere else."""

import os
from collections.abc import Mapping
from pathlib import Path

from bot.errors import BadSetting


def environment() -> Mapping[str, str]:
    """Return the environment over `.env` in the working folder."""
    return {**_dotenv(Path(".env")), **os.environ}


def _dotenv(path: Path) -> dict[str, str]:
    """Read `.env`: one NAME=VALUE per line, an `export` before it is allowed."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    except UnicodeDecodeError:
        message = f"{path} is not UTF-8"
        raise BadSetting(message) from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise BadSetting(message) from None
    stripped = (line.strip().removeprefix("export ") for line in lines)
    pairs = (line.partition("=") for line in stripped if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
