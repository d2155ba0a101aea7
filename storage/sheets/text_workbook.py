"""Writes an XLSX workbook of text cells, row by row: the format is a few XML files in a ZIP."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO
from xml.sax.saxutils import escape

from storage.sheets.xml_characters import FORBIDDEN

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_RELATIONS = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE = f"{_OPEN}/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = "xl/worksheets/sheet1.xml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_TEXT_STYLE = 's="1"'
"""The second format of the styles: Excel's number format 49, text. A corrected cell keeps it."""
_SHEET_HEAD = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}">'
    '<cols><col min="1" max="16384" width="20" style="1"/></cols><sheetData>'
)


@dataclass(slots=True)
class TextWorkbook:
    """The one sheet of a workbook that is being written; it holds no rows in memory."""

    _sheet: IO[bytes] = field(repr=False)
    _rows: int = 0

    def write(self, cells: Sequence[str]) -> None:
        """Add a row."""
        self._rows += 1
        row = "".join(
            _cell(f"{_letters(place)}{self._rows}", cell) for place, cell in enumerate(cells) if cell
        )
        self._sheet.write(f'<row r="{self._rows}">{row}</row>'.encode())


@contextmanager
def text_workbook(file: IO[bytes]) -> Iterator[TextWorkbook]:
    """Write a workbook into a file that is open for writing bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in _PARTS.items():
            book.writestr(name, _HEAD + content)
        with book.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(_SHEET_HEAD.encode())
            try:
                yield TextWorkbook(sheet)
            finally:  # what an interrupted run has written can also be opened
                sheet.write(b"</sheetData></worksheet>")


def _cell(reference: str, text: str) -> str:
    kept = escape(FORBIDDEN.sub("", text))
    return f'<c r="{reference}" {_TEXT_STYLE} t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def _letters(place: int) -> str:
    """Return the name of a column: A to Z, AA and on."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
