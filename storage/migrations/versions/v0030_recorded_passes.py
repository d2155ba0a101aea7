"""When passes were recorded, which for a backdated pass is later than its own moment.

Earlier programs do not know the act `give-up`, which may wait for a second person from this revision on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
oldest_program = "0030"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("certifications", sa.Column("recorded_at", _MOMENT))
    op.create_index("ix_certifications_recorded_at", "certifications", ["recorded_at"])
    _date_passes_of_the_office()


def _date_passes_of_the_office() -> None:
    """Take the moment from the trail, whose entry ends with the receipt: no other pass is backdated."""
    table = sa.table
    audit = table("audit", sa.column("at", _MOMENT), sa.column("action"), sa.column("detail"))
    passes = table("certifications", sa.column("receipt"), sa.column("recorded_at", _MOMENT))
    of_office = sa.select(audit.c.at, audit.c.detail).where(audit.c.action == "certified.by_office")
    found = op.get_bind().execute(of_office).all()
    rows = [{"number": words[-1], "moment": row.at} for row in found if (words := row.detail.split())]
    if rows:
        one = sa.update(passes).where(passes.c.receipt == sa.bindparam("number"))
        op.get_bind().execute(one.values(recorded_at=sa.bindparam("moment")), rows)
