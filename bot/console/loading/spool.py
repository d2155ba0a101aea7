"""The folder of uploaded files. They hold personal data: only this program reads them, and each is deleted.

Each load has a folder named by its number. The process that works on a load holds its lock, which the system
releases when the process ends: a load whose lock nobody holds was interrupted.
"""

import asyncio
import fcntl
import hashlib
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storage.private_file import new_private_file

_log = logging.getLogger(__name__)

_RESERVE = 512 * 1024 * 1024
"""Bytes of the disk that stay free: the database may be on it too."""

_CHECK_EVERY_BYTES = 16 * 1024 * 1024
"""Bytes between two checks of the disk."""


class SpoolRefusal(StrEnum):
    """Why a file is not kept; each names its sentence."""

    TOO_LARGE = "file_too_large"
    NO_SPACE = "no_space"
    BROKEN_OFF = "broken_off"
    EMPTY = "empty_file"


@dataclass(frozen=True, slots=True)
class Spooled:
    """A file that arrived completely: its bytes, and their SHA-256."""

    size: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Spool:
    """Folders of loads below one folder, which is made when it is first needed."""

    root: Path

    def folder(self, load_id: int) -> Path:
        """Return the folder of a load, whether it exists or not."""
        return self.root / str(load_id)

    def upload(self, load_id: int) -> Path:
        """Return the path of the uploaded file, whose own name may be personal and is kept sealed."""
        return self.folder(load_id) / "upload"

    def empty_folder(self, load_id: int) -> Path:
        """Return the folder into which an archive is unpacked, without what an earlier run left in it."""
        shutil.rmtree(self._unpacking_folder(load_id), ignore_errors=True)
        return self._unpacking_folder(load_id)

    def make(self, load_id: int) -> None:
        """Make the folder of a load that begins."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.forget(load_id)
        self.folder(load_id).mkdir(mode=0o700)

    def forget(self, load_id: int) -> None:
        """Delete everything of a load."""
        shutil.rmtree(self.folder(load_id), ignore_errors=True)

    def forget_upload(self, load_id: int) -> None:
        """Delete a load's upload and what was unpacked from it; lists made from it stay."""
        self.upload(load_id).unlink(missing_ok=True)
        shutil.rmtree(self._unpacking_folder(load_id), ignore_errors=True)

    def held(self) -> list[int]:
        """Return the numbers of the loads that have a folder here."""
        found = self.root.iterdir() if self.root.exists() else ()
        return sorted(int(path.name) for path in found if path.name.isdecimal())

    def has_room(self, size: int) -> bool:
        """Whether a file of this size leaves enough disk space; a folder that cannot be made has no room."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            return shutil.disk_usage(self.root).free - size >= _RESERVE
        except OSError as error:
            _log.warning("the folder of uploads cannot be used: %s", error.strerror)
            return False

    @contextmanager
    def lock(self, load_id: int) -> Iterator[bool]:
        """Hold a load's lock for a block; gives False if another process holds it or no folder is here."""
        try:
            descriptor = os.open(self.folder(load_id), os.O_RDONLY)
        except OSError:
            yield False
            return
        try:
            yield _try_lock(descriptor)
        finally:
            os.close(descriptor)

    async def keep(self, load_id: int, content: AsyncIterator[bytes], most: int) -> Spooled | SpoolRefusal:
        """Write a file as it arrives, but no more than `most` bytes or than the disk has room for."""
        size, looked, digest = 0, 0, hashlib.sha256()
        with new_private_file(self.upload(load_id)) as file:
            async for chunk in content:
                size += len(chunk)
                if size > most:
                    return SpoolRefusal.TOO_LARGE
                if size - looked >= _CHECK_EVERY_BYTES:
                    looked = size
                    if not self.has_room(0):
                        return SpoolRefusal.NO_SPACE
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
        return Spooled(size, digest.digest()) if size else SpoolRefusal.EMPTY

    def _unpacking_folder(self, load_id: int) -> Path:
        return self.folder(load_id) / "unpacked"


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
