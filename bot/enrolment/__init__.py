"""Makes enrolment templates from photos, from a list or an archive."""
