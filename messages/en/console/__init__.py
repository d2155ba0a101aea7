"""English words of the office console."""

from messages.en.console import audit, audit_details, case, pages, work
from messages.language.pack import tables_of

TABLES = tables_of(audit, audit_details, case, pages, work)
