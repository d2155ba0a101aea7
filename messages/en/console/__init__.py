"""English words of the office console."""

from messages.en.console import audit, case, pages, work

TABLES = {**pages.TABLES, **audit.TABLES, **case.TABLES, **work.TABLES}
