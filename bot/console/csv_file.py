"""CSV files for spreadsheets: UTF-8 with a byte order mark, and no cell that a program reads as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from aiohttp import web

from bot.console.headers import download_headers
from storage.sheets.cells import inert

Cell = str | int


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> web.Response:
    """Return a file for download; `name` has no ending."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    body, headers = file.getvalue().encode("utf-8-sig"), download_headers(f"{name}.csv")
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


def _safe(cell: Cell) -> Cell:
    return inert(cell) if isinstance(cell, str) else cell
