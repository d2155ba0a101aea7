"""Rules of the office, as pure functions: identity, due dates, limits, opening hours, places."""
