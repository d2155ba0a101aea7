"""Pages about the work of all: tasks, approvals by a second person, export, audit trail, accounts."""
