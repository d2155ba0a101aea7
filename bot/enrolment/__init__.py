"""Makes enrolment templates of photos, from a list or an archive."""
