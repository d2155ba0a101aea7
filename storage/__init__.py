"""Tables and repositories for SQLite and PostgreSQL; sealing, the registry, the audit trail."""
