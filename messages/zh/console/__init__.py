"""Chinese words of the office console."""

from messages.zh.console import audit, audit_details, case, pages, work

TABLES = {**pages.TABLES, **audit.TABLES, **audit_details.TABLES, **case.TABLES, **work.TABLES}
