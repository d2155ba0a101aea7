"""The rows of the dialog's table, one a state."""
