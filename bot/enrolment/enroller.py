"""Enrolment from files: photos of known people become templates; the photos stay where they are."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from bot.clock import system_clock
from bot.enrolment.photos import read_photo
from dialogs.values import IdType
from face import Checker
from storage.database import Engine, transaction
from storage.records.enrolments import Enrolments
from storage.registry.rejects import Rejected, reject_file
from storage.registry.row import read_number
from storage.registry.row_counts import RowCounts
from storage.registry.source import Source, open_source
from storage.registry.values import read_id_type
from storage.sheets.cells import clean
from storage.sheets.faults import Fault, FaultKind
from storage.sheets.lines import Line

_NEEDED = ("id_type", "id_number", "photo")


@dataclass(frozen=True, slots=True)
class Enroller:
    """Turns photos into templates of the pack in use."""

    engine: Engine
    enrolments: Enrolments
    checker: Checker

    async def enrol_file(self, path: Path) -> AsyncGenerator[RowCounts, None]:
        """Enrol each row with id_type, id_number and photo; yields the counts after each. Raises BadFile.

        A row without a photo is not counted. Refused rows go to `FILE.photos.rejected.csv` and `.xlsx`: the
        import of the same file has reject files of its own.
        """
        source, counts = open_source(path, _NEEDED), RowCounts()
        with reject_file(path.with_name(f"{path.name}.photos.rejected"), source.header) as rejects:
            for line in source.lines():
                done = await self._enrol(line, _named(line, source), path.parent)
                if isinstance(done, Fault):
                    rejects.add(Rejected(line.number, done, line.cells))
                counts += RowCounts(refused=1) if isinstance(done, Fault) else done
                yield counts

    async def _enrol(self, line: Line, cells: dict[str, str], folder: Path) -> RowCounts | Fault:
        """Enrol one row: its count, or why it is refused."""
        if line.fault:
            return Fault(line.fault)
        if not cells["photo"]:
            return RowCounts()
        id_type = read_id_type(cells["id_type"])
        if id_type is None:
            return Fault(FaultKind.UNKNOWN, "id_type")
        number = read_number(id_type, cells["id_number"])
        if isinstance(number, Fault):
            return number
        template = self._template(folder, cells["photo"])
        return template if isinstance(template, Fault) else await self._put(id_type, number, template)

    def _template(self, folder: Path, name: str) -> bytes | Fault:
        photo = read_photo(folder, name)
        if isinstance(photo, FaultKind):
            return Fault(photo, "photo")
        enrolled = self.checker.enrol(photo)
        return enrolled.template or Fault(FaultKind(enrolled.reason), "photo")

    async def _put(self, id_type: IdType, number: str, template: bytes) -> RowCounts:
        pack = self.checker.pack_name
        async with transaction(self.engine) as conn:
            known = await self.enrolments.get(conn, id_type, number, pack)
            if known == template:
                return RowCounts(unchanged=1)
            await self.enrolments.put(conn, id_type, number, pack, template, "file", system_clock())
        return RowCounts(new=1) if known is None else RowCounts(changed=1)


def _named(line: Line, source: Source) -> dict[str, str]:
    return {name: clean(line.cells[place]) for name, place in source.header.places.items()}
