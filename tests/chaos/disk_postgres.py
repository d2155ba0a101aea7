"""A PostgreSQL server on a file system of its own, which can be filled to the last byte."""

import errno
import subprocess
import time

from tests.support.storage.stoppable_postgres import StoppablePostgres

_TRIES, _PAUSE = 20, 1.0
_CHUNK = b"\0" * 65536
_LITTLE_LOG = "ALTER SYSTEM SET max_wal_size = '64MB';\nALTER SYSTEM SET min_wal_size = '32MB';\n"
"""Write-ahead log that is kept for reuse would outlast a full disk."""


class DiskPostgres(StoppablePostgres):
    """Its data lie in `disk`, and so does the ballast."""

    def __init__(self, disk):
        data = disk / "data"
        data.mkdir()
        super().__init__(data)
        self._ballast = disk / "ballast"
        self.server.psql(_LITTLE_LOG)
        self.server.psql("SELECT pg_reload_conf();")

    def fill(self):
        """Write until the file system has no byte left."""
        with self._ballast.open("wb", buffering=0) as file:
            while True:
                try:
                    file.write(_CHUNK)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    return

    def free(self):
        """Give the space back, and start a server that gave up meanwhile, as its supervisor does."""
        self._ballast.unlink()
        self.start()

    def start(self):
        """Start it, again and again while it still recovers."""
        for left in reversed(range(_TRIES)):
            try:
                super().start()
            except (subprocess.SubprocessError, OSError, AssertionError):  # the last: a pid file half written
                if not left:
                    raise
                time.sleep(_PAUSE)
            else:
                return
