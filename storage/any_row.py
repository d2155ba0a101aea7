"""A row of any statement, for what reads its columns by name."""

from sqlalchemy import Row

AnyRow = Row[tuple[object, ...]]
