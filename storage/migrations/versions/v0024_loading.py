"""Files that the console loads, and single photos that wait for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0028"
oldest_program = "0024"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    stages = [
        sa.Column(f"{stage}_{name}", sa.Integer(), nullable=False, server_default="0")
        for stage in ("counted", "applied")
        for name in ("new", "changed", "unchanged", "refused")
    ]
    op.create_table(
        "console_loads",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("only_one", sa.Integer(), unique=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("rows", sa.Integer(), nullable=False, server_default="0"),
        *stages,
        sa.Column("held", sa.Integer()),
        sa.Column("missing", sa.Integer()),
        sa.Column("fault", sa.LargeBinary()),
        sa.Column("applied_by", sa.Text()),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "waiting_photos",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("template", sa.LargeBinary(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
    )
