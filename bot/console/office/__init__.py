"""Pages of work that the office shares: tasks, approvals by a second person, the audit trail."""
