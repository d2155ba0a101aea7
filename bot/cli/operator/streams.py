"""Standard streams that end no command: output that cannot be written is dropped, and the work continues."""

import io
import os
import sys
from typing import Any, TextIO

from bot.errors import BotError

_ERRORS = "backslashreplace"


class LastingOutput(io.FileIO):
    """Writes to a descriptor; output that it does not take is lost without an error.

    The reader of a pipe (`| head`) ends when it has had enough, for good; a disk may be full for a while.
    Whatever a command has begun is still finished and recorded.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.fault: OSError | None = None

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever holds bytes, as `FileIO` takes it
        """Write, and note the first fault; never raises OSError."""
        if not isinstance(self.fault, BrokenPipeError):
            try:
                return super().write(data)
            except OSError as error:
                self.fault = self.fault or error
        return memoryview(data).nbytes


def keep_streams() -> None:
    """Make all three streams usable for any command, even if the program was started without one.

    A character that the terminal's encoding lacks is printed as an escape: not every file's name is text.
    """
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout, sys.stderr = _lasting(sys.stdout, sys.__stdout__), _lasting(sys.stderr, sys.__stderr__)


def is_unread() -> bool:
    """Whether printed output no longer arrives."""
    return _fault() is not None


def require_printed() -> None:
    """Raise BotError if not all was printed, unless the reader had enough of it."""
    sys.stdout.flush()
    fault = _fault()
    if fault is not None and not isinstance(fault, BrokenPipeError):
        message = f"standard output: {fault.strerror}"
        raise BotError(message)


def _fault() -> OSError | None:
    buffer = getattr(sys.stdout, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    return raw.fault if isinstance(raw, LastingOutput) else None


def _lasting(stream: TextIO | None, own: TextIO | None) -> TextIO:
    """Return the process's own stream as one that never fails; any other, such as a test's, only escapes."""
    if stream is None:
        return _nowhere("w")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream is not own:
        stream.reconfigure(errors=_ERRORS)
        return stream
    stream.flush()
    raw = LastingOutput(stream.fileno())
    return io.TextIOWrapper(
        raw if stream.write_through else io.BufferedWriter(raw),  # as with `python -u`
        encoding=stream.encoding,
        errors=_ERRORS,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _nowhere(mode: str) -> TextIO:
    return io.TextIOWrapper(io.FileIO(os.devnull, mode), encoding="utf-8")
