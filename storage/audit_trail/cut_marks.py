"""Marks of the places up to which chains were cut, signed: the chain is checked from there on.

Without its mark, or with one that was not signed here, the first remaining entry follows nothing, which the
check reports.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_trail.chain import NO_ENTRY
from storage.database import insert_new
from storage.schema.office import audit_cuts
from storage.sealing.public_keys import publish_key, trusted_keys
from storage.sealing.signing import is_signed_by
from storage.sealing.statements import canonical
from storage.sealing.vault import Vault

CARRIED = "carried"
"""Writer of the chain to which a cut moves the entries that are still needed. It is never cut itself."""

_VERSION = 1


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """An entry's serial in its chain, and its hash; 0 is the place before the first entry."""

    serial: int = 0
    hash: bytes = NO_ENTRY


@dataclass(frozen=True, slots=True)
class CutMark:
    """How far one chain was cut by all its cuts together; `at` (ISO, UTC) and `by` describe the last one.

    Of the entries up to `through`, `gone` were deleted and `carried` moved; `carried_to` was then the last
    entry of the chain to which they went.
    """

    writer: str
    at: str = ""
    by: str = ""
    gone: int = 0
    carried: int = 0
    through: ChainPlace = ChainPlace()
    carried_to: ChainPlace = ChainPlace()

    def counting(self, gone: int, carried: int) -> Self:
        """Count more entries."""
        return replace(self, gone=self.gone + gone, carried=self.carried + carried)

    def statement(self) -> str:
        """Return the text to be signed."""
        facts = {
            "version": _VERSION,
            "writer": self.writer,
            "at": self.at,
            "by": self.by,
            "gone": self.gone,
            "carried": self.carried,
            "through": _written(self.through),
            "carried_to": _written(self.carried_to),
        }
        return canonical(facts)

    @classmethod
    def of_statement(cls, statement: str) -> Self | None:
        """Read what was signed; None for another statement of ours, such as a receipt's."""
        facts = json.loads(statement)
        if facts.pop("version", 0) != _VERSION or facts.keys() != {one.name for one in fields(cls)}:
            return None
        return cls(**facts | {name: _read(facts[name]) for name in ("through", "carried_to")})

    async def write(self, conn: AsyncConnection, vault: Vault) -> None:
        """Sign and store the mark; it replaces the chain's earlier one."""
        await publish_key(conn, vault)
        text = self.statement()
        signed = {"statement": text, "signature": vault.sign(text).to_text()}
        new = insert_new(conn, audit_cuts).values(signed | {"writer": self.writer})
        await conn.execute(new.on_conflict_do_update(index_elements=["writer"], set_=signed))


@dataclass(frozen=True, slots=True)
class CutMarks:
    """The valid marks, by chain; `forged` names the chains whose mark was not signed here."""

    by_writer: Mapping[str, CutMark]
    forged: tuple[str, ...] = ()

    @classmethod
    async def read(cls, conn: AsyncConnection, vault: Vault, writer: str | None = None) -> Self:
        """Read every mark, or the mark of one chain."""
        keys, found, forged = await trusted_keys(conn, vault), dict[str, CutMark](), list[str]()
        which = () if writer is None else (audit_cuts.c.writer == writer,)
        for row in await conn.execute(select(audit_cuts).where(*which).order_by(audit_cuts.c.writer)):
            is_ours = is_signed_by(keys, str(row.statement), str(row.signature))
            mark = CutMark.of_statement(row.statement) if is_ours else None
            if mark is not None and mark.writer == row.writer:
                found[row.writer] = mark
            else:
                forged.append(row.writer)
        return cls(found, tuple(forged))

    def start_of(self, writer: str) -> ChainPlace:
        """Return the place after which the chain begins."""
        mark = self.by_writer.get(writer)
        return mark.through if mark else ChainPlace()

    def cover(self, writer: str, place: ChainPlace) -> bool:
        """Whether a cut deleted or moved an entry, and it was the one that the mark knows."""
        start = self.start_of(writer)
        return place.serial < start.serial or (place.serial > 0 and place == start)


def _written(place: ChainPlace) -> tuple[int, str]:
    return place.serial, place.hash.hex()


def _read(stated: tuple[int, str]) -> ChainPlace:
    return ChainPlace(stated[0], bytes.fromhex(stated[1]))
