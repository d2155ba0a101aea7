"""Small XLSX workbooks, written by hand: the format is a few XML files in a ZIP."""

import zipfile
from datetime import date
from xml.sax.saxutils import escape

_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_RELS = f"{_OPEN}/officeDocument/2006/relationships"
_PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}">'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
_FIRST_DAY = date(1899, 12, 30)


def write_workbook(path, rows):
    """Write a sheet; each cell is a text, a number, a date, or None for a cell left out."""
    body = "".join(
        f'<row r="{r}">{"".join(_cell(chr(65 + c), r, value) for c, value in enumerate(row))}</row>'
        for r, row in enumerate(rows, start=1)
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w") as file:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            file.writestr(name, '<?xml version="1.0"?>' + content)
    return path


def _cell(column, row, value):
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{column}{row}" s="1"><v>{(value - _FIRST_DAY).days}</v></c>'
    return f'<c r="{column}{row}"><v>{value}</v></c>'
