"""The imported registry: who receives which benefit (待遇领取人)."""

import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme
from storage.any_row import AnyRow
from storage.engine.row_statements import RowStatement
from storage.records.people_codec import read_identity, write_identity
from storage.records.person_rows import is_person
from storage.reminders.due_dates import DueDates, Person, person_of
from storage.reminders.followed_people import FollowedPeople
from storage.reminders.subscriptions import Subscriptions
from storage.schema.captures import certifications
from storage.schema.columns import context_in, context_of, number_context, stored_context
from storage.schema.people import beneficiaries
from storage.sealing.readable_rows import DAMAGED, read_all, readable
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_NUMBER = number_context(beneficiaries)
_DECOY = context_of(beneficiaries.c.identity)
_FACTS = ("number_blind", "identity", "city", "status", "benefit_start", "last_certified", "death_reported")
_INSERT = RowStatement(
    insert(beneficiaries).values(
        {one.name: bindparam(one.name) for one in beneficiaries.c if one.name != "id"}
    )
)
_UPDATE = RowStatement(
    update(beneficiaries)
    .where(beneficiaries.c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in (*_FACTS, "updated_at")})
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Result of a batch; `certified` holds the stored rows for which it names a newer certification."""

    new: int
    changed: int
    unchanged: int
    certified: Sequence[Beneficiary] = field(default=(), repr=False, compare=False)


HeldRows = frozenset[tuple[int, bytes]]
"""Stored rows, each as its id and its sealed identity, which changes whenever a row is written."""


@dataclass(frozen=True, slots=True)
class _Differences:
    """A batch compared with the stored rows: new rows, changed ones by the stored row's id, and the others.

    `blinds` holds the keyed hashes of each lifelong number, `held` the rows that they find. `named` are rows
    whose name and number were not stored so before.
    """

    blinds: Mapping[str, Sequence[bytes]] = field(repr=False)
    held: Sequence[AnyRow] = field(repr=False)
    new: Sequence[Beneficiary]
    changed: Sequence[tuple[int, Beneficiary]]
    unchanged: Sequence[Beneficiary]
    certified: Sequence[Beneficiary]
    named: Sequence[Beneficiary]

    def counts(self) -> ImportCounts:
        """Return how many rows are new, changed and unchanged."""
        return ImportCounts(len(self.new), len(self.changed), len(self.unchanged), self.certified)

    def wanted(self) -> list[Beneficiary]:
        """Return the complete batch."""
        return [*self.new, *(row for _, row in self.changed), *self.unchanged]

    def without(self, people: Collection[Person]) -> "_Differences":
        """Return the batch without the changes of some people."""
        changed = [(row_id, row) for row_id, row in self.changed if person_of(row) not in people]
        certified = [row for row in self.certified if person_of(row) not in people]
        return replace(self, changed=changed, certified=certified)

    def blinds_of(self, rows: Sequence[Beneficiary]) -> set[bytes]:
        """Return the hashes of the people of some rows."""
        return {blind for row in rows for blind in self.blinds[row.identity.lifelong_number]}


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """A batch compared with the stored rows, its new and changed rows sealed: the slow part of an import.

    `held` holds the rows found by `blinds`, of people about whom something may be written. Unchanged people
    of whom nobody is reminded need no more: the batch came before what is written about them meanwhile.
    """

    differences: _Differences
    blinds: Collection[bytes] = field(repr=False)
    held: HeldRows = field(repr=False)
    inserts: Sequence[dict[str, object]] = field(repr=False)
    updates: Sequence[dict[str, object]] = field(repr=False)
    followed: FollowedPeople = field(repr=False)


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """Rows by their natural key: scheme, kind of document and lifelong number."""

    vault: Vault
    _decoy: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        nobody = Identity("", IdType.PASSPORT, "")
        object.__setattr__(self, "_decoy", self.vault.seal(write_identity(nobody), _DECOY))

    async def put(self, conn: AsyncConnection, rows: Sequence[Beneficiary], now: datetime) -> ImportCounts:
        """Import a batch; of rows with the same natural key the last counts. An unchanged row costs no write.

        Reminders of these people follow the new dates from this transaction on.
        """
        return await self._write(conn, await self.prepare(conn, rows, now), now)

    async def prepare(
        self, conn: AsyncConnection, rows: Sequence[Beneficiary], now: datetime
    ) -> PreparedBatch:
        """Compare a batch with the stored rows and seal it, for `put_prepared`: reading needs no lock."""
        return await self._prepared(conn, await self._differences(conn, rows), now)

    async def _prepared(self, conn: AsyncConnection, found: _Differences, now: datetime) -> PreparedBatch:
        reminded = await Subscriptions(self.vault).reminded(conn, found.unchanged)
        people = [*found.new, *(row for _, row in found.changed), *reminded]
        blinds = found.blinds_of(people)
        return PreparedBatch(
            found,
            blinds,
            frozenset((row.id, row.identity) for row in found.held if row.number_blind in blinds),
            [self._row(row, now) for row in found.new],
            [self._change(row_id, row, now) for row_id, row in found.changed],
            FollowedPeople.of(self.vault, people, found.named),
        )

    async def put_prepared(
        self, conn: AsyncConnection, prepared: PreparedBatch, now: datetime
    ) -> ImportCounts:
        """Import a batch as `put` does; if its people were written meanwhile, it is prepared again."""
        if await self._held(conn, prepared.blinds) != prepared.held:
            return await self._put_anew(conn, prepared.differences, now)
        return await self._write(conn, prepared, now)

    async def _put_anew(self, conn: AsyncConnection, before: _Differences, now: datetime) -> ImportCounts:
        """Import a batch without the rows that were unchanged before and that others have written since."""
        found = await self._differences(conn, before.wanted())
        passed_over = set(map(person_of, before.unchanged)) & {person_of(row) for _, row in found.changed}
        done = await self._write(conn, await self._prepared(conn, found.without(passed_over), now), now)
        return replace(done, unchanged=done.unchanged + len(passed_over))

    async def note_pass(
        self, conn: AsyncConnection, scheme: Scheme, person: Identity, passed_on: date | None
    ) -> None:
        """Store the day of a person's newest pass with us (Shanghai); None if none counts any more."""
        theirs = is_person(self.vault, beneficiaries, person.document), beneficiaries.c.scheme == scheme
        row = update(beneficiaries).where(*theirs)
        await conn.execute(row.values(passed_on=passed_on))

    async def compare(self, conn: AsyncConnection, rows: Sequence[Beneficiary]) -> ImportCounts:
        """Count what `put` would do with a batch, without doing it."""
        return (await self._differences(conn, rows)).counts()

    async def held_in(self, conn: AsyncConnection, city: str) -> AsyncIterator[Beneficiary]:
        """Yield everybody stored for a city whose benefit is not terminated, without damaged rows."""
        of_city = beneficiaries.c.city == city
        paid = beneficiaries.c.status != BenefitStatus.TERMINATED
        statement = select(beneficiaries).where(of_city, paid).order_by(beneficiaries.c.id)
        async with conn.stream(statement) as rows:
            async for row in rows:
                for held in read_all([row], self._open):
                    yield held

    async def find(
        self, conn: AsyncConnection, scheme: Scheme, id_type: IdType, number: str
    ) -> Beneficiary | None:
        """Look one person up; a miss opens a decoy, so that it takes as long as a hit."""
        statement = select(beneficiaries).where(
            is_person(self.vault, beneficiaries, (id_type, id_type.lifelong(number))),
            beneficiaries.c.scheme == scheme,
        )
        row = (await conn.execute(statement)).first()
        if row is None:
            read_identity(self.vault.open(self._decoy, _DECOY))
            return None
        return self._open(row)

    def _open(self, row: AnyRow) -> Beneficiary:
        place = stored_context(beneficiaries.c.identity, row)
        return _beneficiary(row, read_identity(self.vault.open(row.identity, place)))

    async def _write(self, conn: AsyncConnection, prepared: PreparedBatch, now: datetime) -> ImportCounts:
        differences = prepared.differences
        if prepared.inserts:
            passes = await self._passes(conn, differences.new)
            days = [{"passed_on": passes.get(person_of(row))} for row in differences.new]
            await _INSERT.execute(conn, [row | day for row, day in zip(prepared.inserts, days, strict=True)])
        await _UPDATE.execute(conn, prepared.updates)
        await Subscriptions(self.vault).follow(conn, prepared.followed, now)
        return differences.counts()

    async def _held(self, conn: AsyncConnection, blinds: Collection[bytes]) -> HeldRows:
        if not blinds:
            return frozenset()
        table = beneficiaries.c
        rows = await conn.execute(select(table.id, table.identity).where(table.number_blind.in_(blinds)))
        return frozenset((row.id, row.identity) for row in rows)

    async def _passes(self, conn: AsyncConnection, rows: Sequence[Beneficiary]) -> dict[Person, date]:
        """Return the days of our own passes; the first load of a registry has none, and skips the query."""
        if (await conn.execute(select(certifications.c.id).limit(1))).first() is None:
            return {}
        return await DueDates(self.vault).passes(conn, [person_of(row) for row in rows])

    async def _differences(self, conn: AsyncConnection, rows: Sequence[Beneficiary]) -> _Differences:
        wanted = {person_of(row): row for row in rows}
        numbers = {row.identity.lifelong_number for row in wanted.values()}
        blinds = {number: self.vault.blinds(number, _NUMBER) for number in numbers}
        number_of = {blind: number for number, hashed in blinds.items() for blind in hashed}
        chosen = select(beneficiaries).where(beneficiaries.c.number_blind.in_(number_of))
        found = (await conn.execute(chosen)).all()
        opened = readable(found, lambda row: self._held_row(row, number_of[row.number_blind]))
        known = {person_of(held): (row.id, held) for row, held in opened}
        listed = {person: row for person, row in wanted.items() if person in known}
        changed = [(known[person][0], row) for person, row in listed.items() if known[person][1] != row]
        new = [row for person, row in wanted.items() if person not in known]
        return _Differences(
            blinds,
            found,
            new,
            changed,
            [row for person, row in listed.items() if known[person][1] == row],
            [row for _, row in changed if _is_newer(row, known[person_of(row)][1])],
            [*new, *(row for _, row in changed if known[person_of(row)][1].identity != row.identity)],
        )

    def _held_row(self, row: AnyRow, number: str) -> Beneficiary:
        """Open a stored row; a damaged one has no name, so that an import rewrites it."""
        try:
            return self._open(row)
        except DAMAGED as error:
            _log.warning("a damaged row of the registry is compared without its name: %s", error)
            return _nameless(row, number)

    def _row(self, row: Beneficiary, now: datetime) -> dict[str, object]:
        key: dict[str, object] = {
            "scheme": row.scheme,
            "id_type": row.identity.id_type,
            "number_blind": self.vault.blind(row.identity.lifelong_number, _NUMBER),
        }
        place = context_in(beneficiaries.c.identity, key)
        return key | {
            "identity": self.vault.seal(write_identity(row.identity), place),
            "city": row.city,
            "status": row.status,
            "benefit_start": row.benefit_start,
            "last_certified": row.last_certified,
            "death_reported": row.death_reported,
            "updated_at": now,
        }

    def _change(self, row_id: int, row: Beneficiary, now: datetime) -> dict[str, object]:
        values = self._row(row, now)
        return {f"new_{name}": values[name] for name in (*_FACTS, "updated_at")} | {"of_id": row_id}


def _is_newer(row: Beneficiary, held: Beneficiary) -> bool:
    day = row.last_certified
    return day is not None and (held.last_certified is None or day > held.last_certified)


def _beneficiary(row: AnyRow, identity: Identity) -> Beneficiary:
    return Beneficiary(
        parse_enum(Scheme, row.scheme),
        identity,
        row.city,
        parse_enum(BenefitStatus, row.status),
        row.benefit_start,
        row.last_certified,
        row.death_reported,
    )


def _nameless(row: AnyRow, number: str) -> Beneficiary:
    """Return a damaged row without what may be damaged, so that no row of an import equals it."""
    identity = Identity("", parse_enum(IdType, row.id_type), number)
    days = row.benefit_start, row.last_certified, row.death_reported
    return Beneficiary(parse_enum(Scheme, row.scheme), identity, row.city, BenefitStatus.SUSPENDED, *days)
