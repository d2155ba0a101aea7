"""English columns and faults of registry files, and words of loading them at the console."""

from collections.abc import Mapping
from types import MappingProxyType

_CODES = (
    *("scheme", "name", "id_type", "id_number", "city", "benefit_status", "benefit_start"),
    *("last_certified", "photo", "death_reported"),
)
REGISTRY_COLUMNS: Mapping[str, str] = MappingProxyType({code: code for code in _CODES})
"""Columns are named by their codes, which are English."""

REGISTRY_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "characters that the file's encoding does not have",
        "quotation": "broken quotation",
        "too_many_cells": "more cells than the header has columns",
        "hidden": "a hidden row: show or delete it",
        "empty": "bad {column}: empty",
        "unknown": "bad {column}: none of {known}",
        "not_a_name": "bad {column}: characters or length that a name does not have",
        "not_a_number": "bad {column}: not a number of this document",
        "digits_lost": "bad {column}: a number cell, digits lost; make the cell text",
        "unknown_region": "bad {column}: no city of Guangdong, no region code such as 430100",
        "not_a_day": "bad {column}: not a whole date, year first, such as 2010-01-01",
        "no_such_day": "bad {column}: no such day",
        "too_early": "bad {column}: too early to be true",
        "in_future": "bad {column}: later than today",
        "too_far_ahead": "bad {column}: more than two years ahead",
        "before_birth": "bad {column}: before the birth date in the number",
        "too_old": "bad {column}: its birth date is too early to be true",
        "too_young": "bad {column}: by its birth date too young for a pension",
        "alive_and_dead": "bad benefit_status: active, with a date of death",
        "repeated": "a second line for this person",
        "contradicted": "several lines for this person differ: keep the right one",
        "two_names": "one document number under two names",
        "no_such_file": "bad {column}: no such file under the list's folder",
        "too_large": "bad {column}: over 10 MB or 40 megapixels",
        "no_face": "bad {column}: no face",
        "multiple_faces": "bad {column}: several faces",
        "too_dark": "bad {column}: too dark",
        "too_bright": "bad {column}: too bright",
        "blurred": "bad {column}: blurred",
        "too_far": "bad {column}: the face is too small",
        "too_close": "bad {column}: the face is larger than the picture",
        "off_centre": "bad {column}: the face is not inside the picture",
        "not_frontal": "bad {column}: the face is turned away",
        "covered": "bad {column}: the face is covered",
        "bad_media": "bad {column}: no picture that can be opened (JPEG, PNG, BMP)",
    }
)
"""Why a row is refused, by `storage.sheets.faults.FaultKind`."""

REGISTRY_STATUSES: Mapping[str, str] = MappingProxyType(
    {"active": "active", "suspended": "suspended", "terminated": "terminated"}
)
"""Words for the payment states that are read, among others."""

REGISTRY_FILES: Mapping[str, str] = MappingProxyType(
    {
        "damaged": "no workbook that can be read: it is damaged, or of another program",
        "locked": "the workbook has a password: save it without one",
        "pdf": "a PDF document: ask for the list as a workbook or CSV",
        "archive": "an archive: unpack it first",
        "picture": "a picture, not a list",
        "web_page": "a web page under another name: open it in the spreadsheet program and save it as XLSX",
        "xml": "an XML file: open it in the spreadsheet program and save it as XLSX",
        "not_read": "the file cannot be read: {detail}",
        "big5": "the list is encoded in Big5, which is not read here; save it as XLSX or as CSV in UTF-8",
        "no_columns": "the header lacks: {detail}",
        "twin_columns": "the header has a column more than once: {detail}",
        "several_sheets": "several sheets hold a list, keep one: {detail}",
        "huge_workbook": "the workbook is too large when it is unpacked: load it in parts, or as CSV",
        "no_archive": "not a ZIP archive that can be opened",
        "locked_archive": "the archive has a password: make it without one",
        "huge_archive": "the archive holds too many or too large files: load it in parts",
        "no_list": "the archive has no list: add one with document type, document number and photo file",
        "several_lists": "the archive has several lists: keep one",
    }
)
"""Why a file is not a list, by `storage.sheets.faults.FileFault`."""

REGISTRY_REJECTS: Mapping[str, str] = MappingProxyType({"reason": "reason"})
"""Headings of the reject file's own columns."""

CONSOLE_LOADING: Mapping[str, str] = MappingProxyType(
    {
        "loading_title": "Load files",
        "registry_title": "Load a registry",
        "registry_says": "CSV, XLSX or XLS. The file is counted first and changes nothing; look at the counts, then apply it.",
        "city_is": "City of a full export (may be empty)",
        "city_says": "Only if the file holds everybody of a city, such as 440100. People on record who are not in the file are listed.",
        "file_is": "Registry file",
        "photos_title": "Enrol many photos",
        "photos_says": "One ZIP archive with the photos and a list. The list has the columns id_type, id_number and photo.",
        "archive_is": "Archive",
        "at_most": "at most",
        "upload": "Upload and count",
        "full_of": "Full export of",
        "applied_is": "applied by",
        "cancelled_is": "cancelled by",
        "progress_is": "Progress",
        "new": "New",
        "changed": "Changed",
        "unchanged": "Unchanged",
        "refused": "Refused",
        "held": "On record",
        "missing": "Not in the file",
        "rejects_is": "Refused rows with reasons:",
        "refused_line": "Line {line}: {reason}",
        "more_refused": "Others, in the lists to download: {count}.",
        "missing_is": "People who are not in the file:",
        "nothing_yet": "Nothing has been changed yet. Look at the counts and the refused rows before you apply them.",
        "by_two_says": "A second person has to apply it.",
        "apply": "Apply",
        "cancel": "Cancel",
        "moves_says": "This runs in the background: you may leave the page and come back.",
        "unknown_title": "A load that this release does not know",
        "unknown_says": (
            "Load {number}, begun by {account} at {at}, is in a state that this release does not know; another release "
            "may be working on it. No new file can be uploaded before it has ended."
        ),
        "unknown_stands": (
            "It has not moved for ten minutes. Ask the person in charge of the system; cancel it once no other release "
            "works on it."
        ),
        "same_file": "The same content as a file that {account} uploaded at {at} ({state}).",
        "history_title": "History",
        "history_says": "An uploaded file is deleted once it is no longer needed; refused rows are kept for three days.",
        "number_is": "Number",
        "no_history": "Nothing has been loaded yet.",
        "cancelled_now": "Cancelled; the file is deleted.",
        "not_open": "This file has already been decided on: see the history.",
        "needs_other": "A file of your own has to be applied by somebody else.",
        "no_file": "No file has arrived: choose one and upload it again.",
        "bad_city": "This is not a known city: enter its six-digit code.",
        "other_open": "Another file is under way: wait for it, or cancel it first.",
        "cancelled_meanwhile": "Somebody cancelled it while it was being uploaded. The file was not kept.",
        "file_too_large": "The file is too large. It was not kept, and nothing was changed. Upload it in parts.",
        "no_space": "The server has no room for the file. It was not kept, and nothing was changed. Please call the person in charge of the system.",
        "broken_off": "The upload broke off and was not kept. Please upload the file again.",
        "empty_file": "This file is empty.",
    }
)

CONSOLE_LOAD_KINDS: Mapping[str, str] = MappingProxyType({"registry": "Registry", "photos": "Photos"})

CONSOLE_LOAD_STATES: Mapping[str, str] = MappingProxyType(
    {
        "receiving": "Being uploaded",
        "counting": "Being counted",
        "counted": "Counted: waits to be applied",
        "applying": "Being applied",
        "applied": "Applied",
        "cancelled": "Cancelled",
        "expired": "Cancelled after three days",
        "unreadable": "Unreadable",
        "broken": "Broken off",
    }
)
