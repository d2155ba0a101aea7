"""The output of a command, which outlives its reader: `| head` ends the reading, not the command."""

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Unread(io.FileIO):
    """A descriptor whose reader may leave; what is written after that goes nowhere."""

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write, or discard; what the command does and answers is the same for both."""
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return super().write(data) or 0


def outlive_readers() -> None:
    """Let both outputs of this process outlive their readers.

    A command would otherwise end in the middle of its work, before its entry in the audit trail for one, and
    with 1, which says that the answer is no.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout is sys.__stdout__:
        sys.stdout = _outliving(sys.stdout)
    if isinstance(sys.stderr, io.TextIOWrapper) and sys.stderr is sys.__stderr__:
        sys.stderr = _outliving(sys.stderr)


def _outliving(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Unread(stream.fileno(), "wb", closefd=False)),
        stream.encoding,
        stream.errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )
