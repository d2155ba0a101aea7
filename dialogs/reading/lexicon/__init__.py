"""Words by which people are understood, as tables; no sentence that is sent is here."""
