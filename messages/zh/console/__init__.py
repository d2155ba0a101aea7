"""Chinese words of the office console."""

from messages.zh.console import audit_details, case, pages, work

TABLES = {**pages.TABLES, **case.TABLES, **work.TABLES, **audit_details.TABLES}
