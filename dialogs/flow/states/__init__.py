"""The rows of the dialog's table, one per state."""
