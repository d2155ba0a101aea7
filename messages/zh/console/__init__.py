"""Chinese words of the office console."""

from messages.zh.console import case, pages, work

TABLES = {**pages.TABLES, **case.TABLES, **work.TABLES}
