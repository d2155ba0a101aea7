"""The office console, `/admin`: figures, one person's case, tasks and the audit trail, for clerks."""
