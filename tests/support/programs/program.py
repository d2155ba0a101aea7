"""The program in its own process, started in a tenth of the usual time, for tests that need one."""

import atexit
import functools
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.programs import program_stub


@functools.cache
def program_command() -> tuple[str, ...]:
    """Return the command `pension-bot`, to be followed by its arguments.

    The process has already imported the program; everything else is its own: terminal, environment, folder,
    signals, exit code.
    """
    folder = tempfile.TemporaryDirectory(prefix="program")
    address = str(Path(folder.name) / "socket")
    template = subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-m", "tests.support.programs.program_template", address],
        cwd=Path(__file__).parents[3], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert template.stdout.readline() == b"ready\n"
    atexit.register(folder.cleanup)
    atexit.register(template.communicate)
    return sys.executable, "-IS", program_stub.__file__, address
