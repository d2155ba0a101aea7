"""How the audit trail is chained, signed, checked and compared."""
