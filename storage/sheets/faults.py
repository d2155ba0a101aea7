"""Why a row of a file, or the entire file, is refused: closed lists, with a sentence in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from messages.catalogue.lookup import keys_of, phrase_of
from messages.language.codes import Language
from storage.errors import StorageError


class FaultKind(StrEnum):
    """Kinds of faults; each has a sentence in the catalogue's table `registry_faults`.

    `NO_FACE` and the kinds after it are a photo's, named as in `face.Reason`, which this room may not import.
    """

    UNREADABLE = "unreadable"
    QUOTATION = "quotation"
    TOO_MANY_CELLS = "too_many_cells"
    HIDDEN = "hidden"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    NOT_A_NAME = "not_a_name"
    NOT_A_NUMBER = "not_a_number"
    DIGITS_LOST = "digits_lost"
    UNKNOWN_REGION = "unknown_region"
    NOT_A_DAY = "not_a_day"
    NO_SUCH_DAY = "no_such_day"
    TOO_EARLY = "too_early"
    IN_FUTURE = "in_future"
    TOO_FAR_AHEAD = "too_far_ahead"
    BEFORE_BIRTH = "before_birth"
    TOO_OLD = "too_old"
    TOO_YOUNG = "too_young"
    ALIVE_AND_DEAD = "alive_and_dead"
    REPEATED = "repeated"
    CONTRADICTED = "contradicted"
    TWO_NAMES = "two_names"
    NO_SUCH_FILE = "no_such_file"
    NO_FACE = "no_face"
    MULTIPLE_FACES = "multiple_faces"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TOO_FAR = "too_far"
    TOO_CLOSE = "too_close"
    OFF_CENTRE = "off_centre"
    NOT_FRONTAL = "not_frontal"
    COVERED = "covered"
    BAD_MEDIA = "bad_media"
    TOO_LARGE = "too_large"


_TABLES: Mapping[str, str] = MappingProxyType(
    {"scheme": "schemes", "id_type": "id_types", "benefit_status": "registry_statuses"}
)
"""The catalogue's table of words for a column of a closed list."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind and, if one cell is at fault, its column; never the cell's content."""

    kind: FaultKind
    column: str = ""

    def reason(self, language: Language) -> str:
        """Return the sentence for the reject file."""
        column = phrase_of("registry_columns", self.column, language) if self.column else ""
        return phrase_of("registry_faults", self.kind, language).format(
            column=column, known=_known(self.column, language)
        )


def _known(column: str, language: Language) -> str:
    """Return what may be written in a column of a closed list; other words are read as well."""
    table = _TABLES.get(column)
    return " / ".join(phrase_of(table, value, language) for value in keys_of(table)) if table else ""


class FileFault(StrEnum):
    """Kinds of files that are not a list; each has a sentence in the catalogue's table `registry_files`."""

    DAMAGED = "damaged"
    LOCKED = "locked"
    PDF = "pdf"
    ARCHIVE = "archive"
    PICTURE = "picture"
    WEB_PAGE = "web_page"
    XML = "xml"
    NOT_READ = "not_read"
    BIG5 = "big5"
    NO_COLUMNS = "no_columns"
    TWIN_COLUMNS = "twin_columns"
    SEVERAL_SHEETS = "several_sheets"
    HUGE_WORKBOOK = "huge_workbook"
    NO_ARCHIVE = "no_archive"
    LOCKED_ARCHIVE = "locked_archive"
    HUGE_ARCHIVE = "huge_archive"
    NO_LIST = "no_list"
    SEVERAL_LISTS = "several_lists"


class BadFile(StorageError):
    """A file that is not a list: it is unreadable, or its header lacks columns.

    `detail` holds names of columns or sheets as the file writes them, or the system's reason why it cannot be
    read.
    """

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        self.fault = fault
        self.detail = detail
        super().__init__(self.reason(Language.ENGLISH))

    def reason(self, language: Language) -> str:
        """Return the sentence that says what is wrong, without the file's name."""
        return phrase_of("registry_files", self.fault, language).format(detail=self.detail)
