"""Enrolment from files: photos of known people become templates; the photos stay where they are."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.clock import system_clock
from bot.enrolment.photo_list import NEEDED, PhotoRow, batches, read_rows, reject_stem
from bot.enrolment.photos import read_photo
from storage.database import Connection, Engine, connect, transaction
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.registry.importing.rejects import Rejected, reject_file
from storage.registry.importing.row_counts import RowCounts
from storage.registry.source import open_source
from storage.sealing.readable_rows import DAMAGED
from storage.sheets.faults import FaultKind

_ROWS_A_WORKER = 16
"""Rows of a batch for each process: few enough to show progress, enough to keep all of them busy."""


class TemplateMaker(Protocol):
    """Makes templates for one face pack, `workers` at a time."""

    @property
    def pack_name(self) -> str:
        """The face pack of the templates."""
        ...

    @property
    def workers(self) -> int:
        """How many photos are processed in parallel."""
        ...

    async def templates(self, photos: Sequence[bytes]) -> list[bytes | FaultKind]:
        """Make a template of each photo, or say why it gives none."""
        ...


_Made = tuple[PhotoRow, bytes, bytes]
"""A row, its photo and the template made from it."""

_Settle = Callable[[Sequence[_Made]], Awaitable[RowCounts]]
"""Keeps a batch's templates, or only compares them; returns its counts."""


@dataclass(slots=True)
class _Batch:
    """What has become of a batch's rows so far."""

    refused: list[Rejected]
    counts: RowCounts = field(default_factory=RowCounts)
    photos: list[tuple[PhotoRow, bytes]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Enroller:
    """Turns photos into templates of the maker's pack.

    A photo from which a person's template was already made is not processed again, so that an interrupted run
    continues where it stopped. `done` are the counts of such a run over the same file, which are kept.
    """

    engine: Engine
    enrolments: Enrolments
    maker: TemplateMaker
    done: RowCounts = field(default_factory=RowCounts)

    def count_rows(self, path: Path) -> int:
        """Return how many rows `enrol_file` counts, to estimate how long it takes. Raises BadFile."""
        return sum(1 for _ in read_rows(open_source(path, NEEDED)))

    def enrol_file(self, path: Path) -> AsyncGenerator[RowCounts, None]:
        """Enrol each row with id_type, id_number and photo; yields the counts after each batch.

        Raises BadFile. A row without a photo is not counted. Refused rows go to the files of `reject_stem`.
        """
        return self._run(path, self._put_all)

    def preview_file(self, path: Path) -> AsyncGenerator[RowCounts, None]:
        """Count as `enrol_file` does, and write the refused rows, but keep no template."""
        return self._run(path, self._compare_all)

    async def _run(self, path: Path, settle: _Settle) -> AsyncGenerator[RowCounts, None]:
        source, counts, read = open_source(path, NEEDED), self.done, 0
        stem = await asyncio.to_thread(reject_stem, path)
        with reject_file(stem, source.header) as rejects:
            for rows, refused in batches(read_rows(source), _ROWS_A_WORKER * self.maker.workers):
                batch, read = _Batch(refused), read + len(rows) + len(refused)
                await self._enrol(batch, await asyncio.to_thread(_read_photos, path.parent, rows), settle)
                for rejected in sorted(batch.refused, key=lambda one: one.line):
                    rejects.add(rejected)
                if read > self.done.rows:
                    counts += batch.counts + RowCounts(refused=len(batch.refused))
                    yield counts

    async def _enrol(
        self, batch: _Batch, photos: Sequence[tuple[PhotoRow, bytes | FaultKind]], settle: _Settle
    ) -> None:
        for row, photo in photos:
            if isinstance(photo, FaultKind):
                batch.refused.append(row.refused(photo))
            else:
                batch.photos.append((row, photo))
        await self._leave_out_known(batch)
        made: list[_Made] = []
        templates = await self.maker.templates([photo for _, photo in batch.photos])
        for (row, photo), template in zip(batch.photos, templates, strict=True):
            if isinstance(template, FaultKind):
                batch.refused.append(row.refused(template))
            else:
                made.append((row, photo, template))
        batch.counts += await settle(made)

    async def _leave_out_known(self, batch: _Batch) -> None:
        by_person = {row.document: photo for row, photo in batch.photos}
        async with connect(self.engine) as conn:
            known = await self.enrolments.made_of(conn, by_person, self.maker.pack_name)
        batch.photos = [(row, photo) for row, photo in batch.photos if row.document not in known]
        batch.counts += RowCounts(unchanged=len(known))

    async def _put_all(self, made: Sequence[_Made]) -> RowCounts:
        counts = RowCounts()
        async with transaction(self.engine) as conn:
            for row, photo, template in made:
                counts += await self._compare(conn, row, template)
                place = row.id_type, row.number, self.maker.pack_name
                await self.enrolments.put(
                    conn, EnrolmentTemplate(*place, template, "file", photo), system_clock()
                )
        return counts

    async def _compare_all(self, made: Sequence[_Made]) -> RowCounts:
        async with connect(self.engine) as conn:
            compared = [await self._compare(conn, row, template) for row, _, template in made]
        return sum(compared, RowCounts())

    async def _compare(self, conn: Connection, row: PhotoRow, template: bytes) -> RowCounts:
        try:
            known = await self.enrolments.get(conn, row.id_type, row.number, self.maker.pack_name)
        except DAMAGED:
            return RowCounts(changed=1)
        if known is None:
            return RowCounts(new=1)
        return RowCounts(unchanged=1) if known == template else RowCounts(changed=1)


def _read_photos(folder: Path, rows: Sequence[PhotoRow]) -> list[tuple[PhotoRow, bytes | FaultKind]]:
    return [(row, read_photo(folder, row.photo)) for row in rows]
