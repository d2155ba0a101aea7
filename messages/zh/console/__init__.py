"""Chinese words of the office console."""

from messages.language.pack import tables_of
from messages.zh.console import audit, audit_details, case, pages, work

TABLES = tables_of(audit, audit_details, case, pages, work)
