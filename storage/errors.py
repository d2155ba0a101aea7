"""Errors of `storage`: one root class, and no message that carries data."""

from enum import StrEnum


class Trouble(StrEnum):
    """What keeps a database from accepting a write, by the name that `/readyz` and `doctor` show."""

    AWAY = "database"
    BUSY = "database busy"
    READ_ONLY = "database read-only"
    DISK_FULL = "disk full"


class StorageError(Exception):
    """Root of every error of this room."""


_SENTENCES = {
    Trouble.AWAY: "the database does not answer",
    Trouble.BUSY: "the database is busy",
    Trouble.READ_ONLY: "the database is read-only",
    Trouble.DISK_FULL: "the disk of the database is full",
}


class StorageUnavailable(StorageError):
    """The database accepts nothing now; `kind` names the driver's error, whose text may hold the address."""

    def __init__(self, kind: str, trouble: Trouble = Trouble.AWAY) -> None:
        super().__init__(f"{_SENTENCES[trouble]} ({kind})")
        self.kind = kind
        self.trouble = trouble


class StatementFailed(StorageError):
    """The database works and refused one statement or its values; `kind` names the driver's error."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the database refused a statement ({kind})")
        self.kind = kind


class BadAddress(StorageError):
    """`DATABASE_URL` asks the driver for something that it does not know; never shows the address."""


class BadKeys(StorageError):
    """`DATA_KEYS` is malformed, or lacks the key a field was sealed under; never names key material."""


class BrokenSeal(StorageError):
    """A sealed field was changed, cut, or moved from another column."""


class UnreadableRecord(StorageError):
    """A record opens, but it or a word next to it is unknown to this program; never shows the content."""


class StaleSession(StorageError):
    """Another writer saved one of these conversations first; load again and redo."""


class NewerSchema(StorageError):
    """The database belongs to a newer program, and this one may not use it."""

    def __init__(self) -> None:
        super().__init__(
            "the database belongs to a newer pension-bot, and this one may not use it: run the newer one,"
            " or go back to a backup of before its `db upgrade`"
        )


class ReceiptTaken(StorageError):
    """Another certification has this receipt number; draw a new one."""


class BackupRefused(StorageError):
    """A backup or a restore that must not be done; the message says what to do instead."""
