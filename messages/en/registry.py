"""English columns and faults of registry files, for the office that mends them."""

from collections.abc import Mapping
from types import MappingProxyType

_CODES = (
    *("scheme", "name", "id_type", "id_number", "city", "benefit_status", "benefit_start"),
    *("last_certified", "photo", "death_reported"),
)
COLUMNS: Mapping[str, str] = MappingProxyType({code: code for code in _CODES})
"""Columns go by their codes, which are English."""

FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "characters that the file's encoding does not have",
        "quotation": "broken quotation",
        "too_many_cells": "more cells than the header has columns",
        "hidden": "a hidden row: show or delete it",
        "empty": "bad {column}: empty",
        "unknown": "bad {column}: not one of the known values",
        "not_a_name": "bad {column}: characters or length that a name does not have",
        "not_a_number": "bad {column}: not a number of this document",
        "digits_lost": "bad {column}: a number cell, digits lost; make the cell text",
        "unknown_region": "bad {column}: no known city or region code (GB/T 2260)",
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

FILES: Mapping[str, str] = MappingProxyType(
    {
        "damaged": "no workbook that can be read: it is damaged, or of another program",
        "locked": "the workbook has a password: save it without one",
        "pdf": "a PDF document: ask for the list as a workbook or CSV",
        "archive": "an archive: unpack it first",
        "picture": "a picture, no list",
        "web_page": "a web page under another name: open it in the spreadsheet program and save it as XLSX",
        "xml": "an XML file: open it in the spreadsheet program and save it as XLSX",
        "not_read": "the file cannot be read: {detail}",
        "no_columns": "the header lacks: {detail}",
        "twin_columns": "the header has a column more than once: {detail}",
        "several_sheets": "several sheets hold a list, keep one: {detail}",
        "hidden_rows": "the workbook has hidden rows without a number: show all rows and save it again",
    }
)
"""Why a file is no list at all, by `storage.sheets.faults.FileFault`."""

REJECTS: Mapping[str, str] = MappingProxyType({"reason": "reason"})
"""Headings of the reject file's own columns."""
