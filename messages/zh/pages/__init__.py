"""Chinese words of the pages that a person opens, and the legal texts."""
