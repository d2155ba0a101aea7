"""Chinese words of the office console."""

from messages.zh.console import audit, case, pages, work

TABLES = {**pages.TABLES, **audit.TABLES, **case.TABLES, **work.TABLES}
