"""Reads a registry file row by row: the row, or why it is refused."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dialogs.rules.identity import is_same_name
from dialogs.values import Document, IdType, Scheme
from storage.registry.importing.rejects import Rejected
from storage.registry.plausibility import contradiction
from storage.registry.repeated_numbers import number_digest, repeated_digests
from storage.registry.rounded_numbers import RoundedNumbers, seems_rounded
from storage.registry.row import COLUMNS, RegistryRow, read_number, read_row
from storage.registry.source import Source, open_source
from storage.registry.values import read_id_type, read_scheme
from storage.sheets.cells import clean
from storage.sheets.faults import Fault, FaultKind
from storage.sheets.lines import Line

PersonKey = tuple[Scheme, IdType, str]


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """A registry file; `today` bounds its dates. It may be read as often as needed."""

    path: Path
    source: Source
    today: date

    def rows(self) -> Iterator[RegistryRow | Rejected]:
        """Yield each row or why it is refused; lines that share a number come last.

        Of equal lines for one person the first counts. If they differ, all are refused, since we cannot guess
        which one is right. So are lines that give one document two names, and lines whose number fits by
        chance in a file with rounded ones.
        """
        rounded = RoundedNumbers()
        repeated = repeated_digests(self._digests(rounded))
        held: dict[Document, list[tuple[Line, RegistryRow]]] = defaultdict(list)
        for line in self.source.lines():
            row = self._read(line)
            if rounded.are_found() and isinstance(row, RegistryRow) and seems_rounded(self._number(line)[1]):
                row = _rejected(line, Fault(FaultKind.DIGITS_LOST, "id_number"))
            if repeated and isinstance(row, RegistryRow) and self._digest(line) in repeated:
                held[row.beneficiary.identity.document].append((line, row))
            else:
                yield row
        for group in held.values():
            yield from _settled(group)

    def people(self) -> Iterator[PersonKey]:
        """Yield each person of the file, by scheme, document and number, including refused lines."""
        for line in self.source.lines():
            cells = self._named(line)
            scheme, id_type = read_scheme(clean(cells["scheme"])), read_id_type(clean(cells["id_type"]))
            number = read_number(id_type, clean(cells["id_number"])) if id_type else None
            if scheme and id_type and isinstance(number, str):
                yield scheme, id_type, id_type.lifelong(number)

    def _read(self, line: Line) -> RegistryRow | Rejected:
        if line.fault:
            return _rejected(line, Fault(line.fault))
        row = read_row(self._named(line), self.today)
        if isinstance(row, Fault):
            return _rejected(line, row)
        fault = contradiction(row.beneficiary, self.today)
        return row if fault is None else _rejected(line, fault)

    def _named(self, line: Line) -> dict[str, str]:
        cells = line.cells
        return {name: cells[place] for name, place in self.source.header.places.items()}

    def _digests(self, rounded: RoundedNumbers) -> Iterator[int]:
        for line in self.source.lines():
            rounded.see(self._number(line)[1])
            yield self._digest(line)

    def _digest(self, line: Line) -> int:
        return number_digest(*self._number(line))

    def _number(self, line: Line) -> tuple[str, str]:
        places = self.source.header.places
        return line.cells[places["id_type"]], line.cells[places["id_number"]]


def open_registry_file(path: Path, today: date) -> RegistryFile:
    """Open a file with the contract's columns; raises BadFile if it is not a registry."""
    return RegistryFile(path, open_source(path, COLUMNS), today)


def _settled(lines: Sequence[tuple[Line, RegistryRow]]) -> Iterator[RegistryRow | Rejected]:
    """Judge the lines that name one document."""
    first = lines[0][1].beneficiary.identity.name
    if not all(is_same_name(row.beneficiary.identity.name, first) for _, row in lines):
        yield from (_rejected(line, Fault(FaultKind.TWO_NAMES)) for line, _ in lines)
        return
    by_scheme: dict[Scheme, list[tuple[Line, RegistryRow]]] = defaultdict(list)
    for line, row in lines:
        by_scheme[row.beneficiary.scheme].append((line, row))
    for same in by_scheme.values():
        yield from _of_one_person(same)


def _of_one_person(lines: Sequence[tuple[Line, RegistryRow]]) -> Iterator[RegistryRow | Rejected]:
    first = lines[0][1]
    identity = first.beneficiary.identity
    if len({replace(row.beneficiary, identity=identity) for _, row in lines}) > 1:
        yield from (_rejected(line, Fault(FaultKind.CONTRADICTED)) for line, _ in lines)
        return
    yield first
    yield from (_rejected(line, Fault(FaultKind.REPEATED)) for line, _ in lines[1:])


def _rejected(line: Line, fault: Fault) -> Rejected:
    return Rejected(line.number, fault, line.cells)
