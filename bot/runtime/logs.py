"""Log lines of the programs: as text or as JSON, each with the id of its request."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TextIO

from storage.request_id import current_request_id

_ROOMS = frozenset({"bot", "dialogs", "face", "messages", "storage"})


class LogFormat(StrEnum):
    """Forms of a log line."""

    TEXT = "text"
    JSON = "json"


def log_handler(chosen: LogFormat, stream: TextIO | None = None) -> logging.Handler:
    """Return a handler that writes lines of a format, to standard error unless told otherwise."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_is_fit)
    handler.addFilter(_with_request_id)
    handler.setFormatter(_FORMATTERS[chosen])
    return handler


def choose_format(chosen: LogFormat) -> None:
    """Switch our own log handlers to another format."""
    for handler in logging.getLogger().handlers:
        if _with_request_id in handler.filters:
            handler.setFormatter(_FORMATTERS[chosen])


def _is_fit(record: logging.LogRecord) -> bool:
    """Whether a line may be written: the debug lines of libraries hold values of statements."""
    return record.levelno >= logging.INFO or record.name.partition(".")[0] in _ROOMS


def _with_request_id(record: logging.LogRecord) -> bool:
    record.request_id = current_request_id() or "-"
    return True


class _Json(logging.Formatter):
    """One object per line: `time` (UTC), `level`, `logger`, `request_id`, `message`, and `error` if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


_FORMATTERS: Mapping[LogFormat, logging.Formatter] = MappingProxyType(
    {
        LogFormat.TEXT: logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"),
        LogFormat.JSON: _Json(),
    }
)
