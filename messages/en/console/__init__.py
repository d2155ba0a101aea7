"""English words of the office console."""

from messages.en.console import case, pages, work

TABLES = {**pages.TABLES, **case.TABLES, **work.TABLES}
