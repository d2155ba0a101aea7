"""A template knows the photo that it was made from, by a sealed digest; an earlier template does not."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("templates", sa.Column("photo", sa.LargeBinary()))
