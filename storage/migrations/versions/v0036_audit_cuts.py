"""How far each chain of the audit trail was cut, signed.

Earlier programs add to a cut chain as to any other; only their `audit verify` takes the cut for damage.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
oldest_program = "0030"


def upgrade() -> None:
    op.create_table(
        "audit_cuts",
        sa.Column("writer", sa.Text(), primary_key=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
    )
