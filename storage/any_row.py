"""A row of any statement, for code that reads its columns by name."""

from sqlalchemy import Row

AnyRow = Row[tuple[object, ...]]
