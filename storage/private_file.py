"""Files of personal data, which only this program's account reads."""

import os
from pathlib import Path
from typing import IO


def new_private_file(path: Path) -> IO[bytes]:
    """Create a file to be written; raises OSError if it cannot be, or if there is one already."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
