"""Keyed hashes of permits by the lifelong part of their number, which find people who renewed one.

The hashes are made from sealed values, so `db upgrade` passes the data keys; a database without permits needs
none. Everything happens in the upgrade's own transaction: a run that breaks off leaves nothing half done. Two
registry rows, or two templates, that turn out to be one person's are reduced to the newer one.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import context, op

from storage.errors import BadKeys
from storage.sealing.vault import Vault

revision = "0014"
down_revision = "0013"

_LIFELONG = {"hk_macau_permit": 9, "taiwan_permit": 8}
_BATCH = 500


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(one) for one in columns), sa.column("number_blind", sa.LargeBinary))


_BENEFICIARIES = _table("beneficiaries", "id", "scheme", "id_type", "identity", "updated_at")
_HELD = (
    (_BENEFICIARIES, "identity"),
    (_table("certifications", "id", "id_type", "people"), "people"),
    (_table("agency_ends", "id", "id_type", "person"), "person"),
    (_table("subscriptions", "id", "id_type", "identity"), "identity"),
    (_table("tasks", "id", "id_type", "person"), "person"),
    (_table("grants", "id", "id_type", "person"), "person"),
)
"""Tables whose rows hold the number that their hash is made from, and the sealed column with the number."""
_TEMPLATES = sa.table(
    "templates",
    sa.column("number_blind", sa.LargeBinary),
    sa.column("id_type"),
    sa.column("pack"),
    sa.column("template", sa.LargeBinary),
    sa.column("enrolled_at"),
)


@dataclass(frozen=True, slots=True)
class _Permit:
    """A row with a permit's number, as it was typed or registered."""

    id: int
    id_type: str
    number: str

    @property
    def lifelong(self) -> str:
        return self.number[: _LIFELONG[self.id_type]]


def upgrade() -> None:
    if not any(_ids(table) for table, _ in _HELD):
        return
    open_vault = context.config.attributes.get("open_vault")
    if open_vault is None:
        message = "DATA_KEYS are needed: the keyed hashes of permits are made anew"
        raise BadKeys(message)
    vault = open_vault()
    _merge_beneficiaries(vault)
    for table, column in _HELD:
        for permits in _permits(vault, table, column):
            _rehash(vault, table, permits)
            _move_templates(vault, permits)


def _ids(table: sa.TableClause) -> list[int]:
    chosen = sa.select(table.c.id).where(table.c.id_type.in_(_LIFELONG), table.c.number_blind.is_not(None))
    return list(op.get_bind().execute(chosen.order_by(table.c.id)).scalars())


def _permits(vault: Vault, table: sa.TableClause, column: str) -> Iterator[list[_Permit]]:
    ids = _ids(table)
    for start in range(0, len(ids), _BATCH):
        chosen = sa.select(table.c.id, table.c.id_type, table.c[column].label("sealed"))
        rows = op.get_bind().execute(chosen.where(table.c.id.in_(ids[start : start + _BATCH]))).all()
        yield [
            _Permit(row.id, row.id_type, _number(vault, row.sealed, f"{table.name}.{column}")) for row in rows
        ]


def _number(vault: Vault, sealed: bytes, place: str) -> str:
    held = json.loads(vault.open(sealed, place))
    subject = held[0] if isinstance(held[0], list) else held  # a pass holds its subject and the agent
    return str(subject[2])


def _merge_beneficiaries(vault: Vault) -> None:
    """Delete the older of two rows of one person in one scheme, which the unique key would refuse."""
    table, conn = _BENEFICIARIES, op.get_bind()
    permits = {one.id: one for batch in _permits(vault, table, "identity") for one in batch}
    newest_first = sa.select(table.c.id, table.c.scheme).order_by(
        table.c.updated_at.desc(), table.c.id.desc()
    )
    seen: set[tuple[str, str, str]] = set()
    for row in conn.execute(newest_first.where(table.c.id_type.in_(_LIFELONG))).all():
        person = (row.scheme, permits[row.id].id_type, permits[row.id].lifelong)
        if person in seen:
            conn.execute(sa.delete(table).where(table.c.id == row.id))
        seen.add(person)


def _rehash(vault: Vault, table: sa.TableClause, permits: Iterable[_Permit]) -> None:
    values = [
        {"of_id": one.id, "blind": vault.blind(one.lifelong, f"{table.name}.number")}
        for one in permits
        if one.number != one.lifelong
    ]
    if values:
        changed = sa.update(table).where(table.c.id == sa.bindparam("of_id"))
        op.get_bind().execute(changed.values(number_blind=sa.bindparam("blind")), values)


def _move_templates(vault: Vault, permits: Iterable[_Permit]) -> None:
    """Move templates, which hold no number, by way of the people in the other tables."""
    for one in {(p.id_type, p.number): p for p in permits if p.number != p.lifelong}.values():
        packs: set[str] = set()
        for row in _templates_of(vault, one):
            if row.pack in packs:
                op.get_bind().execute(sa.delete(_TEMPLATES).where(*_is_row(row)))
            packs.add(row.pack)
        for row in _templates_of(vault, one):
            _move(vault, row, vault.blind(one.lifelong, "templates.number"))


def _templates_of(vault: Vault, permit: _Permit) -> list[sa.Row]:
    numbers = (permit.number, permit.lifelong)
    blinds = [blind for number in numbers for blind in vault.blinds(number, "templates.number")]
    theirs = _TEMPLATES.c.number_blind.in_(blinds), _TEMPLATES.c.id_type == permit.id_type
    newest_first = sa.select(_TEMPLATES).where(*theirs).order_by(_TEMPLATES.c.enrolled_at.desc())
    return list(op.get_bind().execute(newest_first).all())


def _move(vault: Vault, row: sa.Row, blind: bytes) -> None:
    plain = vault.open_bytes(row.template, f"templates.template@{row.number_blind.hex()}")
    sealed = vault.seal_bytes(plain, f"templates.template@{blind.hex()}")
    moved = sa.update(_TEMPLATES).where(*_is_row(row)).values(number_blind=blind, template=sealed)
    op.get_bind().execute(moved)


def _is_row(row: sa.Row) -> tuple[sa.ColumnElement[bool], ...]:
    keys = ("number_blind", "id_type", "pack")
    return tuple(_TEMPLATES.c[key] == getattr(row, key) for key in keys)
