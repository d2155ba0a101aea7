"""Enrolment from files: photos of known people become templates; the photos stay where they are."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.clock import system_clock
from bot.errors import BotError
from dialogs.rules.identity import check_number
from dialogs.values import IdType
from face import Checker
from storage.database import Engine, transaction
from storage.errors import BadFile
from storage.records.enrolments import Enrolments
from storage.registry.workbook import is_workbook, sheet_rows

_NEEDED = ("id_type", "id_number", "photo")
_MOST_BYTES = 10 * 1024 * 1024


@dataclass(slots=True)
class EnrolmentReport:
    """Counts of a file's rows; a row without a photo is not counted."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Enroller:
    """Turns photos into templates of the pack in use."""

    engine: Engine
    templates: Enrolments
    checker: Checker

    async def enrol_file(self, path: Path, progress: Callable[[int], None]) -> EnrolmentReport:
        """Enrol each row with id_type, id_number, photo (CSV, XLSX); refused ones go to FILE.rejected.csv."""
        report = EnrolmentReport()
        header, rows = _read(path)
        with path.with_name(path.name + ".rejected.csv").open("w", newline="", encoding="utf-8") as file:
            rejects = csv.DictWriter(file, [*header, "reason"], extrasaction="ignore")
            rejects.writeheader()
            for row in rows:
                reason = await self._enrol(row, path.parent, report)
                if reason:
                    report.refused += 1
                    rejects.writerow({**row, "reason": reason})
                progress(1)
        return report

    async def _enrol(self, row: dict[str, str], folder: Path, report: EnrolmentReport) -> str:
        """Enrol one row; return why it was refused, or nothing."""
        photo = row.get("photo", "").strip()
        if not photo:
            return ""
        identity = _identity(row)
        if identity is None:
            return "id_number"
        image = _read_photo(folder, photo)
        if image is None:
            return "photo: no such file under the list's folder, or over 10 MB"
        enrolled = self.checker.enrol(image)
        if enrolled.template is None:
            return f"photo: {enrolled.reason}"
        await self._put(*identity, enrolled.template, report)
        return ""

    async def _put(self, id_type: IdType, number: str, template: bytes, report: EnrolmentReport) -> None:
        pack = self.checker.pack_name
        async with transaction(self.engine) as conn:
            known = await self.templates.get(conn, id_type, number, pack)
            if known == template:
                report.unchanged += 1
                return
            await self.templates.put(conn, id_type, number, pack, template, "file", system_clock())
        report.new += known is None
        report.changed += known is not None


def _read(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    """Read the list whole: it is text, its photos are not."""
    header, rows = _read_sheet(path) if is_workbook(path) else _read_csv(path)
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        message = f"{path.name}: columns are missing: {', '.join(missing)}"
        raise BotError(message)
    return header, rows


def _read_csv(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    reader = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), restval="")
    return list(reader.fieldnames or []), iter(reader)


def _read_sheet(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    try:
        rows = sheet_rows(path)
    except BadFile as error:
        message = f"{path.name}: {error}"
        raise BotError(message) from None
    header = [name.strip() for name in next(rows, ())]
    return header, (dict(zip(header, row, strict=True)) for row in rows)


def _identity(row: dict[str, str]) -> tuple[IdType, str] | None:
    try:
        id_type = IdType(row["id_type"].strip())
    except ValueError:
        return None
    number = check_number(id_type, row["id_number"])
    return (id_type, number) if number else None


def _read_photo(folder: Path, name: str) -> bytes | None:
    """Read a photo below the list's own folder and nowhere else."""
    path = (folder / name).resolve()
    inside = path.is_relative_to(folder.resolve()) and path.is_file()
    return path.read_bytes() if inside and path.stat().st_size <= _MOST_BYTES else None
