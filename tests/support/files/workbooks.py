"""Small XLSX workbooks, written by hand: the format is a few XML files in a ZIP."""

import zipfile
from datetime import date
from xml.sax.saxutils import escape

_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_RELS = f"{_OPEN}/officeDocument/2006/relationships"
_RELATION = f'<Relationship Id="{{id}}" Type="{_RELS}/{{kind}}" Target="{{target}}"/>'
_PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
_HIDDEN = ' hidden="1"'
_FIRST_DAY = date(1899, 12, 30)


def write_workbook(path, *sheets, hidden=(), unseen=(), shares=False):
    """Write sheets; each cell is a text, a number, a date, or None for a cell left out.

    `hidden` holds row numbers from 1, in every sheet; `unseen` holds hidden sheets, from 0. With `shares` the
    texts are in their own part, as Excel writes them, not in the cells.
    """
    places, texts = range(len(sheets)), {} if shares else None
    parts = {
        **_PARTS,
        "xl/workbook.xml": _book(places, unseen),
        "xl/_rels/workbook.xml.rels": _relations(places, shares),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": _sheet(rows, hidden, texts) for n, rows in enumerate(sheets)}
    if shares:
        listed = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{listed}</sst>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, '<?xml version="1.0"?>' + content)
    return path


def _book(places, unseen):
    states = ["hidden" if n in unseen else "visible" for n in places]
    sheets = [f'<sheet name="S{n}" sheetId="{n + 1}" state="{states[n]}" r:id="r{n}"/>' for n in places]
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{"".join(sheets)}</sheets></workbook>'


def _relations(places, shares):
    targets = {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in places}
    targets["s"] = "styles", "styles.xml"
    if shares:
        targets["t"] = "sharedStrings", "sharedStrings.xml"
    relations = "".join(_RELATION.format(id=n, kind=kind, target=to) for n, (kind, to) in targets.items())
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{relations}</Relationships>'


def _sheet(rows, hidden, texts):
    body = "".join(
        f'<row r="{r}"{_HIDDEN if r in hidden else ""}>{_row(r, row, texts)}</row>'
        for r, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _row(number, row, texts):
    return "".join(_cell(chr(65 + c), number, value, texts) for c, value in enumerate(row))


def _cell(column, row, value, texts):
    if value is None:
        return ""
    if isinstance(value, str) and texts is not None:
        return f'<c r="{column}{row}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
    if isinstance(value, str):
        return f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{column}{row}" s="1"><v>{(value - _FIRST_DAY).days}</v></c>'
    return f'<c r="{column}{row}"><v>{value}</v></c>'
