"""One person's case: found, shown, and changed."""
